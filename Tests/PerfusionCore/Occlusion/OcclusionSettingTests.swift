import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Setting the occlusion")
struct OcclusionSettingTests {
  /// Runs a setting with an actuator that needs 2 s for its whole way.
  private func run(
    _ line: inout ClampedLine, target: OcclusionTarget = .decay(.mmHgPerSecond(1.3)),
    start: Fraction = .of(0.5), isJammed: Bool = false
  ) -> OcclusionSetting {
    let tick = Seconds.milliseconds(5)
    var setting = OcclusionSetting(
      stroke: .millilitersPerRevolution(line.stroke), target: target, tick: tick)
    var actuator = OcclusionActuator(gap: start)
    line.gap = start.value
    #expect(setting.start(line.inputs(), pumpSpeed: line.measuredSpeed, gap: start) == nil)
    var asked = start
    for _ in 0..<600_000 where setting.isRunning {
      let conditions = OcclusionActuator.Conditions(
        phase: .setup, speed: line.measuredSpeed, isClampClosed: true)
      if setting.gap != asked, actuator.request(setting.gap, conditions) == nil {
        asked = setting.gap
      }
      let command = actuator.update(
        measured: valid(.of(line.gap)), conditions, step: tick)
      if !isJammed {
        line.gap += min(max(command.value - line.gap, -0.0025), 0.0025)
      }
      line.step(command: setting.speed, seconds: 0.005)
      setting.update(
        line.inputs(), pumpSpeed: line.measuredSpeed,
        isInPosition: actuator.isInPosition && setting.gap == asked)
    }
    return setting
  }

  @Test(
    "The search ends on the wanted decay from any starting gap",
    arguments: [0.02, 0.3, 0.6, 0.98], [0.3, 0.5, 0.9])
  func findsDecay(start: Double, compliance: Double) throws {
    var line = ClampedLine()
    line.compliance = compliance
    (line.leakFirst, line.leakSecond) = (0.01, 0.01)
    let setting = run(&line, start: .of(start))
    #expect(setting.outcome == .set)
    #expect(setting.tries <= OcclusionSetting.mostTries)
    let decay = line.leak * 300 / 60 / compliance
    #expect(abs(decay - 1.3) < 0.35)
  }

  @Test("The search can aim at a dynamic pressure instead")
  func findsDynamicPressure() throws {
    var line = ClampedLine()
    line.compliance = 0.3
    (line.leakFirst, line.leakSecond) = (0.01, 0.01)
    let setting = run(&line, target: .dynamicPressure(.mmHg(450)))
    #expect(setting.outcome == .set)
    #expect(abs(45 * 5 / line.leak - 450) < 110)
  }

  @Test("A roller that leaks too much at every gap ends as too loose")
  func tooLoose() {
    var line = ClampedLine()
    (line.leakFirst, line.leakSecond) = (2, 2)
    #expect(run(&line).outcome == .tooLoose)
  }

  @Test("An actuator that does not move ends the setting")
  func jammed() {
    var line = ClampedLine()
    #expect(run(&line, isJammed: true).outcome == .actuatorFailed)
  }
}

@Suite("Occlusion actuator")
struct OcclusionActuatorTests {
  private func conditions(
    _ phase: Phase = .setup, rpm: Double = 0, clamped: Bool = false
  ) -> OcclusionActuator.Conditions {
    OcclusionActuator.Conditions(
      phase: phase, speed: valid(.rpm(rpm)), isClampClosed: clamped)
  }

  @Test(
    "The gap never moves while anybody depends on the pump",
    arguments: [Phase.partialBypass, .onBypass, .circulatoryArrest, .wean, .ecmo, .exVivo])
  func neverOnBypass(phase: Phase) {
    var actuator = OcclusionActuator(gap: .of(0.4))
    #expect(actuator.request(.of(0.6), conditions(phase)) == .wrongPhase)
    let command = actuator.update(
      measured: valid(.of(0.4)), conditions(phase), step: .milliseconds(5))
    #expect(command == .of(0.4))
  }

  @Test("It moves with the pump standing, or slow with the line clamped, and not otherwise")
  func speeds() {
    var actuator = OcclusionActuator()
    #expect(actuator.request(.of(0.2), conditions(rpm: 0)) == nil)
    #expect(actuator.request(.of(0.3), conditions(rpm: 4, clamped: true)) == nil)
    #expect(actuator.request(.of(0.4), conditions(rpm: 4)) == .pumpRunning)
    #expect(actuator.request(.of(0.4), conditions(rpm: -60, clamped: true)) == .pumpRunning)
    #expect(actuator.request(.of(1.5), conditions()) == .outOfRange)
    #expect(actuator.request(.of(.nan), conditions()) == .outOfRange)
    #expect(actuator.command == .of(0.3))
  }

  @Test("A pump that starts during a move freezes the gap where it is")
  func freezes() {
    var actuator = OcclusionActuator(gap: .zero)
    #expect(actuator.request(.of(0.8), conditions()) == nil)
    _ = actuator.update(measured: valid(.of(0.1)), conditions(), step: .milliseconds(5))
    let frozen = actuator.update(
      measured: valid(.of(0.2)), conditions(rpm: 50), step: .milliseconds(5))
    #expect(frozen == .of(0.2))
  }

  @Test("A position that stays away from the command is found after 3 s")
  func deviation() {
    var actuator = OcclusionActuator(gap: .of(0.5))
    for count in 1...700 {
      _ = actuator.update(measured: valid(.of(0.4)), conditions(), step: .milliseconds(5))
      #expect(actuator.isDeviating == (count >= 600))
    }
    #expect(!actuator.isInPosition)
  }
}
