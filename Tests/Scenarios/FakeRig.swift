import CircuitModel
import PerfusionCore
import VirtualBoard

@testable import Scenarios

/// A rig without firmware: tests say what it shows at each tick.
final class FakeRig: Rig {
  let name = "fake"
  let machine: MachineConfiguration
  var now = Instant.start
  var status = MachineStatus()
  var sensors = SensorSnapshot()
  var actuators = ActuatorCommands()
  var events = EventList()
  var plant = CircuitSignals()
  var truth: CircuitSignals? { plant }
  var boardTruth: BoardState? { nil }
  let knowsTruth = true
  var fingerprint: UInt64 { UInt64(bitPattern: now.microseconds) }
  var parameters: [String: Double] = ["systemicResistance": 12]
  var applied: [Stimulus] = []
  var submitted: [(at: Double, command: OperatorCommand)] = []
  var refusal: StimulusRefusal?
  /// What the world does in the tick that ends at this time in seconds.
  var world: (FakeRig, Double) -> Void = { _, _ in }

  init(_ machine: MachineConfiguration = .adult) { self.machine = machine }

  var seconds: Double { Double(now.microseconds) / 1_000_000 }

  func parameter(_ name: String) -> Double? { parameters[name] }

  func submit(_ command: OperatorCommand) -> Bool {
    submitted.append((seconds, command))
    return true
  }

  func apply(_ stimulus: Stimulus) throws(StimulusRefusal) {
    if let refusal { throw refusal }
    if case .parameter(let name, let value) = stimulus { parameters[name] = value }
    applied.append(stimulus)
  }

  func makeSafe() -> String? { nil }

  func advance() {
    events.removeAll()
    now = now.advanced(microseconds: Int64(machine.tickMicroseconds))
    world(self, seconds)
  }

  func setPressure(_ value: Double) {
    sensors.pressures[.arterialLinePressure] = Reading(.mmHg(value), takenAt: now)
  }
}

extension MachineConfiguration {
  /// A machine of a kind with these pumps.
  static func fixture(_ kind: MachineKind, _ roles: [PumpRole]) -> MachineConfiguration {
    var machine = MachineConfiguration()
    machine.kind = kind
    for role in roles {
      var pump = PumpConfiguration()
      pump.role = role
      machine.pumps.append(pump)
    }
    return machine
  }
  /// Adult bypass.
  static var adult: MachineConfiguration {
    fixture(.bypass, [.arterial, .cardioplegia, .crystalloid, .vent, .sucker])
  }
  /// ECMO.
  static var ecmo: MachineConfiguration { fixture(.ecmo, [.arterial]) }
  /// Liver.
  static var liver: MachineConfiguration { fixture(.organ, [.organArtery, .portalVein]) }
}

let testPlant = PlantVocabulary(units: [
  "systemicResistance": "mmHg/(L/min)", "arterialCompliance": "ml/mmHg", "drainageHeight": "",
  "leakFlow": "L/min",
])

/// Reads a case file's text.
func read(
  _ text: String, machine: MachineConfiguration = .adult, file: String = "case.yaml"
) throws(Mistakes) -> Scenario {
  try ScenarioFile(text: text, path: file).scenario(for: machine, plant: testPlant)
}

/// Plays the entries of a timeline on a rig.
func play(_ entries: String, always: String = "", on rig: FakeRig) throws -> ScenarioRun<FakeRig> {
  let text = "title: test\ntimeline:\n" + entries + (always.isEmpty ? "" : "\nalways:\n" + always)
  let run = ScenarioRun(try read(text), on: rig)
  run.runToEnd()
  return run
}
