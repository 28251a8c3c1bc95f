import TestSupport
import Testing

@testable import PerfusionCore

@Suite("The controller carries a treatment")
struct ControllerTests {
  @Test("The self test turns nothing and ends in standby", .verifies("C1", "HZ-54"))
  func selfTest() {
    var machine = PaperMachine(PaperMachine.adult())
    for _ in 0..<2400 {
      machine.run(ticks: 1)
      for pump in 0..<4 { #expect(machine.actuators.drives[pump].speed == .zero) }
    }
    #expect(machine.controller.status.phase == .standby)
    #expect(machine.controller.status.checklist.contains(.selfTest))
  }

  @Test("A drive whose torque feedback is welded fails the self test", .verifies("AL-59"))
  func weldedTorque() {
    var configuration = PaperMachine.adult()
    configuration.pumps[1].role = .cardioplegia
    var machine = PaperMachine(configuration)
    for _ in 0..<2400 {
      machine.run(ticks: 1)
      machine.sensors.pumps[1].torqueIsOff = Reading(false, takenAt: .start)
    }
    // The paper machine senses at the start of a tick, so break the line at its source.
    var broken = Controller(configuration: configuration)
    var sensors = machine.sensors
    sensors.pumps[1].torqueIsOff = Reading(false, takenAt: .start)
    var actuators = ActuatorCommands()
    var events = EventList()
    for _ in 0..<3000 {
      broken.step(
        sensors: sensors, commands: CommandQueue(), actuators: &actuators, events: &events)
    }
    #expect(broken.status.phase == .standby)
    #expect(!broken.status.checklist.contains(.selfTest))
  }

  @Test("Pumps do not start before prime, nor with an unconfirmed tube", .verifies("HZ-17"))
  func refusesStart() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.run(seconds: 12)
    let answer1 = machine.answer(.startPump(0))
    let isRefused1 = machine.isRefused(answer1, .wrongPhase)
    #expect(isRefused1)
    machine.ask(.requestPhase(.setup))
    machine.ask(.requestPhase(.prime))
    machine.ask(.openArterialClamp)
    machine.run(seconds: 1)
    let answer2 = machine.answer(.startPump(0))
    let isRefused2 = machine.isRefused(answer2, .tubeNotConfirmed)
    #expect(isRefused2)
    machine.ask(.confirmTube(0))
    machine.run(ticks: 1)
    let started = machine.answer(.startPump(0))
    #expect(started.map { "\($0)" } == "accepted")
    let answer3 = machine.answer(.startPump(7))
    let isRefused3 = machine.isRefused(answer3, .noSuchPump)
    #expect(isRefused3)
  }

  @Test("A stroke volume of another tube is refused", .verifies("HZ-17", "C1"))
  func strokeGate() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.run(seconds: 12)
    let refused = machine.answer(.setTube(0, .half, .millilitersPerRevolution(27)))
    let isRefused = machine.isRefused(refused, .strokeVolumeImplausible)
    #expect(isRefused)
    let entered = machine.answer(.setTube(0, .threeEighths, .millilitersPerRevolution(27)))
    #expect(entered.map { "\($0)" } == "accepted")
  }

  @Test("Bypass is refused with the list of what is missing", .verifies("C1"))
  func checklist() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.run(seconds: 12)
    machine.ask(.requestPhase(.setup))
    machine.ask(.requestPhase(.prime))
    machine.run(ticks: 1)
    let answer4 = machine.answer(.requestPhase(.onBypass))
    let isRefused4 = machine.isRefused(answer4, .checklistIncomplete)
    #expect(isRefused4)
    let named = machine.seen.contains {
      if case .missing(let items) = $0 { return items.contains(.handCrank) }
      return false
    }
    #expect(named)
  }

  @Test("From power-on to bypass the flow comes to its set-point", .verifies("C2"))
  func toBypass() throws {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 4.5)
    let status = machine.controller.status
    #expect(status.phase == .onBypass)
    let flow = try #require(status.pumps[0].flow.usable)
    #expect((flow.litersPerMinute - 4.5).magnitude < 0.05)
    #expect(status.pumps[0].reason == .asSet)
    #expect(status.alarms.isEmpty)
  }

  @Test("Air stops the arterial pump within 250 ms and waits for the operator", .verifies("HZ-01"))
  func air() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 4.5)
    machine.air = true
    machine.run(ticks: 2)
    machine.air = false
    machine.run(ticks: 48)
    #expect(machine.actuators.drives[0].speed == .zero)
    let answer5 = machine.answer(.startPump(0))
    let isRefused5 = machine.isRefused(answer5, .stopped)
    #expect(isRefused5)
    machine.run(seconds: 2)
    #expect(machine.actuators.drives[0].speed == .zero)
    #expect(machine.controller.status.pumps[0].needsResume)
    machine.ask(.resume(0))
    machine.run(seconds: 3)
    #expect((machine.actuators.drives[0].speed - .rpm(100)).magnitude < .rpm(2))
  }

  @Test(
    "A low reservoir slows the pump and leaves the set-point alone", .verifies("HZ-02", "AL-05"))
  func level() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 4.5)
    // 20 ml/s: slow enough that the time to empty raises nothing before the level does.
    for _ in 0..<600 {
      machine.reservoir -= 1
      machine.run(ticks: 10)
    }
    machine.run(seconds: 3)
    let pump = machine.controller.status.pumps[0]
    #expect(pump.reason == .levelServo)
    #expect(pump.setFlow == .litersPerMinute(4.5))
    #expect((pump.commandedSpeed.base - 55).magnitude < 2)
    machine.reservoir = 1000
    machine.run(seconds: 5)
    #expect((machine.controller.status.pumps[0].commandedSpeed.base - 100).magnitude < 1)
  }

  @Test(
    "A flow that wanders about its limit raises its alarm once", .verifies("AL-20", "AL-21"),
    arguments: [(20, 3.38, 3.46), (21, 0.28, 0.32)])
  func wanderingFlow(alarm: UInt8, low: Double, high: Double) {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 4.5)
    machine.seen = []
    for _ in 0..<6 {
      machine.probe = low
      machine.run(seconds: 4)
      machine.probe = high
      machine.run(seconds: 4)
    }
    let raised = machine.seen.filter {
      if case .alarmRaised(let id, _) = $0 { id.number == alarm } else { false }
    }
    #expect(raised.count == 1)
    machine.probe = nil
    machine.run(seconds: 5)
    #expect(!machine.controller.status.alarms.contains(AlarmID(alarm)))
  }

  @Test("A lost sensor stops nothing on bypass", .verifies("HZ-48"))
  func lostSensors() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 4.5)
    var controller = machine.controller
    var actuators = machine.actuators
    var events = EventList()
    for _ in 0..<4000 {
      controller.step(
        sensors: SensorSnapshot(), commands: CommandQueue(), actuators: &actuators,
        events: &events)
    }
    #expect(actuators.drives[0].isEnabled && !actuators.drives[0].removeTorque)
    #expect((actuators.drives[0].speed.base - 100).magnitude < 20)
  }

  @Test("A restart on bypass adopts the speed it measures and commands no zero", .verifies("HZ-55"))
  func adoption() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 4.5)
    let record = machine.controller.retained
    machine.controller = Controller(
      configuration: machine.controller.configuration, restartingFrom: record,
      isDoubtful: false, now: .start)
    let before = machine.actuators
    var adopting = true
    for _ in 0..<1000 {
      let kept = machine.actuators
      machine.run(ticks: 1)
      adopting = machine.actuators.isAdopting
      if adopting { machine.actuators = kept }
      machine.actuators.isAdopting = false
      #expect(machine.actuators.drives[0].speed.base > before.drives[0].speed.base * 0.97)
      #expect(machine.actuators.openArterialClamp)
    }
    #expect(!adopting)
    #expect(machine.controller.status.phase == .onBypass)
    #expect((machine.actuators.drives[0].speed.base - 100).magnitude < 1)
  }

  @Test("The same inputs give the same outputs, bit for bit", arguments: UInt64(1)...5)
  func deterministic(seed: UInt64) {
    var runs: [[UInt64]] = []
    for _ in 0..<2 {
      var state = seed
      var machine = PaperMachine(PaperMachine.adult())
      machine.goOnBypass(flow: 4.5)
      var bits: [UInt64] = []
      for _ in 0..<400 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        machine.reservoir = Double(state >> 54)
        machine.run(ticks: 1)
        bits.append(machine.actuators.drives[0].speed.base.bitPattern)
      }
      runs.append(bits)
    }
    #expect(runs[0] == runs[1])
  }
}
