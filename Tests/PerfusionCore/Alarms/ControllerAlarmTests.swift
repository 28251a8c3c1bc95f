import TestSupport
import Testing

@testable import PerfusionCore

@Suite("The controller tells, notes, pauses and records its alarms")
struct ControllerAlarmTests {
  private func onBypass() -> PaperMachine {
    var machine = PaperMachine.onBypass(seconds: 0)
    machine.seen.removeAll()
    return machine
  }

  private func entries(
    _ machine: inout PaperMachine, ticks: Int, _ kind: AlarmLogKind
  ) -> [AlarmLogEntry] {
    var found: [AlarmLogEntry] = []
    for _ in 0..<ticks {
      machine.run(ticks: 1)
      for index in 0..<machine.controller.alarmEntryCount {
        if let entry = machine.controller.alarmEntry(index), entry.kind == kind {
          found.append(entry)
        }
      }
    }
    return found
  }

  @Test(
    "A low level is listed, recorded with limit and value, and noted by who says so",
    .verifies("AL-05"))
  func level() throws {
    var machine = onBypass()
    // A level that falls by half a litre from one tick to the next would not be believed.
    while machine.reservoir > 505 {
      machine.reservoir -= 0.2
      machine.run(ticks: 1)
    }
    machine.run(seconds: 3)
    machine.reservoir = 450
    let raised = entries(&machine, ticks: 80, .raised)
    let entry = try #require(raised.first { $0.alarm == AlarmID(5) })
    #expect(entry.limit == 500 && entry.value == 450 && entry.phase == .onBypass)
    let list = machine.controller.status.alarmList
    #expect(list.element(at: 0)?.id == AlarmID(5))
    #expect(list.element(at: 0)?.acknowledgement == nil)
    machine.ask(.acknowledge(AlarmID(5)))
    let noted = entries(&machine, ticks: 1, .acknowledged)
    #expect(noted.map(\.alarm) == [AlarmID(5)])
    #expect(noted.first?.source == .scenario)
    #expect(machine.controller.status.alarmList[0].acknowledgement?.source == .scenario)
    let answer = machine.answer(.acknowledge(AlarmID(5)))
    #expect(machine.isRefused(answer, .nothingToDo))
  }

  @Test(
    "An override is told as AL-62, reminded of every 30 s, and ends after 180 s",
    .verifies("AL-62", "HZ-45"))
  func override() {
    var machine = onBypass()
    machine.ask(.override(0, .arterialAir))
    machine.run(ticks: 2)
    #expect(machine.controller.status.alarms.contains(AlarmID(62)))
    machine.run(seconds: 170)
    let reminders = machine.seen.filter { if case .alarmReminder = $0 { true } else { false } }
    #expect(reminders.count == 5)
    #expect(machine.controller.status.alarms.contains(AlarmID(62)))
    machine.run(seconds: 12)
    #expect(!machine.controller.status.alarms.contains(AlarmID(62)))
  }

  @Test("On bypass no limit moves, nothing is switched off, and AUDIO OFF is refused")
  func onBypassRefused() {
    var machine = onBypass()
    for action in [
      OperatorAction.setAlarmLimit(AlarmID(9), .mmHg(200)), .switchAlarm(AlarmID(8), isOn: false),
      .switchAudioOff, .pauseAlarms,
    ] {
      let answer = machine.answer(action)
      #expect(machine.isRefused(answer, .wrongPhase))
    }
    let answer = machine.answer(.endPause)
    #expect(machine.isRefused(answer, .nothingToDo))
  }

  @Test(
    "Limits move within their range before bypass and are the board's again at a new set-up",
    .verifies("AL-09", "AL-13", "AL-16", "AL-17"),
    arguments: [
      (9, 150.0, 300.0, 250.0), (13, 250, 450, 350), (16, -150, -50, -80),
      (17, -300, -100, -150),
    ])
  func limits(_ alarm: Int, _ lowest: Double, _ highest: Double, _ preset: Double) throws {
    let id = AlarmID(UInt8(alarm))
    let limit = try #require(AlarmLimit(of: id))
    var machine = PaperMachine(PaperMachine.adult())
    machine.run(seconds: 12)
    machine.ask(.requestPhase(.setup))
    machine.run(ticks: 1)
    for value in [lowest, highest] {
      _ = machine.answer(.setAlarmLimit(id, .mmHg(value)))
      #expect(machine.controller.configuration.limits[limit] == .mmHg(value))
    }
    for value in [lowest - 1, highest + 1, .nan] {
      let answer = machine.answer(.setAlarmLimit(id, .mmHg(value)))
      #expect(machine.isRefused(answer, .outOfRange))
    }
    let other = machine.answer(.setAlarmLimit(AlarmID(11), .mmHg(300)))
    #expect(machine.isRefused(other, .overrideForbidden))
    machine.ask(.switchAlarm(AlarmID(8), isOn: false))
    machine.run(ticks: 1)
    #expect(machine.controller.status.alarmsSwitchedOff.contains(AlarmID(8)))
    machine.ask(.requestPhase(.standby))
    machine.run(ticks: 1)
    machine.ask(.requestPhase(.setup))
    machine.run(ticks: 2)
    #expect(machine.controller.configuration.limits[limit] == .mmHg(preset))
    #expect(machine.controller.status.alarmsSwitchedOff.isEmpty)
    #expect(machine.seen.contains { if case .alarmPresetsRestored = $0 { true } else { false } })
  }

  @Test("A pause is shown with the time that is left and broken by air", .verifies("AL-01"))
  func pause() {
    var machine = onBypass()
    machine.ask(.pauseAudio)
    machine.run(seconds: 10)
    #expect(machine.controller.status.audio.inactivation == .audioPaused)
    #expect(abs(machine.controller.status.audio.left.seconds - 110) < 0.1)
    machine.air = true
    machine.run(ticks: 4)
    #expect(machine.controller.status.audio == AudioStatus())
    #expect(machine.actuators.alarm.buzzer && machine.actuators.alarm.red)
    #expect(machine.controller.status.alarmList[0].id == AlarmID(1))
  }
}
