import CircuitModel
import PerfusionCore
import TestSupport
import Testing

@Suite("Centrifugal pump in patient A's circuit")
struct CentrifugalTests {
  /// A bench at 37 degC with the arterial pressure held, after docs/domain.md 3.2, which has no
  /// aortic impedance.
  static func held(_ pressure: Double, _ change: (inout CircuitParameters) -> Void = { _ in })
    -> Bench
  {
    Bench(pumps: [.arterialCentrifugal]) {
      $0.patient.heldArterialPressure = pressure
      $0.patient.heldVenousPressure = 5
      $0.line.characteristicImpedance = 0
      $0.body.initialCoreTemperature = 37
      $0.body.initialPrimeTemperature = 37
      change(&$0)
    }
  }

  @Test(
    "Flow follows speed as in the load line at a held arterial pressure of 60",
    arguments: [
      (0.0, -2.97), (1000, -2.34), (1500, -1.27), (1800, 0.61), (2000, 1.56), (2500, 3.13),
      (3000, 4.41), (3058, 4.56), (3500, 5.59), (4000, 6.72),
    ])
  func loadLine(_ speed: Double, _ flow: Double) {
    var bench = Self.held(60)
    bench.turn(at: speed)
    bench.run(10)
    #expect(abs(bench[.arterialFlow] - flow) < 0.02)
  }

  @Test(
    "At 3058 rpm the flow falls with the afterload", .verifies("C3"),
    arguments: [(40.0, 4.81), (60, 4.56), (80, 4.29), (100, 4.01)])
  func afterload(_ pressure: Double, _ flow: Double) {
    var bench = Self.held(pressure)
    bench.turn(at: 3058)
    bench.run(10)
    #expect(abs(bench[.arterialFlow] - flow) < 0.02)
  }

  @Test(
    "Flow is zero at the speed that just holds the afterload, and turns with it",
    .verifies("C3"), arguments: [(40.0, 1526.0), (60, 1728), (80, 1908), (100, 2073)])
  func backflowThreshold(_ pressure: Double, _ speed: Double) {
    for (factor, sign) in [(0.99, -1.0), (1.01, 1.0)] {
      var bench = Self.held(pressure)
      bench.turn(at: speed * factor)
      bench.run(20)
      #expect(bench[.arterialFlow] * sign > 0)
    }
  }

  @Test("Opening the clamp at 2200 rpm against 80 mmHg goes forwards at once", .verifies("C3"))
  func start() {
    var bench = Self.held(80)
    bench.inputs.arterialClamp = 0
    bench.turn(at: 2200)
    bench.run(20)
    #expect(bench[.arterialLinePressure] > 80 + 31 + 20)
    #expect(bench.signals.retrogradeVolume == 0)
    bench.run(0.3) { $0.inputs.arterialClamp = min($0.inputs.arterialClamp + 0.004, 1) }
    bench.run(0.7)
    #expect(abs(bench[.arterialFlow] - 1.7) < 0.5)
    #expect(bench.signals.retrogradeVolume < 0.1)
  }

  /// Coast-down from 3058 rpm with a time constant of 0.3 s, in the reference's circuit without
  /// line compliance: docs/domain.md 3.3.
  static func coastDown(clampAfter: Double?, compliance: Double) -> (peak: Double, bench: Bench) {
    var bench = Bench(pumps: [.arterialCentrifugal]) {
      $0.events.heartStrength = 0
      $0.line.lineCompliance = compliance
    }
    bench.turn(at: 3058)
    bench.run(60)
    let start = bench.time
    var speed = 3058.0
    var peak = 0.0
    bench.run(10) {
      speed *= 1 - 0.001 / 0.3
      $0.turn(at: speed)
      if let clampAfter, $0.time - start > clampAfter { $0.inputs.arterialClamp = 0 }
      peak = min(peak, $0[.arterialFlow])
    }
    return (peak, bench)
  }

  @Test("A clamp that closes within 0.3 s of a power loss lets nothing run back", .verifies("C3"))
  func fastClamp() {
    for compliance in [0.02, 0.2, 0.5, 1] {
      let (peak, bench) = Self.coastDown(clampAfter: 0.3, compliance: compliance)
      #expect(peak == 0)
      #expect(bench.signals.retrogradeVolume == 0)
    }
  }

  @Test("A slower clamp lets back what the reference says, in a stiff line", .verifies("C3"))
  func slowClamp() {
    let half = Self.coastDown(clampAfter: 0.5, compliance: 0.02)
    #expect(abs(half.peak + 0.33) < 0.15)
    #expect(half.bench.signals.retrogradeVolume < 1)
    let one = Self.coastDown(clampAfter: 1, compliance: 0.02)
    #expect(abs(one.peak + 2.1) < 0.2)
    #expect(abs(one.bench.signals.retrogradeVolume - 14) < 3)
    let never = Self.coastDown(clampAfter: nil, compliance: 0.02)
    #expect(abs(never.bench.signals.retrogradeVolume - 211) < 40)
    #expect(never.bench[.arterialPressure] < 0)
  }

  @Test("Torque is that of docs/domain.md 3.5, and falls when the head is full of air")
  func torque() {
    var bench = Bench(.ecmo, pumps: [.arterialCentrifugal]) {
      $0.line.oxygenatorLinear = 4
      $0.patient.heldArterialPressure = 65
      $0.patient.heldVenousPressure = 8
      $0.line.cannulaResistance = 5
    }
    bench.turn(at: 3550)
    bench.run(10)
    let full = bench.signals.loadTorque[0]
    #expect(full > 0.035 && full < 0.055)
    bench.circuit.injectAir(volume: 50, at: .pumpInlet)
    bench.run(5)
    #expect(bench.signals.loadTorque[0] < 0.6 * full)
  }
}
