import ChipDrivers
import PerfusionCore
import VirtualBoard

/// One bus of the board as an I2C adapter of the guest (virtio device 34).
///
/// A transfer takes on the guest's clock what it takes on the wires: it is carried out when it is
/// asked for and told when it has ended. The interface knows success and failure only, so every
/// kind of bus error reaches the guest as a message that was not transferred.
final class I2CAdapter: VirtioDevice {
  private let board: BareBoard
  private let bus: Int
  private var busyUntil = GuestTime.start
  private var underWay: [(end: GuestTime, request: RingRequest)] = []
  private var hasToldQueue = false

  init(board: BareBoard, bus: Int) {
    self.board = board
    self.bus = bus
  }

  var number: Int { 34 }
  /// Bit 0: messages without bytes, which probe an address.
  var features: UInt64 { 1 }
  var configuration: [UInt8] { [] }
  var due: GuestTime? { underWay.first?.end }

  func takeInterrupts() -> [Int] {
    defer { hasToldQueue = false }
    return hasToldQueue ? [0] : []
  }

  /// One message as the guest put it.
  private struct Message {
    var request: RingRequest
    var address: UInt8
    var isRead: Bool
    /// The message after this one belongs to the same transaction.
    var isJoined: Bool
    var data: RingBuffer?
    var status: RingBuffer
  }

  func serve(queue: Int, of transport: VhostUserDevice, at now: GuestTime) throws(VhostError) {
    let ring = transport.queue(queue)
    var messages: [Message] = []
    while let request = try ring.take() { messages.append(try Self.message(request, ring)) }
    var start = max(now, busyUntil)
    var index = 0
    while index < messages.count {
      let message = messages[index]
      let hasRead =
        message.isJoined && !message.isRead && index + 1 < messages.count
        && messages[index + 1].isRead && messages[index + 1].address == message.address
      let reading = message.isRead ? message : hasRead ? messages[index + 1] : nil
      let writing = message.isRead ? nil : message
      start = try carryOut(writing, reading, ring, at: start)
      index += hasRead ? 2 : 1
    }
    busyUntil = start
    // The whole transaction ends at once, as the adapter's driver sees it.
    for message in messages { underWay.append((start, message.request)) }
  }

  private func carryOut(
    _ writing: Message?, _ reading: Message?, _ ring: Virtqueue, at start: GuestTime
  ) throws(VhostError) -> GuestTime {
    let written: [UInt8] = if let data = writing?.data { try ring.bytes(data) } else { [] }
    var read = [UInt8](repeating: 0, count: reading?.data?.length ?? 0)
    let address = I2CAddress((writing ?? reading)?.address ?? 0)
    var space = read.mutableSpan
    let outcome = board.transfer(
      bus: bus, address, write: written.span, read: &space, at: start.instant)
    // A held bus is freed with nine clocks, as drivers of adapters with recovery lines do.
    if outcome.error == .timeout || outcome.error == .busFault { board.recover(bus: bus) }
    let status: [UInt8] = [outcome.error == nil ? 0 : 1]
    if let writing { try ring.fill(writing.status, status) }
    if let reading {
      try ring.fill(reading.status, status)
      if let data = reading.data, outcome.error == nil { try ring.fill(data, read) }
    }
    return max(start, GuestTime(outcome.end))
  }

  private static func message(
    _ request: RingRequest, _ ring: Virtqueue
  ) throws(VhostError) -> Message {
    guard let first = request.buffers.first, let last = request.buffers.last,
      request.buffers.count >= 2, first.length >= 8, last.isForDevice, last.length >= 1
    else { throw .protocolViolation("an I2C request without header or status") }
    let header = try ring.bytes(first)
    let flags = header.number(at: 4, as: UInt32.self)
    return Message(
      request: request,
      address: UInt8(truncatingIfNeeded: header.number(at: 0, as: UInt16.self) >> 1) & 0x7f,
      isRead: flags & 2 != 0, isJoined: flags & 1 != 0,
      data: request.buffers.count > 2 ? request.buffers[1] : nil, status: last)
  }

  func tell(_ transport: VhostUserDevice, at now: GuestTime) throws(VhostError) {
    while let first = underWay.first, first.end <= now {
      let length = first.request.buffers.last?.length ?? 1
      try transport.queue(0).complete(first.request, written: length)
      underWay.removeFirst()
      hasToldQueue = true
    }
  }
}
