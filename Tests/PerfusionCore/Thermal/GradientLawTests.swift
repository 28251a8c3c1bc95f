import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Gradient law")
struct GradientLawTests {
  let limits = BloodTemperatureLimits()

  @Test(
    "For any mode, target and venous temperature the set-point keeps the law",
    .verifies("HZ-24", "AL-44"), arguments: [ThermalMode.cool, .maintain, .rewarm])
  func setpointIsLawful(mode: ThermalMode) {
    let law = GradientLaw(limits)
    for target in stride(from: 4.0, through: 45, by: 0.5) {
      for venous in stride(from: 12.0, through: 38, by: 0.1) {
        let blood = Temperature.celsius(venous)
        let setpoint = law.setpoint(
          ThermalIntent(mode: mode, target: .celsius(target)), venous: blood)
        let gradient = (setpoint - blood).kelvins
        #expect(setpoint.degreesCelsius <= 36.5)
        #expect(gradient >= -10 || setpoint == limits.softCeiling)
        #expect(gradient <= 10)
        if setpoint.degreesCelsius >= 30 { #expect(gradient <= 4) }
      }
    }
  }

  @Test("Cooling drives the outlet to the floor and comes back to the target with the patient")
  func coolingPursues() {
    let law = GradientLaw(limits)
    let intent = ThermalIntent(mode: .cool, target: .celsius(28))
    #expect(abs(law.setpoint(intent, venous: .celsius(36)).degreesCelsius - 26.4) < 0.01)
    #expect(law.setpoint(intent, venous: .celsius(30)).degreesCelsius == 22)
    #expect(law.setpoint(intent, venous: .celsius(28)).degreesCelsius == 28)
    #expect(law.setpoint(intent, venous: .celsius(27)).degreesCelsius == 28)
  }

  @Test("A target that is no number is never taken as heat")
  func notANumber() {
    let law = GradientLaw(limits)
    let intent = ThermalIntent(mode: .rewarm, target: .celsius(.nan))
    #expect(law.setpoint(intent, venous: .celsius(30)) <= .celsius(30))
  }
}
