import PerfusionCore
import TestSupport
import Testing

@Suite("Retrograde cardioplegia")
struct RetrogradeTests {
  /// On bypass with a pressure in the coronary sinus, mmHg; nothing leaves it unmeasured.
  static func machine(sinus: Double?) -> PaperMachine {
    var configuration = PaperMachine.adult()
    configuration.pumps[1].outletPressure = .cardioplegiaLinePressure
    var machine = PaperMachine(configuration)
    if let sinus {
      machine.sensors.pressures[.cardioplegiaRootPressure] = Reading(.mmHg(sinus), takenAt: .start)
    }
    machine.goOnBypass(flow: 4.5)
    return machine
  }

  static func dose(_ route: CardioplegiaRoute) -> OperatorAction {
    .startDose(.millilitersPerMinute(200), .volume(.milliliters(500)), route)
  }

  @Test(
    "The sinus limit stops cardioplegia alone, within 150 ms, and only while it goes retrograde",
    .verifies("HZ-34", "AL-37", "C4"), arguments: [39.0, 41, 60],
    [CardioplegiaRoute.antegrade, .retrograde])
  func limit(sinus: Double, route: CardioplegiaRoute) {
    var machine = Self.machine(sinus: 20)
    guard case .accepted? = machine.answer(Self.dose(route)) else {
      Issue.record("no dose")
      return
    }
    machine.run(seconds: 5)
    #expect(machine.controller.status.pumps[1].commandedSpeed > .rpm(1))
    machine.sensors.pressures[.cardioplegiaRootPressure].value = .mmHg(sinus)
    machine.run(ticks: 30)
    let isStopped = machine.controller.status.pumps[1].grade >= .zeroFlow
    #expect(isStopped == (route == .retrograde && sinus > 40))
    #expect(machine.controller.status.alarms.contains(AlarmID(37)) == isStopped)
    #expect(machine.controller.status.pumps[0].grade < .zeroFlow)
    machine.run(seconds: 3)
    #expect((machine.actuators.drives[1].speed == .zero) == isStopped)
  }

  @Test("Without a usable sinus pressure it does not begin", .verifies("HZ-34"))
  func blind() {
    var machine = Self.machine(sinus: nil)
    let answer = machine.answer(Self.dose(.retrograde))
    #expect(machine.isRefused(answer, .readingUnusable))
    guard case .accepted? = machine.answer(Self.dose(.antegrade)) else {
      Issue.record("antegrade needs no sinus pressure")
      return
    }
  }
}
