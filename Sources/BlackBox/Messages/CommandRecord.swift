public import PerfusionCore

/// A command as it was recorded.
public struct CommandRecord: Sendable {
  /// The tick that carried it out.
  public var tick: UInt64
  /// What was asked, and by whom.
  public var command: OperatorCommand

  /// Reads a message `Command`; nothing when the bytes are none, or name something that this
  /// version does not know.
  public init?(_ message: UnsafeRawBufferPointer) {
    var reader = unsafe ByteReader(message)
    var fields = CommandFields(kind: 0)
    var head = (tick: UInt64(0), decision: UInt32(0), source: UInt8(0), isConfirmed: false)
    while let field = reader.field() {
      switch field.number {
      case 1: head.tick = field.bits
      case 2: head.decision = UInt32(truncatingIfNeeded: field.bits)
      case 3: head.source = field.small
      case 4: head.isConfirmed = field.bits != 0
      default: fields.take(field)
      }
    }
    guard !reader.hasFailed, let source = CommandSource(rawValue: head.source),
      let action = fields.action
    else { return nil }
    tick = head.tick
    command = OperatorCommand(
      decision: head.decision, source: source, isConfirmed: head.isConfirmed, action: action)
  }
}

extension CommandFields {
  mutating func take(_ field: WireField) {
    switch field.number {
    case 5: kind = field.small
    case 6: pump = Int(truncatingIfNeeded: field.signed)
    case 7: value = field.double
    case 8: second = field.double
    case 9: third = field.double
    case 10: isOn = field.bits != 0
    case 11, 12, 14, 15, 16, 17, 18, 19: subject = field.small
    case 13: circuit = field.small
    default: break
    }
  }

  /// The action, nothing when the fields are none that this version knows.
  var action: OperatorAction? { kind < 16 ? pumpAction : machineAction }

  private var pumpAction: OperatorAction? {
    switch kind {
    case 1: .startPump(pump)
    case 2: .stopPump(pump)
    case 3: .setSpeed(pump, RotationalSpeed(base: value))
    case 4: .setFlow(pump, Flow(base: value))
    case 5: .setPressure(pump, Pressure(base: value))
    case 6: .forceBelowFloor(pump, isOn)
    case 7: .setRatio(pump, value)
    case 8:
      .setPulsatile(
        pump, rate: value, width: Fraction(base: second), base: Fraction(base: third))
    case 9: .setContinuous(pump)
    case 10: TubeSize(rawValue: subject).map { .setTube(pump, $0, StrokeVolume(base: value)) }
    case 11: .confirmTube(pump)
    case 12: .startCalibration(pump)
    case 13: .finishCalibration(pump, Volume(base: value))
    case 14: .setOcclusionGap(pump, Fraction(base: value))
    case 15: .testOcclusion(pump)
    default: nil
    }
  }

  private var machineAction: OperatorAction? {
    switch kind {
    case 16: .openArterialClamp
    case 17: .closeArterialClamp
    case 18: .setVenousOccluder(Fraction(base: value))
    case 19: PressureSite(rawValue: subject).map { .zeroPressure($0) }
    case 20: thermal
    case 21:
      .startDose(
        Flow(base: value),
        isOn ? .time(Seconds(seconds: second)) : .volume(Volume(base: second)),
        third > 0 ? .retrograde : .antegrade)
    case 22: .stopDose
    case 23: Phase(rawValue: subject).map { .requestPhase($0) }
    case 24: ChecklistItem(rawValue: subject).map { .confirmItem($0, isOn) }
    case 25: .resume(pump)
    case 26: CircuitEvent(rawValue: subject).map { .override(pump, $0) }
    case 27: CircuitEvent(rawValue: subject).map { .endOverride(pump, $0) }
    case 28: .acknowledgeAlarms
    case 29: .pauseAudio
    case 30: .resetAlarms
    case 31: TimerID(rawValue: subject).map { .startTimer($0) }
    case 32: TimerID(rawValue: subject).map { .stopTimer($0) }
    default: alarmAction
    }
  }

  private var alarmAction: OperatorAction? {
    switch kind {
    case 33: .acknowledge(AlarmID(subject))
    case 34: .switchAudioOff
    case 35: .pauseAlarms
    case 36: .endPause
    case 37: .setAlarmLimit(AlarmID(subject), Pressure(base: value))
    case 38: .switchAlarm(AlarmID(subject), isOn: isOn)
    case 39: .isolatePatient
    case 40: .maintenanceDone
    case 41: .disinfectionDone
    default: nil
    }
  }

  private var thermal: OperatorAction? {
    guard let water = WaterCircuit(rawValue: circuit), let mode = ThermalMode(rawValue: subject)
    else { return nil }
    return .setThermal(water, mode, Temperature(base: value))
  }
}
