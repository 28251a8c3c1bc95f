internal import CLinux
internal import Firmware
internal import LinuxPlatform

/// Runs the firmware until somebody asks it to end, and keeps those who supervise it informed.
struct Service {
  private let signals: Int32
  private let watchdog: Int32
  private let feedPeriod: Int64
  private var isReady = false
  private var fedAt: Int64 = 0
  private var watched: Int64 = -1

  init(signals: Int32, watchdog: Int32) {
    self.signals = signals
    self.watchdog = watchdog
    let asked = pc_supervisor_watchdog_period() * 1000
    feedPeriod = asked > 0 ? min(asked / 4, 250_000_000) : 250_000_000
  }

  /// Watches until a signal comes, `ticks` ticks are done (0 for no limit) or the tick gave up. The
  /// exit code.
  mutating func run(
    _ shared: SharedExchange.Reference, board: LinuxBoard, ticks: Int64, period: Int64
  )
    -> Int32
  {
    let end = ticks > 0 ? board.nanoseconds &+ ticks &* period : .max
    while true {
      var item = pc_wait_item()
      item.descriptor = signals
      item.wants_read = true
      let until = pc_clock_now() &+ (isReady ? 50_000_000 : 1_000_000)
      _ = unsafe pc_wait(&item, 1, until)
      if item.is_readable, let code = Service.ending(by: pc_signals_take(signals)) { return code }
      let now = board.nanoseconds
      if now >= end { return 0 }
      let stalled = shared.exchange { $0.stalledFor }
      guard stalled == 0 else {
        var line = TextLine()
        line.add("perfusiond: error: the tick stood still for ")
        line.add(stalled / 1_000_000)
        line.add(" ms; ending, so that the next start adopts what it measures")
        line.write(to: 2)
        return 1
      }
      tell(shared, now)
    }
  }

  /// The exit code of a clean end that a signal asked for; nothing where none did.
  static func ending(by signal: Int32) -> Int32? {
    guard signal > 0 else { return nil }
    return signal == PC_SIGNAL_INTERRUPT ? 130 : 0
  }

  private mutating func tell(_ shared: SharedExchange.Reference, _ now: Int64) {
    if !isReady && shared.exchange({ $0.firstTickDone }) > 0 {
      isReady = true
      _ = unsafe pc_supervisor_notify("READY=1\nSTATUS=The loop runs")
    }
    // Fed only while ticks come: a dead tick is the supervisor's to end.
    let last = shared.exchange { $0.lastTickDone }
    guard now &- fedAt >= feedPeriod && last != watched else { return }
    fedAt = now
    watched = last
    _ = unsafe pc_supervisor_notify("WATCHDOG=1")
    if watchdog >= 0 { _ = pc_watchdog_feed(watchdog) }
  }

  /// Tells that the end has begun.
  func stopping() { _ = unsafe pc_supervisor_notify("STOPPING=1\nSTATUS=Handing over") }
}
