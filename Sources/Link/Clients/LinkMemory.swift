internal import LinkMessages
internal import PerfusionCore

/// The memory of the link: taken once, before the start; nothing is allocated afterwards.
@safe public struct LinkMemory: ~Copyable, @unchecked Sendable {
  let slots: UnsafeMutablePointer<LinkSlot>
  let clients: Int
  let inputs: UnsafeMutablePointer<UInt8>
  let log: UnsafeMutablePointer<AlarmReport>
  /// Room for the longest message of the firmware.
  let scratch: UnsafeMutablePointer<UInt8>

  /// Bytes that serving so many clients takes.
  public static func size(clients: Int) -> Int {
    let slot = aligned(MemoryLayout<LinkSlot>.stride) + LinkLimits.queue + inputSize
    return clients * slot + 64 + logSize + aligned(LinkProtocol.longestReply)
  }

  /// Divides memory that outlives the link; it must be aligned to 16 bytes and as large as
  /// `size(clients:)` says.
  public init(over memory: UnsafeMutableRawPointer, clients: Int) {
    self.clients = clients
    var place = unsafe memory
    unsafe slots = place.bindMemory(to: LinkSlot.self, capacity: clients)
    unsafe place += clients * Self.aligned(MemoryLayout<LinkSlot>.stride)
    unsafe log = place.bindMemory(to: AlarmReport.self, capacity: LinkLimits.alarmLog)
    unsafe log.initialize(
      repeating: AlarmReport(
        tick: .start, at: .start, change: .stands, alarm: AlarmID(0), priority: .low, phase: .off),
      count: LinkLimits.alarmLog)
    unsafe place += Self.logSize
    unsafe inputs = place.bindMemory(to: UInt8.self, capacity: clients * Self.inputSize)
    unsafe inputs.initialize(repeating: 0, count: clients * Self.inputSize)
    unsafe place += clients * Self.inputSize
    let room = LinkProtocol.longestReply
    unsafe scratch = place.bindMemory(to: UInt8.self, capacity: room)
    unsafe scratch.initialize(repeating: 0, count: room)
    unsafe place += Self.aligned(room)
    for index in 0..<clients {
      let queue = unsafe place.bindMemory(to: UInt8.self, capacity: LinkLimits.queue)
      unsafe queue.initialize(repeating: 0, count: LinkLimits.queue)
      unsafe (slots + index).initialize(
        to: LinkSlot(
          queue: ByteQueue(
            over: UnsafeMutableBufferPointer(start: queue, count: LinkLimits.queue))))
      unsafe place += LinkLimits.queue
    }
  }

  /// Room for the longest message of a client with its length.
  static var inputSize: Int { 1040 }
  private static var logSize: Int {
    aligned(LinkLimits.alarmLog * MemoryLayout<AlarmReport>.stride)
  }
  private static func aligned(_ size: Int) -> Int { (size + 15) & ~15 }
}
