import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Faults of the heater-cooler")
struct ThermalFaultTests {
  /// Eight minutes into rewarming: the heater works.
  static func rewarming() -> ThermalRig {
    var rig = ThermalRig(core: 28, tank: 27)
    rig.run(.rewarm, target: 36.5, minutes: 8)
    rig.run(.rewarm, target: 36.5, minutes: 1) { $0.plant.heat > 0 }
    return rig
  }

  private func go(_ rig: inout ThermalRig, seconds: Double) {
    rig.run(.rewarm, target: 36.5, minutes: seconds / 60)
  }

  @Test(
    "Lost blood flow stops heating within 2 s, keeps water moving, and cools a hot bath",
    .verifies("HZ-22"))
  func bloodFlowLost() {
    var rig = Self.rewarming()
    rig.plant.tank = 39.5
    rig.plant.bloodLiters = 0
    go(&rig, seconds: 2)
    #expect(rig.controller.findings.noBloodFlow)
    #expect(rig.controller.status.hold == .noBloodFlow)
    go(&rig, seconds: 60)
    #expect(rig.plant.heat == 0 && rig.lastCommand.pump)
    go(&rig, seconds: 300)
    #expect(rig.plant.tank <= 38.2)
    #expect(rig.plant.heat == 0)
  }

  @Test("When blood flows again, heating waits and the gradient is kept from the first moment")
  func bloodFlowReturns() {
    var rig = Self.rewarming()
    rig.plant.bloodLiters = 0
    go(&rig, seconds: 300)
    rig.plant.bloodLiters = 4.56
    rig.widestWarming = 0
    for _ in 0..<9 {
      go(&rig, seconds: 1)
      #expect(rig.plant.heat == 0)
    }
    go(&rig, seconds: 600)
    #expect(rig.controller.status.hold == .none)
    #expect(rig.widestWarming <= 4.1)
    #expect(rig.plant.arterial > 33)
  }

  @Test("Without a venous temperature a bath above 36 is not heated", .verifies("AL-49"))
  func venousLost() {
    var rig = Self.rewarming()
    rig.distort = { environment, _ in environment.venous.quality = .faulted }
    go(&rig, seconds: 600)
    #expect(rig.controller.findings.sensorFault)
    #expect(rig.plant.tank <= 36.5)
    #expect(rig.plant.arterial < 37)
  }

  @Test("Without an arterial temperature the heater is off at once", .verifies("AL-49", "HZ-25"))
  func arterialLost() {
    var rig = Self.rewarming()
    rig.distort = { environment, _ in environment.arterial.quality = .faulted }
    go(&rig, seconds: 2)
    #expect(rig.plant.heat == 0)
    go(&rig, seconds: 5)
    #expect(rig.controller.findings.arterialSensorFault)
    #expect(rig.controller.status.hold == .noArterialTemperature)
  }

  @Test("Cooling goes on without an arterial temperature, but not below 15 degC of water")
  func coolingWithoutArterial() {
    var rig = ThermalRig(core: 34, tank: 30)
    rig.run(.cool, target: 20, minutes: 3)
    rig.distort = { environment, _ in environment.arterial.quality = .faulted }
    rig.run(.cool, target: 20, minutes: 2)
    #expect(rig.plant.tank < 28)
    rig.run(.cool, target: 20, minutes: 40)
    #expect(rig.plant.tank > 11)
    #expect(rig.plant.heat == 0)
  }

  @Test(
    "An outlet sensor reading 1 K too high stops the heat; the blood stays below 37.5",
    .verifies("C5", "AL-43"))
  func arterialBias() {
    var rig = ThermalRig(core: 36, tank: 37)
    rig.run(.maintain, target: 36.5, minutes: 10)
    rig.outlet.bias = 1.0
    rig.run(.maintain, target: 36.5, minutes: 2)
    #expect(rig.findingsSeen.bloodWarm)
    #expect(rig.controller.status.hold == .bloodTooWarm || rig.plant.arterial < 36.2)
    rig.run(.maintain, target: 36.5, minutes: 20)
    #expect(rig.hottestOutlet <= 37.5)
  }

  @Test("Blood at 37.5 is a high finding with the heater off", .verifies("AL-43"))
  func bloodTooWarm() {
    var rig = Self.rewarming()
    rig.distort = { environment, _ in environment.arterial.value = .celsius(37.6) }
    go(&rig, seconds: 3)
    #expect(rig.controller.findings.bloodTooWarm && rig.controller.findings.bloodWarm)
    #expect(rig.plant.heat == 0)
  }

  @Test(
    "Twins half a kelvin apart are an alert, more than one kelvin freezes the heater",
    .verifies("AL-49"))
  func twinsDisagree() {
    var rig = Self.rewarming()
    rig.bathTwin.bias = 0.7
    go(&rig, seconds: 12)
    #expect(rig.controller.findings.sensorsDisagree)
    #expect(rig.controller.status.hold == .none)
    rig.bathTwin.bias = 1.3
    go(&rig, seconds: 7)
    #expect(rig.controller.status.hold == .sensorsDisagree)
    #expect(rig.plant.heat == 0)
  }

  @Test(
    "A detached outlet sensor is seen within 6 s and takes the heater off",
    .verifies("HZ-25", "AL-49"), arguments: [20.0, 25, 45])
  func detached(ambient: Double) {
    var rig = Self.rewarming()
    rig.distort = { environment, _ in environment.arterial.value = .celsius(ambient) }
    go(&rig, seconds: 6)
    #expect(rig.controller.findings.arterialSensorFault)
    #expect(rig.plant.heat == 0)
  }

  @Test("An outlet sensor that stands still while heat flows is found", .verifies("HZ-25"))
  func stuck() {
    var rig = ThermalRig(core: 28, tank: 27)
    rig.run(.rewarm, target: 36.5, minutes: 1)
    rig.distort = { environment, _ in environment.arterial.value = .celsius(29) }
    rig.run(.rewarm, target: 36.5, minutes: 5)
    #expect(rig.controller.findings.arterialSensorFault)
    #expect(rig.hottestOutlet < 37)
  }

  @Test(
    "A welded heater relay opens the contactor before the bath is dangerous",
    .verifies("HZ-22", "AL-46"),
    arguments: [(ThermalMode.maintain, 34.0, 4.56), (.maintain, 30, 0), (.cool, 28, 4.56)])
  func welded(mode: ThermalMode, target: Double, flow: Double) {
    var plant = ThermalPlant()
    plant.bloodLiters = flow
    var rig = ThermalRig(plant: plant, core: 34, tank: 34)
    rig.run(mode, target: target, minutes: 10)
    rig.isWelded = true
    rig.run(mode, target: target, minutes: 5)
    #expect(rig.controller.findings.uncommandedHeating)
    #expect(!rig.lastCommand.heaterContactor)
    #expect(rig.hottestBath < 42)
    #expect(rig.hottestOutlet < 37)
  }

  @Test("A heater that does not heat is found and left off until standby")
  func burntOut() {
    var rig = ThermalRig(core: 28, tank: 27)
    rig.isBurntOut = true
    rig.run(.rewarm, target: 36.5, minutes: 6)
    #expect(rig.controller.findings.heaterWithoutEffect)
    #expect(rig.controller.status.heaterDuty == .zero)
    rig.run(.standby, target: 36.5, minutes: 0.1)
    rig.run(.rewarm, target: 36.5, minutes: 0.1)
    #expect(!rig.controller.findings.heaterWithoutEffect)
  }

  @Test(
    "Water above 42 takes heater and contactor off and leaves the pump on",
    .verifies("HZ-22", "AL-46"))
  func bathCut() {
    var rig = Self.rewarming()
    rig.distort = { environment, _ in environment.bathSecond.value = .celsius(42.1) }
    go(&rig, seconds: 1.5)
    #expect(rig.controller.findings.bathCut && rig.controller.findings.bathHigh)
    #expect(rig.plant.heat == 0)
    #expect(!rig.lastCommand.heaterContactor && rig.lastCommand.pump)
  }

  @Test("A tripped cut-out takes the heater off in the same tick", .verifies("HZ-22"))
  func cutOut() {
    var rig = Self.rewarming()
    #expect(rig.plant.heat > 0)
    rig.distort = { environment, _ in environment.isCutOutTripped.value = true }
    go(&rig, seconds: 0.1)
    #expect(rig.plant.heat == 0 && !rig.lastCommand.heaterContactor)
    go(&rig, seconds: 1)
    #expect(rig.controller.status.hold == .cutOutTripped)
  }

  @Test(
    "A low tank takes the heater off at once, lost water flow within 5 s",
    .verifies("HZ-26", "HZ-28", "AL-48"))
  func dryRun() {
    var rig = Self.rewarming()
    rig.distort = { environment, _ in environment.isTankFilled.value = false }
    go(&rig, seconds: 0.1)
    #expect(rig.plant.heat == 0)
    go(&rig, seconds: 1)
    #expect(rig.controller.findings.tankLow && rig.controller.findings.waterLostWhileHeating)
    var second = Self.rewarming()
    second.distort = { environment, _ in environment.waterFlow.value = .litersPerMinute(0.4) }
    go(&second, seconds: 4)
    #expect(second.controller.findings.waterLost)
    #expect(second.plant.heat == 0)
    #expect(second.controller.status.hold == .noWaterFlow)
  }

  @Test("Cold blood stops cooling", .verifies("HZ-23", "AL-50"))
  func coldBlood() {
    var rig = ThermalRig(core: 20, tank: 14)
    rig.run(.cool, target: 16, minutes: 2)
    rig.distort = { environment, _ in environment.arterial.value = .celsius(14.5) }
    rig.run(.cool, target: 16, minutes: 0.3)
    #expect(rig.controller.findings.coldBlood)
    #expect(!rig.lastCommand.chiller)
  }

  @Test("Cold water is found", .verifies("AL-47"))
  func coldWater() {
    var rig = BathHoldTests.cardioplegia(chiller: 500)
    rig.plant.settle(core: 20, tank: 0.5)
    rig.run(.maintain, target: 4, minutes: 0.25)
    #expect(rig.controller.findings.bathLow)
    #expect(!rig.lastCommand.chiller)
  }

  @Test(
    "Whatever is read, heater and contactor obey their cut-outs and nothing traps",
    .verifies("HZ-22", "HZ-28"), arguments: 0..<20 as Range<UInt64>)
  func garbage(seed: UInt64) {
    var draw = SystemlessRandom(state: seed)
    var circuit = WaterCircuitConfiguration()
    circuit.isFitted = true
    var controller = WaterCircuitController(
      circuit: circuit, limits: BloodTemperatureLimits(), purpose: .blood,
      tick: .milliseconds(20))
    for count in 0..<6000 {
      var environment = ThermalEnvironment(tick: Tick(count: UInt64(count)))
      environment.arterial = draw.temperature()
      environment.arterialSecond = draw.temperature()
      environment.venous = draw.temperature()
      environment.bath = draw.temperature()
      environment.bathSecond = draw.temperature()
      environment.waterFlow = Reading(.litersPerMinute(draw.number()), takenAt: .start)
      environment.bloodFlow = Reading(.litersPerMinute(draw.number()), takenAt: .start)
      environment.isTankFilled = Reading(draw.next() % 8 != 0, takenAt: .start)
      environment.isCutOutTripped = Reading(draw.next() % 8 == 0, takenAt: .start)
      let modes: [ThermalMode] = [.standby, .cool, .maintain, .rewarm]
      let intent = ThermalIntent(
        mode: modes[count / 500 % 4], target: .celsius(count % 700 == 0 ? .nan : 30))
      let command = controller.update(intent: intent, environment: environment)
      if environment.isCutOutTripped.value { #expect(!command.heater && !command.heaterContactor) }
      if !environment.isTankFilled.value { #expect(!command.heater) }
      if let bath = environment.bath.usable, bath.degreesCelsius >= 42 { #expect(!command.heater) }
      #expect(!(command.heater && command.chiller))
    }
  }
}

/// A small generator for garbage.
struct SystemlessRandom {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
  mutating func number() -> Double {
    let odd: [Double] = [.nan, .infinity, -.infinity, 0, -1e300, 1e300, 4.5, 12, 0.1]
    return odd[Int(next() % UInt64(odd.count))]
  }
  mutating func temperature() -> Reading<Temperature> {
    let value = next() % 3 == 0 ? number() : Double(next() % 50)
    return Reading(.celsius(value), takenAt: .start, quality: next() % 5 == 0 ? .faulted : .valid)
  }
}
