import PerfusionCore

/// What an operator can be told to do, in words (docs/scenarios.md lists them).
///
/// A trailing word `confirmed` confirms a large step.
struct ActionVerbs: Sendable {
  let table: PatternTable<[PlannedAction]>
  let pumps: PumpNames

  init(_ machine: MachineConfiguration) {
    pumps = PumpNames(machine)
    table = PatternTable(
      rows: Self.pumpRows + Self.setupRows + Self.circuitRows + Self.rampRows
        + Self.cardioplegiaRows(machine) + Self.panelRows,
      what: "action")
  }

  /// Reads one action.
  func read(_ phrase: Phrase) throws(PhraseMistake) -> [PlannedAction] {
    guard phrase.words.last?.text == "confirmed" else {
      return try table.read(phrase, pumps: pumps)
    }
    let shorter = phrase.dropLast()
    return try table.read(shorter, pumps: pumps).map {
      PlannedAction(after: $0.after, $0.action, isConfirmed: true)
    }
  }
}

extension Phrase {
  /// The phrase without its last word.
  func dropLast() -> Phrase {
    guard let last = words.last, let first = words.first else { return self }
    let keep = text.prefix(last.place.column - first.place.column)
    return Phrase(
      String(keep.reversed().drop { $0.isWhitespace || $0 == "," }.reversed()),
      at: first.place)
  }
}

extension ActionVerbs {
  typealias Row = PatternTable<[PlannedAction]>.Row

  /// A row that makes one action at once.
  static func row(
    _ text: String, _ action: @escaping @Sendable ([Capture]) -> OperatorAction
  ) -> Row { Row(text) { [PlannedAction(action($0))] } }

  static var pumpRows: [Row] {
    [
      row("start <pump>") { .startPump($0[0].index) },
      row("stop <pump>") { .stopPump($0[0].index) },
      row("resume <pump>") { .resume($0[0].index) },
      row("set <pump> speed <speed>") { .setSpeed($0[0].index, .rpm($0[1].number)) },
      row("set <pump> flow <flow>") { .setFlow($0[0].index, .litersPerMinute($0[1].number)) },
      row("set <pump> pressure <pressure>") { .setPressure($0[0].index, .mmHg($0[1].number)) },
      row("set <pump> ratio <ratio>") { .setRatio($0[0].index, $0[1].number) },
      row("force <pump> below floor") { .forceBelowFloor($0[0].index, true) },
      row("release <pump> floor override") { .forceBelowFloor($0[0].index, false) },
      row("pulsatile <pump> rate <rate> width <share> base <share>") {
        .setPulsatile(
          $0[0].index, rate: $0[1].number, width: .of($0[2].number), base: .of($0[3].number))
      },
      row("continuous <pump>") { .setContinuous($0[0].index) },
      row("override <pump> <event>") { .override($0[0].index, Self.event($0[1])) },
      row("end override <pump> <event>") { .endOverride($0[0].index, Self.event($0[1])) },
    ]
  }

  static var setupRows: [Row] {
    [
      row("enter <pump> tube <tube> <strokeVolume>") {
        .setTube(
          $0[0].index, TubeSize(rawValue: UInt8(clamping: $0[1].index)) ?? .half,
          .millilitersPerRevolution($0[2].number))
      },
      row("confirm <pump> tube") { .confirmTube($0[0].index) },
      row("confirm tube") { _ in .confirmTube(0) },
      row("confirm item <item>") { .confirmItem(Self.item($0[0]), true) },
      row("untick item <item>") { .confirmItem(Self.item($0[0]), false) },
      row("start calibration <pump>") { .startCalibration($0[0].index) },
      row("finish calibration <pump> at <volume>") {
        .finishCalibration($0[0].index, .milliliters($0[1].number))
      },
      row("occlusion gap <pump> <share>") { .setOcclusionGap($0[0].index, .of($0[1].number)) },
      row("test occlusion <pump>") { .testOcclusion($0[0].index) },
      row("zero <pressureSite>") {
        .zeroPressure(
          PressureSite(rawValue: UInt8(clamping: $0[0].index)) ?? .arterialLinePressure)
      },
      row("request <phase>") {
        .requestPhase(Phase(rawValue: UInt8(clamping: $0[0].index)) ?? .standby)
      },
    ]
  }

  static var circuitRows: [Row] {
    [
      row("open arterial clamp") { _ in .openArterialClamp },
      row("close arterial clamp") { _ in .closeArterialClamp },
      row("venous occluder <share>") { .setVenousOccluder(.of($0[0].number)) },
      row("heater-cooler <circuit> standby") {
        .setThermal(Self.circuit($0[0]), .standby, .celsius(20))
      },
      row("heater-cooler <circuit> cool to <temperature>") {
        .setThermal(Self.circuit($0[0]), .cool, .celsius($0[1].number))
      },
      row("heater-cooler <circuit> maintain <temperature>") {
        .setThermal(Self.circuit($0[0]), .maintain, .celsius($0[1].number))
      },
      row("heater-cooler <circuit> rewarm to <temperature>") {
        .setThermal(Self.circuit($0[0]), .rewarm, .celsius($0[1].number))
      },
    ]
  }

  static var panelRows: [Row] {
    [
      row("acknowledge alarms") { _ in .acknowledgeAlarms },
      row("acknowledge <alarm>") { .acknowledge(Self.alarm($0[0])) },
      row("pause audio") { _ in .pauseAudio },
      row("audio off") { _ in .switchAudioOff },
      row("pause alarms") { _ in .pauseAlarms },
      row("end pause") { _ in .endPause },
      row("reset alarms") { _ in .resetAlarms },
      row("limit <alarm> <pressure>") {
        .setAlarmLimit(Self.alarm($0[0]), .mmHg($0[1].number))
      },
      row("switch off <alarm>") { .switchAlarm(Self.alarm($0[0]), isOn: false) },
      row("switch on <alarm>") { .switchAlarm(Self.alarm($0[0]), isOn: true) },
      row("start timer <timer>") { .startTimer(Self.timer($0[0])) },
      row("stop timer <timer>") { .stopTimer(Self.timer($0[0])) },
      row("maintenance done") { _ in .maintenanceDone },
      row("disinfection done") { _ in .disinfectionDone },
    ]
  }

  private static func event(_ capture: Capture) -> CircuitEvent {
    CircuitEvent(rawValue: UInt8(clamping: capture.index)) ?? .arterialAir
  }
  private static func alarm(_ capture: Capture) -> AlarmID {
    AlarmID(UInt8(clamping: capture.index))
  }
  private static func item(_ capture: Capture) -> ChecklistItem {
    ChecklistItem(rawValue: UInt8(clamping: capture.index)) ?? .selfTest
  }
  private static func circuit(_ capture: Capture) -> WaterCircuit {
    WaterCircuit(rawValue: UInt8(clamping: capture.index)) ?? .patient
  }
  private static func timer(_ capture: Capture) -> TimerID {
    TimerID(rawValue: UInt8(clamping: capture.index)) ?? .bypass
  }
}
