/// The stopwatches of the panel (docs/domain.md 8.4).
public struct Timers: BitwiseCopyable, Sendable {
  private var elapsed = InlineArray<4, Seconds>(repeating: Seconds(seconds: -1))

  /// None runs.
  public init() {}

  /// Time of a stopwatch, -1 s while it does not run.
  public subscript(timer: TimerID) -> Seconds { elapsed[Int(timer.rawValue & 3)] }
  /// All of them, as the status shows them.
  public var all: InlineArray<4, Seconds> { elapsed }
  /// The stopwatch runs.
  public func isRunning(_ timer: TimerID) -> Bool { self[timer] >= .zero }

  /// Starts from zero, also while it runs.
  public mutating func start(_ timer: TimerID) { elapsed[Int(timer.rawValue & 3)] = .zero }
  /// Stops.
  public mutating func stop(_ timer: TimerID) {
    elapsed[Int(timer.rawValue & 3)] = Seconds(seconds: -1)
  }
  /// Continues from a time that outlived a restart; a negative time stops.
  public mutating func restore(_ timer: TimerID, to time: Seconds) {
    elapsed[Int(timer.rawValue & 3)] = time >= .zero ? time : Seconds(seconds: -1)
  }
  /// Starts while a condition holds and stops when it ends: for the time at zero flow.
  public mutating func follow(_ timer: TimerID, while holds: Bool) {
    if holds != isRunning(timer) { if holds { start(timer) } else { stop(timer) } }
  }
  /// Moves those that run on by one tick.
  public mutating func update(tick: Seconds) {
    for index in 0..<4 where elapsed[index] >= .zero { elapsed[index] += tick }
  }
}

extension Timers {
  /// Passes the stopwatches through a record.
  mutating func pass(_ buffer: inout RecordBuffer) {
    for index in 0..<4 { buffer.pass(&elapsed[index]) }
  }
}
