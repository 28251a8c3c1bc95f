import CircuitModel
import PerfusionCore

/// A circuit with rotors that a test turns by hand.
struct Bench {
  var circuit: Circuit
  var inputs = CircuitInputs()
  /// Time since the start, s.
  var time = 0.0

  var signals: CircuitSignals { circuit.signals }

  init(
    _ topology: CircuitTopology = .bypass, pumps: [PlantPump] = [.arterialRoller],
    _ change: (inout CircuitParameters) -> Void = { _ in }
  ) {
    var parameters = CircuitParameters(topology: topology)
    for pump in pumps { parameters.pumps.append(pump) }
    change(&parameters)
    circuit = Circuit(parameters: parameters)
  }

  subscript(_ site: PressureSite) -> Double { signals.pressures[site] }
  subscript(_ site: FlowSite) -> Double { signals.flows[site] }
  subscript(_ site: TemperatureSite) -> Double { signals.temperatures[site] }

  /// Sets a rotor's speed, rpm.
  mutating func turn(_ slot: Int = 0, at speed: Double) { inputs.rotorSpeed[slot] = speed }

  /// One millisecond.
  mutating func step() {
    for slot in 0..<8 { inputs.rotorTurns[slot] += inputs.rotorSpeed[slot] / 60_000 }
    circuit.step(inputs)
    time += 0.001
  }

  /// Lets time pass, calling `each` after every millisecond.
  mutating func run(_ seconds: Double, each: (inout Bench) -> Void = { _ in }) {
    for _ in 0..<Int(seconds * 1000 + 0.5) {
      step()
      each(&self)
    }
  }

  /// Means over a time, which rids a roller's signals of ripple.
  mutating func mean(over seconds: Double = 2, _ value: (Bench) -> Double) -> Double {
    var sum = 0.0
    var count = 0.0
    run(seconds) {
      sum += value($0)
      count += 1
    }
    return sum / count
  }

  /// Milliseconds-true time until something holds, from now; nothing when it does not within
  /// the limit.
  mutating func seconds(within limit: Double, until reached: (Bench) -> Bool) -> Double? {
    let start = time
    while time - start < limit {
      step()
      if reached(self) { return time - start }
    }
    return nil
  }
}

extension PlantPump {
  /// 1/2 in tube, no leak, so that the flow is speed times stroke volume.
  static var arterialRoller: PlantPump {
    var pump = PlantPump()
    pump.leakFirst = 0
    pump.leakSecond = 0
    return pump
  }
  /// Fit G1 of docs/domain.md 3.1.
  static var arterialCentrifugal: PlantPump {
    var pump = PlantPump()
    pump.kind = .centrifugal
    return pump
  }
  /// A small occlusive roller for a role.
  static func roller(_ role: PumpRole, strokeVolume: Double) -> PlantPump {
    var pump = arterialRoller
    pump.role = role
    pump.strokeVolume = strokeVolume
    return pump
  }
  /// A centrifugal head for a role.
  static func centrifugal(_ role: PumpRole) -> PlantPump {
    var pump = arterialCentrifugal
    pump.role = role
    return pump
  }
}
