/// The guest's clock, which belongs to us (`time-travel=ext`): the guest asks to be woken, waits,
/// and goes on when it is told that its time has come.
final class Calendar {
  private(set) var now = GuestTime.start
  /// The guest has nothing to do until the moment it asked for, or an interrupt.
  private(set) var isWaiting = false
  /// When it asked to be woken.
  private(set) var request: GuestTime?
  /// Messages exchanged, a measure of cost.
  private(set) var messages = 0
  let connection: Connection
  private var sequence: UInt32 = 0

  init(connection: Connection) { self.connection = connection }

  /// Wall-clock time that the guest is told for its start: 2026-01-01 00:00:00 UTC, always.
  private static let timeOfDay: UInt64 = 1_767_225_600_000_000_000

  private enum Operation {
    static let acknowledge: UInt32 = 0
    static let start: UInt32 = 1
    static let request: UInt32 = 2
    static let wait: UInt32 = 3
    static let get: UInt32 = 4
    static let update: UInt32 = 5
    static let run: UInt32 = 6
    static let timeOfDay: UInt32 = 8
  }

  /// Answers one message; true when it was the acknowledgement of one of ours.
  @discardableResult func answer() throws(VhostError) -> Bool {
    let message = try connection.read(16)
    messages += 1
    let operation = message.number(at: 0, as: UInt32.self)
    let time = message.number(at: 8, as: UInt64.self)
    var reply: UInt64 = 0
    switch operation {
    case Operation.acknowledge: return true
    case Operation.start: break
    case Operation.request: request = GuestTime(nanoseconds: time)
    case Operation.wait: isWaiting = true
    case Operation.get: reply = now.nanoseconds
    case Operation.update: now = max(now, GuestTime(nanoseconds: time))
    case Operation.timeOfDay: reply = Self.timeOfDay
    default: throw .protocolViolation("calendar operation \(operation)")
    }
    try send(Operation.acknowledge, message.number(at: 4, as: UInt32.self), reply)
    return false
  }

  /// Moves the clock without waking the guest: an interrupt will.
  func advance(to moment: GuestTime) { now = max(now, moment) }

  /// Lets the guest run from a moment.
  func run(at moment: GuestTime) throws(VhostError) {
    advance(to: moment)
    isWaiting = false
    request = nil
    sequence &+= 1
    try send(Operation.run, sequence, now.nanoseconds)
    while try !answer() {}
  }

  private func send(_ operation: UInt32, _ sequence: UInt32, _ time: UInt64) throws(VhostError) {
    var bytes: [UInt8] = []
    bytes.append(number: operation)
    bytes.append(number: sequence)
    bytes.append(number: time)
    try connection.write(bytes)
  }
}
