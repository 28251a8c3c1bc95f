import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Bath in Maintain")
struct BathHoldTests {
  @Test(
    "Priming at 36 degC the bath is there within 15 minutes and then holds 0.5 K",
    .verifies("C1"), arguments: [4.0, 8, 12])
  func prime(tank: Double) {
    var plant = ThermalPlant()
    plant.primeLiters = 1.5
    plant.bloodLiters = 4
    plant.tankLiters = tank
    var rig = ThermalRig(plant: plant, core: 20, tank: 20)
    rig.isPatientConnected = false
    rig.run(.maintain, target: 36, minutes: 15)
    #expect(rig.farthest(.maintain, target: 36, minutes: 30) { _ in 36 } <= 0.5)
    #expect(rig.findingsSeen.isQuiet)
  }

  @Test(
    "With a patient the bath holds 0.5 K around its set-point",
    arguments: [(36.0, 1.5), (36.0, 4.56), (32.0, 4.56), (34.0, 6.0)])
  func patient(target: Double, flow: Double) {
    var plant = ThermalPlant()
    plant.bloodLiters = flow
    var rig = ThermalRig(plant: plant, core: target - 0.5, tank: target)
    rig.run(.maintain, target: target, minutes: 15)
    let farthest = rig.farthest(.maintain, target: target, minutes: 30) {
      $0.controller.status.waterSetpoint.degreesCelsius
    }
    #expect(farthest <= 0.5)
  }

  @Test("Before blood flows, Maintain brings the water to the target, at most to 37.5 degC")
  func withoutFlow() {
    var plant = ThermalPlant()
    plant.bloodLiters = 0
    var rig = ThermalRig(plant: plant, core: 22, tank: 22)
    rig.run(.maintain, target: 40, minutes: 25)
    #expect(abs(rig.plant.tank - 37.5) <= 0.5)
    #expect(rig.controller.status.hold == .none)
  }

  @Test(
    "The cardioplegia bath holds 4 degC within 0.5 K when a shortest run cools it by 1 K at most")
  func cardioplegia() {
    var rig = Self.cardioplegia(chiller: 500)
    rig.run(.maintain, target: 4, minutes: 60)
    #expect(rig.farthest(.maintain, target: 4, minutes: 60) { _ in 4 } <= 0.5)
    #expect(rig.foughtTicks == 0)
    #expect(rig.shortestChiller >= 59.9)
  }

  @Test("A strong chiller swings the bath by one shortest run and no more, and never freezes it")
  func strongChiller() {
    var rig = Self.cardioplegia(chiller: 1200)
    rig.run(.maintain, target: 4, minutes: 60)
    var (low, high) = (100.0, -100.0)
    for _ in 0..<900 {
      rig.run(.maintain, target: 4, minutes: 0.1)
      low = min(low, rig.plant.tank)
      high = max(high, rig.plant.tank)
    }
    let shortestRun: Double = 1200.0 * 60 / (8 * 4186)
    #expect(high - low <= shortestRun + 0.4)
    #expect(low > 1)
    #expect(rig.foughtTicks == 0)
  }

  static func cardioplegia(chiller: Double) -> ThermalRig {
    var plant = ThermalPlant()
    plant.bloodLiters = 0
    plant.chillerWatts = chiller
    return ThermalRig(plant: plant, core: 20, tank: 15, purpose: .water)
  }
}
