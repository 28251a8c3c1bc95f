import PerfusionCore

/// The external window watchdog: wants an edge every 50...150 ms (docs/domain.md 10.1, 11.1).
///
/// An edge too early or none in time makes it discontented; two good intervals in a row make it
/// content again. Until the first edge after power-on it waits five seconds.
struct WindowWatchdog {
  /// It is content.
  private(set) var isGood = true
  private var lastEdge: Int64?
  private var goodIntervals: Int32 = 0
  private var fault: FaultWord?

  /// Shortest and longest accepted time between edges, microseconds.
  static var window: (shortest: Int64, longest: Int64) { (50_000, 150_000) }
  /// How long it waits for the first edge, microseconds.
  static var firstEdgeBy: Int64 { 5_000_000 }
  /// What it may suffer: `off` discontented for ever, `stuck` its verdict no longer changes.
  static var faultWords: [FaultWord] { [.off, .stuck] }

  /// Applies or ends a fault.
  mutating func setFault(_ word: FaultWord?) {
    fault = word
    if word == .off { isGood = false }
  }

  /// The stroke line changed its level.
  mutating func edge(at now: Instant) {
    defer { lastEdge = now.microseconds }
    guard let lastEdge else { return judge(true) }
    let interval = now.microseconds &- lastEdge
    judge(interval >= WindowWatchdog.window.shortest && interval <= WindowWatchdog.window.longest)
  }

  /// Looks at the time; call once a millisecond.
  mutating func step(at now: Instant) {
    let waited = now.microseconds &- (lastEdge ?? 0)
    let longest = lastEdge == nil ? WindowWatchdog.firstEdgeBy : WindowWatchdog.window.longest
    if waited > longest { judge(false) }
  }

  private mutating func judge(_ isInWindow: Bool) {
    goodIntervals = isInWindow ? min(goodIntervals + 1, 2) : 0
    guard fault == nil else { return }
    if !isInWindow { isGood = false } else if goodIntervals >= 2 { isGood = true }
  }
}
