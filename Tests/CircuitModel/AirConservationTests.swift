@testable import CircuitModel
import PerfusionCore
import Testing

@Suite("No air is lost or made")
struct AirConservationTests {
  @Test("What came in is held, vented or with the patient", arguments: 0..<40)
  func balance(_ seed: Int) {
    var random = SplitMix64(state: UInt64(seed))
    let closed = seed % 2 == 0
    var bench = Bench(
      closed ? .ecmo : .bypass, pumps: [closed ? .arterialCentrifugal : .arterialRoller])
    bench.inputs.venousOccluder = closed ? 1 : 0.2
    for _ in 0..<20 {
      bench.turn(at: closed ? random.uniform(0, 4000) : random.uniform(-60, 150))
      bench.inputs.arterialClamp = random.uniform(-0.5, 2)
      let inlet = AirInlet.allCases[Int(random.next() % 7)]
      bench.circuit.injectAir(volume: random.uniform(-1, 20), at: inlet)
      bench.circuit.parameters.events.venousAirRate = max(random.uniform(-40, 20), 0)
      bench.circuit.parameters.events.arterialDisconnection = random.uniform(0, 1.05) > 1 ? 1 : 0
      bench.run(random.uniform(0.1, 3))
    }
    let air = bench.circuit.air
    let held = air.airVolume + bench.circuit.line.headAir
    let gone = air.vented + air.delivered + air.toPatient
    #expect(abs(held + gone - air.admitted) < 1e-5 * max(air.admitted, 1))
    #expect(bench.signals.airToPatient == air.delivered)
  }
}
