internal import CLinux

/// A function that runs a thread's body, as C calls it.
public typealias ThreadBody = @convention(c) (UnsafeMutableRawPointer?) -> Void

/// How a thread is scheduled.
public struct ThreadSchedule: BitwiseCopyable, Sendable {
  /// SCHED_FIFO priority, 1...99; 0 for none.
  public var priority: Int32
  /// The processor it stays on; -1 for any.
  public var processor: Int32
  /// Makes a schedule.
  public init(priority: Int32, processor: Int32) {
    self.priority = priority
    self.processor = processor
  }

  /// Gives up what the kernel refused with this outcome; false where nothing of the schedule is to blame.
  fileprivate mutating func lower(after outcome: Int32) -> Bool {
    switch outcome {
    case -SystemError.invalid.number where processor >= 0: processor = -1
    case -SystemError.notPermitted.number where priority > 0: priority = 0
    default: return false
    }
    return true
  }
}

/// Threads that were started and are to be waited for, at most twelve.
public struct ThreadList: ~Copyable {
  private var threads = InlineArray<12, UInt64>(repeating: 0)
  private var count = 0
  /// Stack of each thread, bytes; all of it is touched before the thread runs.
  public static var stackBytes: UInt64 { 262_144 }
  /// A thread was refused its priority and runs without.
  public private(set) var isUnprivileged = false
  /// The processor of a thread is not there or not switched on; it runs on any.
  public private(set) var isUnpinned = false

  /// None yet.
  public init() {}

  /// Starts a thread. When its priority is not permitted, or there is no such processor, it runs without,
  /// and `isUnprivileged` or `isUnpinned` says so.
  public mutating func start(
    _ body: ThreadBody, _ context: UnsafeMutableRawPointer, _ schedule: ThreadSchedule,
    name: StaticString
  ) throws(SystemError) {
    guard count < 12 else { throw SystemError(number: 11) }
    var schedule = schedule
    var outcome = unsafe start(body, context, schedule, name)
    while schedule.lower(after: outcome) {
      if outcome == -SystemError.invalid.number { isUnpinned = true } else { isUnprivileged = true }
      outcome = unsafe start(body, context, schedule, name)
    }
    guard outcome == 0 else { throw SystemError(result: outcome) }
    count += 1
  }

  private mutating func start(
    _ body: ThreadBody, _ context: UnsafeMutableRawPointer, _ schedule: ThreadSchedule,
    _ name: StaticString
  ) -> Int32 {
    var thread: UInt64 = 0
    let outcome = unsafe name.utf8Start.withMemoryRebound(
      to: CChar.self, capacity: name.utf8CodeUnitCount + 1
    ) {
      unsafe pc_thread_start(
        &thread, body, context, ThreadList.stackBytes, schedule.priority, schedule.processor, $0)
    }
    threads[count] = thread
    return outcome
  }

  /// Waits until the threads from `first` on have ended.
  public mutating func join(from first: Int = 0) {
    for index in first..<max(count, first) { _ = pc_thread_join(threads[index]) }
    count = min(count, first)
  }
}
