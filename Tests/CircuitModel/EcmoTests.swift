import CircuitModel
import PerfusionCore
import TestSupport
import Testing

@Suite("ECMO: a closed circuit", .verifies("C6"))
struct EcmoTests {
  /// The case's circuit with the pressures of the patient held where it puts them.
  static func held(_ change: (inout CircuitParameters) -> Void = { _ in }) -> Bench {
    Bench(.ecmo, pumps: [.arterialCentrifugal]) {
      $0.patient.heldArterialPressure = 65
      $0.patient.heldVenousPressure = 8
      $0.line.characteristicImpedance = 0
      $0.body.initialCoreTemperature = 37
      $0.body.initialPrimeTemperature = 37
      change(&$0)
    }
  }

  @Test("At 3308 rpm it runs at 4 L/min with the case's pressures")
  func steady() {
    var bench = Self.held()
    bench.turn(at: 3308)
    bench.run(20)
    #expect(abs(bench[.arterialFlow] - 4) < 0.02)
    #expect(abs(bench[.pumpInletPressure] + 48) < 1.5)
    #expect(abs(bench[.preOxygenatorPressure] - 263) < 2)
    #expect(abs(bench[.arterialLinePressure] - 212) < 2)
  }

  @Test(
    "In hypovolemia less speed restores the inlet pressure at small loss of flow",
    arguments: [(3308.0, 3.09, -132.0), (3008, 2.72, -102), (2708, 2.35, -75)])
  func hypovolemia(_ speed: Double, _ flow: Double, _ inlet: Double) {
    var bench = Self.held {
      $0.patient.heldVenousPressure = 2
      $0.events.drainageFactor = 4
    }
    bench.turn(at: speed)
    bench.run(20)
    #expect(abs(bench[.arterialFlow] - flow) < 0.03)
    #expect(abs(bench[.pumpInletPressure] - inlet) < 3)
  }

  @Test("A higher arterial pressure costs flow, a kinked return costs more and shows before it")
  func afterloadAndKink() {
    var bench = Self.held { $0.patient.heldArterialPressure = 90 }
    bench.turn(at: 3308)
    bench.run(20)
    #expect(abs(bench[.arterialFlow] - 3.80) < 0.03)
    bench = Self.held { $0.events.cannulaFactor = 4 }
    bench.turn(at: 3308)
    bench.run(20)
    #expect(abs(bench[.arterialFlow] - 2.55) < 0.03)
    #expect(abs(bench[.preOxygenatorPressure] - 310) < 3)
    let drop = bench[.preOxygenatorPressure] - bench[.arterialLinePressure]
    #expect(abs(drop - 28) < 1)
  }

  @Test("Flow is zero at the closed loop's own threshold", arguments: [(65.0, 1367.0), (90, 1640)])
  func threshold(_ pressure: Double, _ speed: Double) {
    for (factor, sign) in [(0.99, -1.0), (1.01, 1.0)] {
      var bench = Self.held { $0.patient.heldArterialPressure = pressure }
      bench.turn(at: speed * factor)
      bench.run(30)
      #expect(bench[.arterialFlow] * sign > 0)
    }
  }

  @Test("Free, the patient keeps about the case's pressures and the loop loses nothing")
  func freePatient() {
    var bench = Bench(.ecmo, pumps: [.arterialCentrifugal])
    bench.turn(at: 3308)
    let volume = bench.circuit.accountedVolume
    bench.run(60)
    #expect(abs(bench[.arterialFlow] - 4) < 0.32)
    #expect(abs(bench[.pumpInletPressure] + 48) < 20)
    #expect(abs(bench[.arterialPressure] - 65) < 8)
    #expect(abs(bench.circuit.accountedVolume - volume) < 1e-6)
  }

  @Test("A patient bled empty collapses around the cannula and chatters at 2 to 4 Hz")
  func collapse() {
    var bench = Bench(.ecmo, pumps: [.arterialCentrifugal])
    bench.turn(at: 3308)
    bench.run(20)
    let flow = bench[.arterialFlow]
    bench.circuit.giveToPatient(-600)
    bench.run(20)
    #expect(bench.mean { $0[.arterialFlow] } < 0.85 * flow)
    let middle = bench.mean(over: 4) { $0[.pumpInletPressure] }
    #expect(middle < -80)
    var crossings = 0
    var above = bench[.pumpInletPressure] > middle
    var least = 0.0
    var most = -1000.0
    bench.run(10) {
      let inlet = $0[.pumpInletPressure]
      if inlet > middle + 3, !above {
        above = true
        crossings += 1
      }
      if inlet < middle - 3 { above = false }
      least = min(least, inlet)
      most = max(most, inlet)
    }
    #expect(crossings >= 20 && crossings <= 40)
    #expect(most - least > 20)
    bench.circuit.giveToPatient(600)
    bench.run(30)
    #expect(abs(bench[.arterialFlow] - flow) < 0.1)
  }

  @Test("A chattering line swings the inlet pressure at its own frequency")
  func lineChatter() {
    var bench = Self.held {
      $0.events.lineChatterAmplitude = 40
      $0.events.lineChatterFrequency = 3
    }
    bench.turn(at: 3308)
    bench.run(10)
    var least = 0.0
    var most = -1000.0
    bench.run(4) {
      least = min(least, $0[.pumpInletPressure])
      most = max(most, $0[.pumpInletPressure])
    }
    #expect(abs(most - least - 80) < 5)
    #expect(abs((most + least) / 2 + 48) < 3)
  }

  @Test("A loop without a patient runs in itself")
  func prime() {
    var bench = Bench(.ecmo, pumps: [.arterialCentrifugal]) { $0.events.patientConnected = 0 }
    bench.turn(at: 2500)
    let volume = bench.circuit.accountedVolume
    bench.run(20)
    #expect(bench[.arterialFlow] > 2)
    #expect(abs(bench[.arterialFlow] - bench[.venousFlow]) < 1e-3)
    #expect(abs(bench.circuit.accountedVolume - volume) < 1e-6)
  }
}
