import CVhostUser

/// What a virtio device does with the guest's requests.
protocol VirtioDevice: AnyObject {
  /// Its number in virtio's list, as the guest's command line names it.
  var number: Int { get }
  /// Feature bits beside those of the transport.
  var features: UInt64 { get }
  /// Its configuration space.
  var configuration: [UInt8] { get }
  /// The guest has put requests on a queue at a moment. The device takes them all; what it can
  /// answer at once it completes, what takes time it keeps.
  func serve(queue: Int, of transport: VhostUserDevice, at now: GuestTime) throws(VhostError)
  /// When it next has something to tell by itself; nothing when it has not.
  var due: GuestTime? { get }
  /// Tells what has become due.
  func tell(_ transport: VhostUserDevice, at now: GuestTime) throws(VhostError)
  /// The queues whose interrupt must be raised, once each.
  func takeInterrupts() -> [Int]
}

/// One virtio device of the guest as vhost-user: set-up, rings, kicks and interrupts.
final class VhostUserDevice {
  let connection: Connection
  let device: any VirtioDevice
  let memory = GuestMemory()
  private var queues: [Int: Virtqueue] = [:]
  private var interrupts: Connection?
  /// Under which key the socket for interrupts is watched; nothing before the first.
  var interruptKey: UInt32?

  init(connection: Connection, device: any VirtioDevice) {
    self.connection = connection
    self.device = device
  }

  func queue(_ index: Int) -> Virtqueue {
    if let queue = queues[index] { return queue }
    let queue = Virtqueue(memory: memory)
    queues[index] = queue
    return queue
  }

  /// Protocol features: reply acknowledgements, our own requests, configuration, kicks in band.
  private static let protocolFeatures: UInt64 = 1 << 3 | 1 << 5 | 1 << 9 | 1 << 14
  /// Transport features: protocol features, virtio 1.0.
  private static let transportFeatures: UInt64 = 1 << 30 | 1 << 32

  /// Answers one message; `beforeReply` is called after a kick was served, while the guest still
  /// waits for the reply.
  func answer(
    at now: GuestTime, beforeReply: () throws(VhostError) -> Void
  ) throws(VhostError) {
    let (header, descriptors) = try connection.readWithDescriptors(12)
    let request = header.number(at: 0, as: UInt32.self)
    let flags = header.number(at: 4, as: UInt32.self)
    let size = header.number(at: 8, as: UInt32.self)
    guard size <= 4096 else { throw .protocolViolation("a message of \(size) bytes") }
    let payload = try connection.read(Int(size))
    var kicked: Int?
    let reply = try carryOut(request, payload, descriptors, kicked: &kicked)
    if let kicked {
      try device.serve(queue: kicked, of: self, at: now)
      try beforeReply()
    }
    try acknowledge(request, flags, reply)
  }

  private func acknowledge(
    _ request: UInt32, _ flags: UInt32, _ reply: [UInt8]?
  ) throws(VhostError) {
    var payload = reply
    if payload == nil && flags & 8 != 0 { payload = [UInt8](repeating: 0, count: 8) }
    guard let payload else { return }
    var message: [UInt8] = []
    message.append(number: request)
    message.append(number: UInt32(1 | 4))
    message.append(number: UInt32(payload.count))
    try connection.write(message + payload)
  }

  private func carryOut(
    _ request: UInt32, _ payload: [UInt8], _ descriptors: [Int32], kicked: inout Int?
  ) throws(VhostError) -> [UInt8]? {
    let index = Int(payload.number(at: 0, as: UInt32.self))
    switch request {
    case 1: return Self.bytes(device.features | Self.transportFeatures)
    case 15: return Self.bytes(Self.protocolFeatures)
    case 5: try memory.map(table: payload, descriptors: descriptors)
    case 8: queue(index).size = Int(payload.number(at: 4, as: UInt32.self))
    case 9:
      let ring = queue(index)
      ring.descriptors = payload.number(at: 8, as: UInt64.self)
      ring.used = payload.number(at: 16, as: UInt64.self)
      ring.available = payload.number(at: 24, as: UInt64.self)
    case 10: queue(index).next = UInt16(truncatingIfNeeded: payload.number(at: 4, as: UInt32.self))
    case 11: return Array(payload.prefix(4)) + Self.bytes(UInt32(queue(index).next))
    case 21:
      guard let descriptor = descriptors.first else {
        throw .protocolViolation("no descriptor for interrupts")
      }
      interrupts = Connection(descriptor: descriptor)
    case 24: return configurationSpace(payload)
    case 35: kicked = index
    // Owner, features and their protocol, kick and call descriptors, enabling: nothing to do.
    case 2, 3, 12, 13, 14, 16, 18:
      for descriptor in descriptors { pc_vhost_close(descriptor) }
    default: throw .protocolViolation("request \(request)")
    }
    return nil
  }

  private func configurationSpace(_ payload: [UInt8]) -> [UInt8] {
    let offset = Int(payload.number(at: 0, as: UInt32.self))
    let size = min(Int(payload.number(at: 4, as: UInt32.self)), 256)
    let space = (0..<size).map { index in
      offset + index < device.configuration.count ? device.configuration[offset + index] : 0
    }
    return Array(payload.prefix(12)) + space
  }

  /// Raises the interrupt of a queue and waits until the guest has taken it; `pump` serves the
  /// calendar meanwhile.
  func interrupt(
    queue: Int, pump: (Int32) throws(VhostError) -> Void
  ) throws(VhostError) {
    guard let interrupts else { return }
    var message: [UInt8] = []
    for number in [4, 1 | 8, 8, UInt32(queue), 0] as [UInt32] { message.append(number: number) }
    try interrupts.write(message)
    try pump(interrupts.descriptor)
    _ = try interrupts.read(20)
  }

  /// The guest has closed its end of the socket for interrupts.
  func dropInterrupts() {
    if let interrupts { pc_vhost_close(interrupts.descriptor) }
    interrupts = nil
  }

  private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(number: number)
    return bytes
  }
}
