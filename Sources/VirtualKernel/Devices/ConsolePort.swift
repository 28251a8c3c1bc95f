/// A byte stream in and out of the guest (virtio device 3): `/dev/hvc0` inside.
///
/// What is sent reaches the guest at the next moment at which it idles; what it writes is there at
/// once.
final class ConsolePort: VirtioDevice {
  private var outgoing: [UInt8] = []
  private var incoming: [UInt8] = []
  private var room: [RingRequest] = []
  private var sentAt: GuestTime?
  private var told: Set<Int> = []

  init() {}

  var number: Int { 3 }
  var features: UInt64 { 0 }
  var configuration: [UInt8] { [UInt8](repeating: 0, count: 12) }
  var due: GuestTime? { room.isEmpty || outgoing.isEmpty ? nil : sentAt }

  func takeInterrupts() -> [Int] {
    defer { told = [] }
    return told.sorted()
  }

  /// Sends bytes to the guest, not before a moment.
  func send(_ bytes: [UInt8], at moment: GuestTime) {
    if outgoing.isEmpty { sentAt = moment }
    outgoing += bytes
  }

  /// Takes what the guest has written since the last call.
  func receive() -> [UInt8] {
    defer { incoming = [] }
    return incoming
  }

  func serve(queue: Int, of transport: VhostUserDevice, at now: GuestTime) throws(VhostError) {
    let ring = transport.queue(queue)
    while let request = try ring.take() {
      if queue == 0 {
        room.append(request)
        continue
      }
      for buffer in request.buffers where !buffer.isForDevice {
        incoming += try ring.bytes(buffer)
      }
      try ring.complete(request, written: 0)
      told.insert(queue)
    }
  }

  func tell(_ transport: VhostUserDevice, at now: GuestTime) throws(VhostError) {
    let ring = transport.queue(0)
    while !outgoing.isEmpty && !room.isEmpty {
      let request = room.removeFirst()
      guard let buffer = request.buffers.first(where: \.isForDevice) else {
        throw .protocolViolation("room for the console that may not be written")
      }
      let count = min(buffer.length, outgoing.count)
      try ring.fill(buffer, Array(outgoing.prefix(count)))
      outgoing.removeFirst(count)
      try ring.complete(request, written: count)
      told.insert(0)
    }
  }
}
