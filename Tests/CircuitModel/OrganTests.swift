import CircuitModel
import PerfusionCore
import TestSupport
import Testing

@Suite("Perfused organs", .verifies("C13"))
struct OrganTests {
  static func liver(_ kind: PumpKind) -> Bench {
    let pumps: [PlantPump] =
      kind == .centrifugal
      ? [.centrifugal(.organArtery), .centrifugal(.portalVein)]
      : [.roller(.organArtery, strokeVolume: 7.4), .roller(.portalVein, strokeVolume: 13)]
    return Bench(.liver, pumps: pumps) { $0.organ.initialTemperature = 37 }
  }

  @Test("A liver has 65 mmHg at 0.4 L/min in its artery and 6 mmHg at 1 L/min in its portal vein")
  func liver() {
    var bench = Self.liver(.roller)
    bench.turn(0, at: 0.4 / 0.0074)
    bench.turn(1, at: 1 / 0.013)
    bench.run(30)
    #expect(abs(bench.mean { $0[.organArteryPressure] } - 65) < 4)
    #expect(abs(bench.mean { $0[.portalVeinPressure] } - 6) < 1)
    #expect(abs(bench.mean { $0[.organVeinPressure] }) < 1)
    #expect(abs(bench.mean { $0[.organArteryFlow] } - 0.4) < 0.01)
    #expect(abs(bench.mean { $0[.portalVeinFlow] } - 1) < 0.02)
    let volume = bench.signals.reservoirVolume
    bench.run(60)
    #expect(abs(bench.signals.reservoirVolume - volume) < 3)
  }

  @Test("Centrifugal heads reach the liver's pressures at ordinary speeds")
  func centrifugalLiver() {
    var bench = Self.liver(.centrifugal)
    bench.turn(0, at: 1650)
    bench.turn(1, at: 700)
    bench.run(30)
    #expect(bench[.organArteryPressure] > 50 && bench[.organArteryPressure] < 85)
    #expect(bench[.portalVeinPressure] > 2 && bench[.portalVeinPressure] < 12)
  }

  @Test("A kidney has 70 mmHg at 0.4 L/min")
  func kidney() {
    var bench = Bench(.kidney, pumps: [.roller(.organArtery, strokeVolume: 7.4)]) {
      $0.organ.initialTemperature = 37
    }
    bench.turn(at: 0.4 / 0.0074)
    bench.run(30)
    #expect(abs(bench.mean { $0[.organArteryPressure] } - 70) < 4)
  }

  @Test("The organ warms to the perfusate and stays there")
  func warming() {
    var bench = Self.liver(.roller)
    bench.circuit.parameters.water.patient.initialTemperature = 37
    var parameters = bench.circuit.parameters
    parameters.organ.initialTemperature = 20
    bench.circuit = Circuit(parameters: parameters)
    bench.inputs.waterPump[0] = 1
    bench.turn(0, at: 0.4 / 0.0074)
    bench.turn(1, at: 1 / 0.013)
    bench.run(1200) {
      $0.inputs.heaterWatts[0] = $0[.patientBathTemperature] < 37.5 ? 400 : 0
    }
    #expect(abs(bench[.organTemperature] - 37) < 1.5)
  }

  @Test("Air in the portal line is seen before it reaches the liver")
  func portalAir() throws {
    var bench = Self.liver(.roller)
    bench.turn(1, at: 1 / 0.013)
    bench.run(2)
    bench.circuit.injectAir(volume: 1, at: .portalVeinLine)
    let seen = try #require(bench.seconds(within: 10) { $0.signals.air[.portalVeinBubble] })
    #expect(bench.signals.airToPatient == 0)
    let arrived = try #require(bench.seconds(within: 10) { $0.signals.airToPatient > 0.99 })
    #expect(abs(seen - 39.0 / 16.67) < 0.4)
    #expect(abs(arrived - 41.0 / 16.67) < 0.4)
  }
}
