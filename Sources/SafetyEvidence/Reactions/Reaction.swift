import CircuitModel
import PerfusionCore
import Scenarios
import VirtualBoard

/// What an instrument sees at the end of a millisecond.
struct Moment {
  let circuit: CircuitSignals
  let board: BoardState
  /// What the primary pump is told, rpm.
  let commanded: Double
  /// Flow as the firmware acquired it, L/min; 0 while it is not usable.
  let measuredFlow: Double

  init(_ machine: VirtualMachine) {
    circuit = machine.circuit.signals
    board = machine.truth
    measuredFlow = machine.sensors[.arterialFlow].usable?.litersPerMinute ?? 0
    commanded = machine.status.pumps[0].commandedSpeed.revolutionsPerMinute
  }

  /// Speed of the primary rotor, rpm, signed.
  var speed: Double { board.rotorSpeeds[0].revolutionsPerMinute }
}

/// One line of the reaction budgets of docs/domain.md 11.3: what is done, when the clock starts and
/// when it stops.
struct Reaction {
  /// The function, in the words of the reference.
  let name: String
  /// The machine it is measured on.
  let machine: WarmMachine
  /// Milliseconds that it may take.
  let budget: Double
  /// Why it is known to miss the budget; nothing when it must keep to it.
  var known: String?
  /// What starts the clock, in words.
  let cause: String
  /// What stops it, in words.
  let effect: String
  /// Milliseconds that are watched after the injection.
  var window = 1500
  /// An alarm of high priority follows, so its tone is timed too.
  var isHigh = false
  /// What is measured is for how long the primary pump ran under 98 % of its speed.
  var measuresDip = false
  /// The primary pump must keep its speed.
  var mustHold = false
  /// Brings the machine into the state before all injections.
  var arrange: (SafetyBench) throws -> Void = { _ in }
  /// The injection.
  let provoke: (SafetyBench, inout SplitMix64) throws -> Void
  /// The cause is there.
  var began: (Moment) -> Bool = { _ in true }
  /// The effect is there.
  let ended: (Moment) -> Bool
}

/// Where injections start from.
enum WarmMachine: Int, CaseIterable {
  /// Adult bypass, roller, full flow.
  case bypass
  /// ECMO, centrifugal, 4 L/min.
  case ecmo

  var start: String {
    switch self {
    case .bypass: "HIL/scenarios/startup-adult.yaml"
    case .ecmo: "HIL/scenarios/startup-ecmo.yaml"
    }
  }

  var words: String {
    switch self {
    case .bypass: "adult bypass, roller"
    case .ecmo: "ECMO, centrifugal"
    }
  }
}
