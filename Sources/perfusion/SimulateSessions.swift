import Foundation
import LiveView
import PerfusionCore
import Scenarios

/// How a session ended.
enum SessionEnd { case finished, quit, interrupted }

/// How fast a session goes and when it ends.
struct Pace {
  /// Virtual seconds a second.
  var factor: Double
  /// The same while the machine starts up without a case.
  var startUpFactor: Double
  /// It goes on after the scenario until somebody ends it.
  var staysAlive: Bool
  /// Virtual seconds after which it ends.
  var limit: Double?
  /// Serves clients after each tick.
  var link: SimulationLink?

  /// The factor now.
  func factor(_ run: ScenarioRun<InProcessRig>) -> Double {
    run.isFinished ? factor : startUpFactor
  }

  /// The session is over.
  func isOver(_ run: ScenarioRun<InProcessRig>) -> Bool {
    if let limit, run.time >= limit { return true }
    return run.isFinished && !staysAlive
  }
}

/// Runs ticks so that virtual time keeps up with the wall clock, in slices of a tenth of a second.
struct Pacer {
  private let clock = ContinuousClock()
  private var next: ContinuousClock.Instant
  private var owed = 0.0
  static let slice = 0.1

  init() { next = clock.now }

  /// Runs the ticks of one slice; what a slow computer cannot do in time is dropped, not saved up.
  mutating func runSlice(_ run: ScenarioRun<InProcessRig>, _ pace: Pace) {
    next = max(next.advanced(by: .milliseconds(100)), clock.now)
    owed += Self.slice * pace.factor(run)
    let tick = Double(run.rig.machine.tickMicroseconds) / 1_000_000
    let latest = clock.now.advanced(by: .milliseconds(90))
    var count = 0
    while owed >= tick, !pace.isOver(run) {
      run.runTick()
      pace.link?.ticked(run.rig)
      owed -= tick
      count += 1
      if count % 64 == 0, clock.now >= latest { owed = 0 }
    }
  }

  /// Milliseconds until the next slice is due.
  var millisecondsLeft: Int {
    let left = clock.now.duration(to: next).components
    return Int(left.seconds) * 1000 + Int(left.attoseconds / 1_000_000_000_000_000)
  }
}

/// What the live view and the status lines show of a run.
func machineView(
  _ run: ScenarioRun<InProcessRig>, board: String, pace: Pace
) -> MachineView {
  var view = MachineView(
    board: board, machine: run.rig.machine, status: run.rig.status, sensors: run.rig.sensors,
    actuators: run.rig.actuators, log: run.log,
    seconds: Double(run.rig.now.microseconds) / 1_000_000, speed: pace.factor(run))
  if !run.isFinished { view.activity = run.isInCase ? run.scenario.title : "starting up" }
  return view
}

/// One plain line a second, for pipes and logs.
struct PlainSession {
  let run: ScenarioRun<InProcessRig>
  let board: String
  let pace: Pace
  let isQuiet: Bool

  func play() -> SessionEnd {
    var pacer = Pacer()
    var slices = 0
    while !pace.isOver(run) {
      if Interruption.isAsked { return .interrupted }
      pacer.runSlice(run, pace)
      slices += 1
      if slices % 10 == 0, !isQuiet {
        let line = StatusLine.text(machineView(run, board: board, pace: pace)) + "\n"
        FileHandle.standardOutput.write(Data(line.utf8))
      }
      let left = pacer.millisecondsLeft
      if left > 0 { usleep(UInt32(left) * 1000) }
    }
    return .finished
  }
}

/// As fast as the computer can, with a progress line on standard error for long cases.
struct FullSpeedSession {
  let run: ScenarioRun<InProcessRig>
  let isQuiet: Bool
  let limit: Double?
  let link: SimulationLink?

  func play() -> SessionEnd {
    let clock = ContinuousClock()
    let began = clock.now
    var shown = began
    var hasShown = false
    while !isOver {
      if Interruption.isAsked { return .interrupted }
      for _ in 0..<2000 where !isOver {
        run.runTick()
        link?.ticked(run.rig)
      }
      guard shown.duration(to: clock.now) > .milliseconds(500), isatty(2) == 1 else { continue }
      shown = clock.now
      hasShown = true
      FileHandle.standardError.write(Data(("\r" + progress(began.duration(to: shown))).utf8))
    }
    if hasShown { FileHandle.standardError.write(Data("\r\u{1b}[K".utf8)) }
    return .finished
  }

  private var isOver: Bool {
    if let limit, run.isInCase, run.time >= limit { return true }
    return run.isFinished && limit == nil
  }

  private func progress(_ elapsed: Duration) -> String {
    let parts = elapsed.components
    let wall = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    let virtual = Double(run.rig.now.microseconds) / 1_000_000
    let rate = fixedNumber(virtual / max(wall, 0.001), decimals: 0)
    let planned = limit ?? run.plannedSeconds
    let share = run.isInCase && planned > 0 ? min(1, run.time / planned) : 0
    let where_ = run.isInCase ? clockText(seconds: run.time, decimals: 0) : "prelude"
    return "\(padLeft(fixedNumber(share * 100, decimals: 0), 3)) %  \(where_)  "
      + "\(rate) x real time   "
  }

  private func padLeft(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
