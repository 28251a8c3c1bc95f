import CircuitModel
import Foundation
import LiveView
import PerfusionCore
import Scenarios

/// The machine in a terminal: drawn ten times a second, and open to a person's keys.
final class LiveSession {
  private let run: ScenarioRun<InProcessRig>
  private let board: String
  private let pace: Pace
  private let demonstrations: [Demonstration]
  private var active: Set<Character> = []
  private var isHelpShown = false
  private var message = ""
  private var wantsToQuit = false
  private var palette = Palette.day

  init(run: ScenarioRun<InProcessRig>, board: String, pace: Pace) {
    self.run = run
    self.board = board
    self.pace = pace
    demonstrations = Demonstration.table(run.rig.machine)
  }

  func play() -> SessionEnd {
    let terminal = Terminal()
    terminal.open()
    defer { terminal.close() }
    var pacer = Pacer()
    var size = Terminal.size
    while !pace.isOver(run) {
      if Interruption.isAsked { return .interrupted }
      pacer.runSlice(run, pace)
      let now = Terminal.size
      if now != size { terminal.forget() }
      size = now
      terminal.palette = palette
      terminal.show(MachineScreen.lines(view(), width: size.width, height: size.height))
      repeat {
        for key in terminal.keys(waiting: max(0, pacer.millisecondsLeft)) { press(key) }
        if wantsToQuit { return .quit }
      } while pacer.millisecondsLeft > 0 && !Interruption.isAsked
    }
    return .finished
  }

  private func view() -> MachineView {
    var view = machineView(run, board: board, pace: pace)
    view.hint =
      message.isEmpty
      ? "q quit  h help  a acknowledge  space audio pause  r resume  ↑↓ flow  1-5 disturb" : message
    if isHelpShown { view.help = help }
    return view
  }

  private var help: [String] {
    [
      "q        quit", "a        acknowledge alarms", "space    pause alarm sound for 120 s",
      "e        end the pause", "n        night or day: dim, high alarms at full contrast",
      "r        reset alarms and resume stopped pumps",
      "↑ ↓      set flow of the first pump up or down by 0.1 L/min", "",
      "Disturb the machine; the same key again mends it:",
    ]
      + demonstrations.map {
        "\($0.key)        \($0.title)" + (active.contains($0.key) ? "  [on]" : "")
      }
  }

  private func press(_ key: Character) {
    message = ""
    switch key {
    case "q": wantsToQuit = true
    case "h", "?": isHelpShown.toggle()
    case "a": run.submit(.acknowledgeAlarms)
    case " ": run.submit(.pauseAudio)
    case "e": run.submit(.endPause)
    case "n": palette = palette.other
    case "r": resume()
    case "↑": changeFlow(by: 0.1)
    case "↓": changeFlow(by: -0.1)
    default:
      if let demonstration = demonstrations.first(where: { $0.key == key }) {
        toggle(demonstration)
      }
    }
  }

  private func resume() {
    run.submit(.resetAlarms)
    for index in run.rig.machine.pumps.indices where run.rig.status.pumps[index].needsResume {
      run.submit(.resume(index))
    }
  }

  private func changeFlow(by step: Double) {
    let pump = run.rig.status.pumps[0]
    let now = pump.mode == .flow ? pump.setFlow : pump.flow.value
    run.submit(.setFlow(0, .litersPerMinute(max(0, now.litersPerMinute + step))))
  }

  private func toggle(_ demonstration: Demonstration) {
    let isOn = demonstration.end != nil && active.contains(demonstration.key)
    let deed = isOn ? demonstration.end ?? demonstration.begin : demonstration.begin
    switch deed {
    case .act(let action): run.submit(action)
    case .disturb(let stimulus):
      if let refusal = run.disturb(stimulus, text: demonstration.title + (isOn ? ": mended" : "")) {
        message = refusal.reason
        return
      }
    }
    if isOn { active.remove(demonstration.key) } else { active.insert(demonstration.key) }
    message = demonstration.title + (isOn ? ": mended" : "")
  }
}

/// Something that a newcomer can do to the machine with one key.
struct Demonstration {
  /// An operator's action or an event of the outside world.
  enum Deed {
    case act(OperatorAction)
    case disturb(Stimulus)
  }
  var key: Character
  var title: String
  var begin: Deed
  /// What mends it; nothing when it is over by itself.
  var end: Deed?

  static func table(_ machine: MachineConfiguration) -> [Demonstration] {
    let isOrgan = machine.kind == .organ
    let drainage: Demonstration =
      machine.kind == .ecmo
      ? parameter("1", "patient is short of volume", "drainageFactor", 4, normal: 1)
      : parameter("1", "venous line clamped", "venousObstruction", 1, normal: 0)
    return [
      drainage,
      Demonstration(
        key: "2", title: "air bubble of 0.5 ml in front of the arterial detector",
        begin: .disturb(.air(isOrgan ? .portalVeinLine : .arterialDetector, 0.5))),
      parameter("3", "arterial line kinked", "cannulaFactor", 6, normal: 1),
      Demonstration(
        key: "4", title: "mains lost", begin: .disturb(.mains(false)), end: .disturb(.mains(true))),
      Demonstration(
        key: "5", title: "the controller restarts", begin: .disturb(.restartFirmware(2))),
    ]
  }

  private static func parameter(
    _ key: Character, _ title: String, _ name: String, _ value: Double, normal: Double
  ) -> Demonstration {
    Demonstration(
      key: key, title: title, begin: .disturb(.parameter(name, value)),
      end: .disturb(.parameter(name, normal)))
  }
}
