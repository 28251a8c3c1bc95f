import PerfusionCore
import Scenarios
import TestSupport
import Testing

@testable import LiveView

@Suite("The live view fits every terminal")
struct ScreenTests {
  /// An adult machine on bypass with everything fitted and two alarms.
  static var view: MachineView {
    var machine = MachineConfiguration()
    for role in [PumpRole.arterial, .cardioplegia, .crystalloid, .vent, .sucker] {
      var pump = PumpConfiguration()
      pump.role = role
      pump.hasPressureLimit = role == .arterial
      machine.pumps.append(pump)
    }
    machine.reservoir.isFitted = true
    machine.arterialClamp.isFitted = true
    machine.venousOccluder.isFitted = true
    machine.patientCircuit.isFitted = true
    var status = MachineStatus()
    status.phase = .onBypass
    status.pumps[0].isStarted = true
    status.pumps[0].mode = .flow
    status.pumps[0].setFlow = .litersPerMinute(4.56)
    status.pumps[0].commandedSpeed = .rpm(97.2)
    status.pumps[0].measuredSpeed = Reading(.rpm(97.1), takenAt: .start)
    status.pumps[0].flow = Reading(.litersPerMinute(4.37), takenAt: .start)
    status.pumps[0].reason = .pressureServo
    status.pumps[1].needsResume = true
    status.tick = Tick(count: 1084)
    status.show(10, .high, since: 1000)
    status.show(5, .medium, since: 900)
    status.patientWater.mode = .rewarm
    status.patientWater.hold = .bloodTooWarm
    status.timers[0] = .seconds(754)
    status.timeToEmpty = .seconds(9)
    var sensors = SensorSnapshot()
    sensors.pressures[.arterialLinePressure] = Reading(.mmHg(312), takenAt: .start)
    sensors.pressures[.preOxygenatorPressure] = Reading(
      .mmHg(0), takenAt: .start, quality: .faulted)
    sensors.flows[.arterialFlow] = Reading(.litersPerMinute(4.36), takenAt: .start)
    sensors.temperatures[.arterialBloodTemperature] = Reading(.celsius(36.4), takenAt: .start)
    sensors.reservoirVolume = Reading(.milliliters(480), takenAt: .start)
    sensors.switches[.arterialClampIsOpen] = Reading(true, takenAt: .start)
    sensors.switches[.mainsGood] = Reading(false, takenAt: .start)
    var view = MachineView(
      board: "adult-bypass-cm4", machine: machine, status: status, sensors: sensors,
      actuators: ActuatorCommands(), log: EventLog(), seconds: 754.25, speed: 1)
    view.hint = "q quit  h help"
    return view
  }

  @Test(
    "Values older than 500 ms are grey, and the screen says so on top and how old they are",
    .verifies("HZ-14"), arguments: [(0.0, false), (0.5, false), (0.6, true), (75, true)])
  func old(age: Double, isOld: Bool) {
    var view = Self.view
    view.age = age
    let lines = MachineScreen.lines(view, width: 120, height: 40)
    #expect(lines.count == 40 && lines.allSatisfy { $0.width == 120 })
    #expect(lines[0].plainText.contains("WHAT IS SHOWN IS OLD") == isOld)
    #expect(lines[0].plainText.contains("NO DATA FOR \(age < 10 ? "0.6" : "75") s") == isOld)
    let inside = lines[1..<39].flatMap(\.spans)
    #expect(inside.allSatisfy { $0.style == .quiet } == isOld)
    // Nothing is hidden: an alarm that stood is still to be read.
    let shown = lines.map(\.plainText).joined(separator: "\n")
    #expect(shown.contains("312"))
  }

  @Test(
    "No line is wider or narrower than the terminal, and no more lines than rows",
    arguments: [
      (80, 24), (120, 40), (104, 30), (103, 50), (200, 60), (40, 12), (20, 5), (1, 1), (5, 2),
    ])
  func size(_ width: Int, _ height: Int) {
    let lines = MachineScreen.lines(Self.view, width: width, height: height)
    #expect(lines.count == height)
    for line in lines {
      #expect(line.width == width)
      #expect(line.plainText.count == width)
      #expect(!line.plainText.contains("\u{1b}"))
    }
  }

  @Test("A wide screen shows every part of the machine")
  func parts() {
    let text = MachineScreen.lines(Self.view, width: 140, height: 44).map(\.plainText)
      .joined(separator: "\n")
    for part in [
      "ON BYPASS", "12:34.3", "adult-bypass-cm4", "4.56 L/min", "97.1",
      "pressure servo",
      "STOPPED, resume needed", "312", "faulted", "480 ml", "9 s", "36.4", "rewarm",
      "held: blood too warm", "BATTERY", "open against its command", "q quit",
      "AL-10 PRESSURE LIMIT - pump slowed", "Next: LOOK FOR A CLAMP", "bypass",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test("The most urgent alarm stands first")
  func urgency() {
    let lines = MachineScreen.lines(Self.view, width: 120, height: 40).map(\.plainText)
    #expect(lines[1].hasPrefix(" HIGH  AL-10"))
    #expect(lines[2].hasPrefix(" MED   AL-05"))
  }

  @Test("More alarms than fit are counted, not lost")
  func manyAlarms() {
    var view = Self.view
    for number in 11...50 as ClosedRange<UInt8> { view.status.show(number, .medium, since: 1) }
    let lines = MachineScreen.lines(view, width: 100, height: 24).map(\.plainText)
    #expect(lines[4].contains("and 39 more alarms"))
  }

  @Test("Help takes the place of the panels")
  func help() {
    var view = Self.view
    view.help = ["q  quit", "1  clamp"]
    let text = MachineScreen.lines(view, width: 90, height: 24).map(\.plainText).joined()
    #expect(text.contains("HELP") && text.contains("1  clamp") && !text.contains("PUMPS"))
  }

  @Test("A bar turns to its warning colours at the limits")
  func bar() {
    let bar = LimitBar(low: 0, high: 400, warning: 300, bad: 350)
    #expect(bar.style(299) == .good)
    #expect(bar.style(300) == .warning)
    #expect(bar.style(350) == .bad)
    for value in [-10.0, 0, 200, 399, 1000, .nan] {
      #expect(bar.line(value, width: 20).plainText.count == 20)
    }
    let suction = LimitBar(low: -250, high: 50, warning: -80, bad: -150, isLowBad: true)
    #expect(suction.style(-81) == .warning)
    #expect(suction.style(-150) == .bad)
  }

  @Test("Only changed lines are sent again, as one synchronized update")
  func update() {
    let first = ["a", "b"]
    #expect(Terminal.update(from: first, to: first) == "")
    let sent = Terminal.update(from: first, to: ["a", "c"])
    #expect(sent == "\u{1b}[?2026h\u{1b}[2;1Hc\u{1b}[?2026l")
    #expect(Terminal.update(from: [], to: first).contains("\u{1b}[2J"))
  }

  @Test("Keys and arrows are told apart from other sequences")
  func keys() {
    #expect(Terminal.keys([0x71]) == ["q"])
    #expect(Terminal.keys([0x1b, 0x5b, 0x41, 0x20]) == ["↑", " "])
    #expect(Terminal.keys([0x1b, 0x5b, 0x43]) == [])
    #expect(Terminal.keys([0x1b]) == [])
  }

  @Test("The plain status line names phase, pump, pressure, reservoir and alarms")
  func statusLine() {
    let text = StatusLine.text(Self.view)
    #expect(
      text
        == "12:34  ON BYPASS  arterial 97.1 rpm 4.37 L/min (pressureServo)  "
        + "arterial line pressure 312 mmHg  reservoir 480 ml  blood 36.4 degC  alarms AL-10 AL-05")
  }
}

extension MachineStatus {
  /// Puts an alarm on the status as the controller does, most urgent first.
  mutating func show(_ number: UInt8, _ priority: AlarmPriority, since: UInt64) {
    alarms.set(AlarmID(number), true)
    alarmList.append(
      StandingAlarm(id: AlarmID(number), priority: priority, since: Tick(count: since)))
  }
}

@Suite("The alarm panel tells priority, state, time and what keeps signals back")
struct AlarmPanelTests {
  private func lines(_ change: (inout MachineStatus) -> Void, width: Int = 140) -> [String] {
    var view = ScreenTests.view
    view.status.alarms = AlarmSet()
    view.status.alarmList = AlarmList()
    change(&view.status)
    return MachineScreen.lines(view, width: width, height: 44).map(\.plainText)
  }

  @Test("Air and lost flow show for how long the flow has stopped", .verifies("AL-01", "AL-21"))
  func elapsed() {
    let lines = lines {
      $0.show(1, .high, since: 1000)
      $0.show(20, .high, since: 1000)
    }
    #expect(lines[1].hasPrefix(" HIGH  AL-01 AIR IN THE ARTERIAL LINE for 0:00.4"))
    #expect(!lines[2].contains("for 0:00.4"))
  }

  @Test("What to do next is whole at 140 columns, whatever the alarm")
  func nextActions() {
    for number in AlarmCatalogue.numbers {
      let text = AlarmCatalogue.entry(AlarmID(number)).text
      let lines = lines { $0.show(number, .high, since: 1) }
      let isTimed = number == 1 || number == 21
      #expect(
        isTimed || lines[1].contains("Next: \(text.action)"), "AL-\(number): \(lines[1])")
    }
  }

  @Test(
    "Each cause of high priority has its line, with its own words and its pumps",
    .verifies("AL-26", "AL-34", "HZ-05"))
  func causes() {
    let lines = lines {
      $0.show(34, .high, since: 1)
      $0.alarmList[0].cause = AlarmCause(.clampNotClosed)
      $0.show(30, .high, since: 1)
      $0.alarmList[1].cause = AlarmCause(.emergencyStop)
      $0.show(30, .high, since: 1)
      $0.alarmList[2].cause = AlarmCause(.driveFault, pumps: 0b11)
    }
    #expect(lines[1].hasPrefix(" HIGH  AL-34 CLAMP DOES NOT CLOSE - CLAMP BY HAND"))
    #expect(lines[1].contains("Next: CLAMP THE ARTERIAL LINE BY HAND"))
    #expect(lines[2].hasPrefix(" HIGH  AL-30 EMERGENCY STOP PRESSED"))
    #expect(
      lines[3].hasPrefix(" HIGH  AL-30 DRIVE FAULT - pump may stand (arterial, cardioplegia)"))
  }

  @Test("Acknowledged and latched alarms are marked")
  func states() {
    let lines = lines {
      $0.show(12, .high, since: 1)
      $0.alarmList[0].state = .latched
      $0.alarmList[0].acknowledgement = Acknowledgement(source: .panel, tick: Tick(count: 9))
      $0.show(9, .medium, since: 1)
    }
    #expect(lines[1].hasPrefix(" HIGH \u{2713}AL-12"))
    #expect(lines[1].contains("[cause gone]"))
    #expect(lines[2].hasPrefix(" MED   AL-09") && !lines[2].contains("[cause gone]"))
  }

  @Test("A pause shows its icon and the time that is left, AUDIO OFF a solid one")
  func pause() {
    let paused = lines {
      $0.audio.inactivation = .audioPaused
      $0.audio.left = .seconds(83.2)
    }
    #expect(paused[1].hasPrefix(" -X-  AUDIO PAUSED  1:24 left"))
    let off = lines { $0.audio.inactivation = .audioOff }
    #expect(off[1].hasPrefix("  X   AUDIO OFF   e ends it"))
  }

  @Test("A narrow screen shows the short title")
  func narrow() {
    let lines = lines({ $0.show(34, .high, since: 1) }, width: 60)
    #expect(lines[1].hasPrefix(" HIGH  AL-34 CLAMP NOT AT COMMAND Next: LOOK AT THE CLAMP"))
  }
}

@Suite("At night the screen is dim and a high alarm is not", .verifies("C6"))
struct PaletteTests {
  /// One style with what turns it on by day and at night.
  struct Row: Sendable, CustomTestStringConvertible {
    var style: Style
    var day: String
    var night: String
    var testDescription: String { "\(style)" }
  }

  @Test(
    "Each style has its escape sequence in both palettes",
    arguments: [
      Row(style: .plain, day: "", night: "\u{1b}[38;5;244m"),
      Row(style: .quiet, day: "\u{1b}[90m", night: "\u{1b}[38;5;239m"),
      Row(style: .heading, day: "\u{1b}[1;36m", night: "\u{1b}[38;5;66m"),
      Row(style: .strong, day: "\u{1b}[1m", night: "\u{1b}[38;5;248m"),
      Row(style: .good, day: "\u{1b}[32m", night: "\u{1b}[38;5;65m"),
      Row(style: .warning, day: "\u{1b}[33m", night: "\u{1b}[38;5;136m"),
      Row(style: .bad, day: "\u{1b}[1;31m", night: "\u{1b}[38;5;167m"),
      Row(style: .bar, day: "\u{1b}[7m", night: "\u{1b}[38;5;246;48;5;235m"),
      Row(style: .highAlarm, day: "\u{1b}[1;97;41m", night: "\u{1b}[1;97;41m"),
      Row(style: .mediumAlarm, day: "\u{1b}[30;43m", night: "\u{1b}[30;48;5;136m"),
      Row(style: .lowAlarm, day: "\u{1b}[30;46m", night: "\u{1b}[30;48;5;66m"),
    ])
  func escapes(row: Row) {
    #expect(Palette.day.escape(row.style) == row.day)
    #expect(Palette.night.escape(row.style) == row.night)
    let written = Line("x", row.style).styledText(in: .night)
    #expect(written == row.night + "x\u{1b}[0m")
  }

  @Test(
    "A high alarm is the same text by day and at night, badge, state and what to do; others are dim",
    arguments: [
      (AlarmPriority.high, "\u{1b}[1;97;41m HIGH \u{1b}[0m"),
      (.medium, "\u{1b}[30;48;5;136m MED  \u{1b}[0m"),
      (.low, "\u{1b}[30;48;5;66m LOW  \u{1b}[0m"),
    ])
  func alarms(priority: AlarmPriority, badge: String) {
    var view = ScreenTests.view
    view.status.alarms = AlarmSet()
    view.status.alarmList = AlarmList()
    view.status.show(1, priority, since: 1)
    let lines = MachineScreen.lines(view, width: 140, height: 44)
    let (day, night) = (lines[1].styledText(in: .day), lines[1].styledText(in: .night))
    #expect(night.hasPrefix(badge))
    #expect((night == day) == (priority == .high))
    #expect(night.contains("\u{1b}[1mAIR IN") == (priority == .high))
    // All around it is dim: nothing bold, nothing reversed, nothing in the terminal's own colour.
    for line in lines.dropFirst(2) {
      let text = line.styledText(in: .night)
      #expect(text.hasPrefix("\u{1b}[38;5;"))
      #expect(!text.contains("\u{1b}[1m") && !text.contains("\u{1b}[1;"))
      #expect(!text.contains("\u{1b}[7m"))
    }
  }

  @Test("Turning the palette draws the whole screen again but for what looks the same")
  func redraw() {
    let lines = MachineScreen.lines(ScreenTests.view, width: 120, height: 40)
    let drawn = lines.map { $0.styledText(in: .day) }
    let sent = Terminal.update(from: drawn, to: lines.map { $0.styledText(in: .night) })
    #expect(!sent.contains("\u{1b}[2;1H"), "the high alarm on the second row stands")
    for row in [1, 3, 20, 40] { #expect(sent.contains("\u{1b}[\(row);1H")) }
  }
}
