/// Whether the cause of an alarm that is told still stands.
public enum AlarmState: UInt8, BitwiseCopyable, Sendable {
  /// It stands.
  case active
  /// It has gone; the alarm stays until it is reset.
  case latched
}

/// Who took note of an alarm, and when.
public struct Acknowledgement: BitwiseCopyable, Equatable, Sendable {
  /// Who.
  public var source: CommandSource
  /// When.
  public var tick: Tick
  /// Makes an acknowledgement.
  public init(source: CommandSource, tick: Tick) {
    self.source = source
    self.tick = tick
  }
}

/// One alarm as the operator sees it.
public struct StandingAlarm: BitwiseCopyable, Equatable, Sendable {
  /// Which.
  public var id: AlarmID
  /// Its priority at this moment.
  public var priority: AlarmPriority
  /// Active or latched.
  public var state: AlarmState
  /// When it was raised; a cause that comes back while the alarm is latched, or one that joins
  /// another, does not change it.
  public var since: Tick
  /// When it was raised for the last time: also by a cause that came back, joined or is more urgent.
  public var newest: Tick
  /// Why: the row of the interlock table, and its pumps.
  public var cause: AlarmCause
  /// Who took note of it; withdrawn when the cause comes back or the priority rises.
  public var acknowledgement: Acknowledgement?

  /// Makes an alarm.
  public init(
    id: AlarmID, priority: AlarmPriority, state: AlarmState = .active, since: Tick,
    newest: Tick? = nil, cause: AlarmCause = .none, acknowledgement: Acknowledgement? = nil
  ) {
    self.id = id
    self.priority = priority
    self.state = state
    self.since = since
    self.newest = newest ?? since
    self.cause = cause
    self.acknowledgement = acknowledgement
  }

  /// What a screen says about it.
  public var text: AlarmText { cause.text(of: id) }

  /// How long it stands.
  public func elapsed(at tick: Tick, period: Seconds) -> Seconds { period * Double(tick - since) }

  /// Priority first, then the newest, then the lower number.
  static func precedes(_ left: StandingAlarm, _ right: StandingAlarm) -> Bool {
    if left.priority != right.priority { return left.priority > right.priority }
    if left.newest != right.newest { return left.newest > right.newest }
    return left.id.number < right.id.number
  }
}

/// The alarms that are told, by priority and then newest first.
///
/// An alarm stands here once with the cause that leads it, the newest of its highest priority, and
/// once more for each other cause of high priority. Holds 32; should more stand, those of the lowest
/// priority are missing here and only `MachineStatus.alarms` has them.
public typealias AlarmList = FixedList<32, StandingAlarm>

extension FixedList where Element == StandingAlarm {
  /// An empty list.
  public init() {
    self.init(filler: StandingAlarm(id: AlarmID(0), priority: .low, since: .start))
  }

  /// Puts an alarm at its place; in a full list the last one falls out.
  mutating func insert(_ alarm: StandingAlarm) {
    if isFull, let last = element(at: count - 1), StandingAlarm.precedes(last, alarm) { return }
    if !append(alarm) { self[count - 1] = alarm }
    var place = count - 1
    while place > 0, StandingAlarm.precedes(self[place], self[place - 1]) {
      let other = self[place - 1]
      self[place - 1] = self[place]
      self[place] = other
      place -= 1
    }
  }
}

/// What keeps alarm signals from being given (IEC 60601-1-8: inactivation states).
public enum AlarmInactivation: UInt8, BitwiseCopyable, Sendable {
  /// Nothing: signals are given.
  case none
  /// AUDIO PAUSED: silent for a time; lamps go on.
  case audioPaused
  /// AUDIO OFF: silent until it is ended; not while somebody depends on the machine.
  case audioOff
  /// ALARM PAUSED: silent and dark for a time, but for HIGH; not while somebody depends on it.
  case alarmPaused
  /// How many states there are.
  public static var count: Int { 4 }
}

/// Why an inactivation ended.
public enum InactivationEnd: UInt8, BitwiseCopyable, Sendable {
  /// The operator ended it.
  case operatorEnded
  /// Its time was over.
  case timeOver
  /// A new condition of high priority broke it.
  case newHighAlarm
  /// The phase does not allow it.
  case phase
  /// How many ends there are.
  public static var count: Int { 4 }
}

/// The inactivation as the operator sees it.
public struct AudioStatus: BitwiseCopyable, Equatable, Sendable {
  /// Which, if any.
  public var inactivation = AlarmInactivation.none
  /// Time until it ends by itself; zero without one, and for AUDIO OFF.
  public var left = Seconds.zero
  /// Signals are given.
  public init() {}
}
