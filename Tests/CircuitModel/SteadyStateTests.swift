import CircuitModel
import PerfusionCore
import TestSupport
import Testing

/// Rows of docs/domain.md 4.4, at pump height, and what the bench is set to for each.
struct SteadyRow: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var flow: Double
  var held: Double
  var temperature: Double
  var post: Double
  var pre: Double
}

@Suite("Steady states of patient A")
struct SteadyStateTests {
  static let rows = [
    SteadyRow(
      testDescription: "full flow", flow: 4.56, held: 60, temperature: 37, post: 182, pre: 244),
    SteadyRow(
      testDescription: "28 degC", flow: 3.42, held: 55, temperature: 28, post: 140, pre: 192),
    SteadyRow(
      testDescription: "wean at 2 L/min", flow: 2, held: 70, temperature: 37, post: 119, pre: 139),
    SteadyRow(
      testDescription: "wean at 1 L/min", flow: 1, held: 70, temperature: 37, post: 105, pre: 115),
  ]

  @Test(
    "Line pressures agree with the table at its arterial pressure", .verifies("C2", "C4", "C5"),
    arguments: rows, [PumpKind.roller, .centrifugal])
  func tableRow(_ row: SteadyRow, _ kind: PumpKind) {
    let pump: PlantPump = kind == .roller ? .arterialRoller : .arterialCentrifugal
    var bench = Bench(pumps: [pump]) {
      $0.patient.heldArterialPressure = row.held
      $0.patient.heldVenousPressure = 5
      $0.body.initialCoreTemperature = row.temperature
      $0.body.initialPrimeTemperature = row.temperature
    }
    if kind == .roller {
      bench.turn(at: row.flow / 0.045)
    } else {
      let head = row.pre + 0.6 * row.flow * row.flow + 1.4 * row.flow * row.flow
      bench.turn(at: (head / 3.05e-5).squareRoot())
    }
    bench.run(4)
    let flow = bench.mean { $0[.arterialFlow] }
    let post = bench.mean { $0[.arterialLinePressure] }
    let pre = bench.mean { $0[.preOxygenatorPressure] }
    #expect(abs(flow - row.flow) < 0.03 * row.flow)
    #expect(abs(post - row.post) < 6)
    #expect(abs(pre - row.pre) < 6)
  }

  @Test("Free, at full flow, the patient settles at a pressure of 60 and the inlet at +3")
  func patientAtFullFlow() {
    var bench = Bench { $0.events.heartStrength = 0 }
    bench.turn(at: 4.56 / 0.045)
    bench.run(120)
    #expect(abs(bench.mean { $0[.arterialPressure] } - 60) < 8)
    #expect(abs(bench.mean { $0[.arterialLinePressure] } - 182) < 20)
    #expect(abs(bench.mean { $0[.preOxygenatorPressure] } - 244) < 20)
    #expect(abs(bench.mean { $0[.pumpInletPressure] } - 3) < 3)
    let volume = bench.signals.reservoirVolume
    bench.run(30)
    #expect(abs(bench.signals.reservoirVolume - volume) < 15)
  }

  @Test("A vasopressor that raises the resistance by half raises the arterial pressure to 87")
  func vasopressor() {
    var bench = Bench { $0.events.heartStrength = 0 }
    bench.turn(at: 4.56 / 0.045)
    bench.run(60)
    bench.circuit.parameters.events.resistanceFactor = 1.5
    bench.run(30)
    #expect(abs(bench.mean { $0[.arterialPressure] } - 87) < 8)
    #expect(abs(bench.mean { $0[.arterialLinePressure] } - 210) < 20)
    #expect(abs(bench.mean { $0[.preOxygenatorPressure] } - 271) < 20)
  }

  @Test(
    "With the heart ejecting the arterial pressure is 70 at every partial flow",
    .verifies("C5"), arguments: [0.0, 0.5, 1, 2, 3])
  func partialBypass(_ flow: Double) {
    var bench = Bench()
    bench.turn(at: flow / 0.045)
    bench.inputs.venousOccluder = flow / 5.143
    bench.run(90)
    #expect(abs(bench.mean { $0[.arterialPressure] } - 70) < 4)
    #expect(abs(bench.mean { $0[.venousPressure] } - 5) < 2)
  }

  @Test("A beating heart without bypass keeps pressures and volumes as they start")
  func restAtStart() {
    var bench = Bench { $0.events.surgeonClamp = 0 }
    bench.inputs.venousOccluder = 0
    bench.run(60)
    #expect(abs(bench[.arterialPressure] - 70) < 2)
    #expect(abs(bench[.venousPressure] - 5) < 1)
    #expect(bench.signals.reservoirVolume == 1000)
  }

  @Test("Recirculating without a patient at 4 L/min gives 101 and 153", .verifies("C1"))
  func recirculation() {
    var bench = Bench { $0.events.patientConnected = 0 }
    bench.turn(at: 4 / 0.045)
    bench.run(5)
    #expect(abs(bench.mean { $0[.arterialLinePressure] } - 101) < 2)
    #expect(abs(bench.mean { $0[.preOxygenatorPressure] } - 153) < 2)
    let volume = bench.mean { $0.signals.reservoirVolume }
    bench.run(60)
    #expect(abs(bench.mean { $0.signals.reservoirVolume } - volume) < 0.5)
  }

  @Test(
    "Gravity drains what head and resistance allow",
    arguments: [(31.0, 5.0, 5.15), (31.0, 1.0, 4.57), (23.3, 5.0, 4.04), (15.5, 3.0, 2.65)])
  func drainage(_ head: Double, _ venous: Double, _ expected: Double) {
    var bench = Bench {
      $0.drainage.gravityHead = head
      $0.patient.heldVenousPressure = venous
    }
    bench.run(1)
    #expect(abs(bench[.venousFlow] - expected) < 0.02)
  }

  @Test("A vacuum in the reservoir adds to the drainage and takes from the inlet")
  func vacuum() {
    var plain = Bench { $0.patient.heldVenousPressure = 5 }
    var assisted = Bench {
      $0.patient.heldVenousPressure = 5
      $0.drainage.reservoirVacuum = 35
    }
    for _ in 0..<2000 {
      plain.step()
      assisted.step()
    }
    #expect(abs(assisted[.venousFlow] - plain[.venousFlow] - 35.0 / 7) < 0.01)
    #expect(abs(assisted[.pumpInletPressure] - plain[.pumpInletPressure] + 35) < 0.5)
    #expect(assisted[.reservoirPressure] == -35)
  }

  @Test("Clipping the venous line to 70 % empties the reservoir in about half a minute")
  func clippedVenousLine() throws {
    var bench = Bench { $0.events.heartStrength = 0 }
    bench.turn(at: 4.56 / 0.045)
    bench.run(90)
    bench.circuit.giveVolume(1000 - bench.signals.reservoirVolume)
    bench.inputs.venousOccluder = 0.7
    let time = try #require(bench.seconds(within: 60) { $0.signals.reservoirVolume < 500 })
    #expect(abs(time - 31) < 3)
  }
}
