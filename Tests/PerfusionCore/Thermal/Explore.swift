import Testing
@testable import PerfusionCore
@Test func explore() {
  do {
    var rig = ThermalRig(core: 36, tank: 36)
    let t = rig.run(.cool, target: 28, minutes: 40) { $0.plant.core <= 28 }
    print(
      "cool", t, rig.widestCooling, rig.coldestOutlet, rig.peakHeat, rig.fastestCoreCooling,
      rig.plant.tank, rig.foughtTicks, rig.shortestChiller)
    for _ in 0..<10 {
      rig.run(.maintain, target: 28, minutes: 2);
      print(
        " ", rig.plant.tank, rig.controller.status.waterSetpoint.base, rig.plant.arterial,
        rig.venous, rig.controller.status.hold, rig.lastCommand.chiller)
    }
  }
  for soft in [36.5, 36.8] {
    var l = BloodTemperatureLimits(); l.softCeiling = .celsius(soft)
    var rig = ThermalRig(core: 28, tank: 27, limits: l)
    var t = 0.0
    for i in 0..<12 {
      t += rig.run(.rewarm, target: 37, minutes: i < 6 ? 0.5 : 4) { $0.plant.core >= 36.5 }
      print(
        " rewarm", soft, t, rig.plant.core, rig.venous, rig.plant.arterial, rig.plant.tank,
        rig.controller.status.waterSetpoint.base, rig.controller.status.bloodSetpoint.base,
        rig.controller.status.heaterDuty.value, rig.controller.status.hold, rig.widestWarming,
        rig.widestWarmingBelow, rig.hottestOutlet, rig.hottestBath, rig.fastestRewarm)
    }
  }
}
