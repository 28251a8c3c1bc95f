import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Servo regulation of a pump")
struct ServoRegulationTests {
  private static func regulation(
    role: PumpRole = .arterial, tick: Seconds = .milliseconds(5)
  ) -> ServoRegulation {
    var pump = PumpConfiguration()
    pump.role = role
    return ServoRegulation(
      pump: pump, limits: CircuitLimits(), reservoir: ReservoirConfiguration(), tick: tick)
  }

  private static func inputs(
    outlet: Double = 200, inlet: Double = 0, volume: Double = 1000
  ) -> ServoInputs {
    ServoInputs(
      outletMean: valid(.mmHg(outlet)), inlet: valid(.mmHg(inlet)),
      reservoir: valid(.milliliters(volume)))
  }

  @Test("The smallest factor wins and names its reason", .verifies("HZ-02", "HZ-08"))
  func smallestWins() {
    var servo = Self.regulation()
    func settle(_ inputs: ServoInputs) -> ServoVerdict {
      var verdict = ServoVerdict.asSet
      for count in 0..<20 {
        verdict = servo.update(tick: Tick(count: UInt64(count)), inputs: inputs, selection: .all)
      }
      return verdict
    }
    #expect(settle(Self.inputs()).reason == .asSet)
    let pressed = settle(Self.inputs(outlet: 325, volume: 450))
    #expect(pressed.reason == .pressureServo && pressed.factor.value == 0.5)
    let drained = settle(Self.inputs(outlet: 305, volume: 350))
    #expect(drained.reason == .levelServo && abs(drained.factor.value - 0.325) < 1e-9)
  }

  @Test("An arterial roller keeps a tenth, a cardioplegia pump goes down to nothing")
  func least() {
    for (role, expected) in [(PumpRole.arterial, 0.1), (.cardioplegia, 0.0)] {
      var servo = Self.regulation(role: role)
      let verdict = servo.update(
        tick: .start, inputs: Self.inputs(outlet: 600), selection: .all)
      #expect(verdict.factor.value == expected)
    }
  }

  @Test("A servo that is not selected has no say")
  func selection() {
    var servo = Self.regulation()
    for count in 0..<400 {
      let verdict = servo.update(
        tick: Tick(count: UInt64(count)),
        inputs: Self.inputs(outlet: 600, inlet: -200, volume: 100), selection: .none)
      #expect(verdict.factor == .one && verdict.reason == .asSet)
    }
  }

  @Test(
    "Pressure is taken every 20 ms and level every 100 ms, whatever the tick",
    arguments: [1.0, 2, 5, 10, 20])
  func subRates(tick: Double) {
    var servo = Self.regulation(tick: .milliseconds(tick))
    var changes = 0
    var last = -1.0
    let ticks = Int(2000 / tick)
    for count in 0..<ticks {
      // A pressure that climbs a little every tick shows when it is taken.
      let outlet = 300 + 40 * Double(count) / Double(ticks)
      let verdict = servo.update(
        tick: Tick(count: UInt64(count)), inputs: Self.inputs(outlet: outlet), selection: .all)
      if verdict.factor.value != last { changes += 1 }
      last = verdict.factor.value
    }
    #expect(changes == 100)
  }
}
