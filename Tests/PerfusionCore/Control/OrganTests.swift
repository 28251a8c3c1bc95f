import TestSupport
import Testing

@testable import PerfusionCore

@Suite("A machine for organs is not one for patients")
struct OrganTests {
  private func liver() -> Controller {
    var machine = MachineConfiguration()
    machine.kind = .organ
    for role in [PumpRole.organArtery, .portalVein] {
      var pump = PumpConfiguration.centrifugal()
      pump.role = role
      machine.pumps.append(pump)
    }
    return Controller(configuration: machine)
  }

  @Test("No floor of an assumed patient drives its pumps", .verifies("C13"), arguments: [0, 1])
  func floor(pump: Int) {
    var controller = liver()
    controller.phase = .exVivo
    let sensors = SensorSnapshot()
    let seen = controller.environment(pump, sensors.pumps[pump], sensors, sensors.pressures)
    #expect(!seen.floorApplies)
  }

  @Test("The floor of a patient stands in ECMO", .verifies("HZ-06"))
  func patientFloor() {
    var machine = MachineConfiguration()
    machine.kind = .ecmo
    machine.pumps.append(.centrifugal())
    var controller = Controller(configuration: machine)
    controller.phase = .ecmo
    let sensors = SensorSnapshot()
    let seen = controller.environment(0, sensors.pumps[0], sensors, sensors.pressures)
    #expect(seen.floorApplies)
  }

  @Test("Its heat exchanger is reckoned with the flow of all its pumps", .verifies("C13"))
  func exchangedFlow() {
    var controller = liver()
    controller.status.pumps[0].flow = Reading(.litersPerMinute(0.4), takenAt: .start)
    controller.status.pumps[1].flow = Reading(.litersPerMinute(1), takenAt: .start)
    #expect(abs((controller.exchangedFlow().usable?.litersPerMinute ?? 0) - 1.4) < 1e-9)
    controller.status.pumps[1].flow.quality = .faulted
    #expect(controller.exchangedFlow().usable == nil)
  }
}
