internal import PerfusionCore

/// What a command asks, as the flat fields of the message `Command`: which of them mean something
/// depends on the action.
struct CommandFields {
  var kind: UInt8 = 0
  var pump = 0
  var value = 0.0
  var second = 0.0
  var third = 0.0
  var isOn = false
  /// A member of the enumeration that the action speaks of.
  var subject: UInt8 = 0
  var circuit: UInt8 = 0

  init(kind: UInt8) { self.kind = kind }

  private init(
    _ kind: UInt8, pump: Int = 0, _ value: Double = 0, subject: UInt8 = 0, isOn: Bool = false
  ) {
    self.kind = kind
    self.pump = pump
    self.value = value
    self.subject = subject
    self.isOn = isOn
  }

  init(_ action: OperatorAction) {
    switch action {
    case .startPump(let pump): self.init(1, pump: pump)
    case .stopPump(let pump): self.init(2, pump: pump)
    case .setSpeed(let pump, let speed): self.init(3, pump: pump, speed.base)
    case .setFlow(let pump, let flow): self.init(4, pump: pump, flow.base)
    case .setPressure(let pump, let pressure): self.init(5, pump: pump, pressure.base)
    case .forceBelowFloor(let pump, let isForced): self.init(6, pump: pump, isOn: isForced)
    case .setRatio(let pump, let ratio): self.init(7, pump: pump, ratio)
    case .setPulsatile(let pump, let rate, let width, let base):
      self.init(8, pump: pump, rate)
      second = width.base
      third = base.base
    case .setContinuous(let pump): self.init(9, pump: pump)
    case .setTube(let pump, let tube, let volume):
      self.init(10, pump: pump, volume.base, subject: tube.rawValue)
    case .confirmTube(let pump): self.init(11, pump: pump)
    case .startCalibration(let pump): self.init(12, pump: pump)
    case .finishCalibration(let pump, let volume): self.init(13, pump: pump, volume.base)
    case .setOcclusionGap(let pump, let gap): self.init(14, pump: pump, gap.base)
    case .testOcclusion(let pump): self.init(15, pump: pump)
    case .openArterialClamp: self.init(16)
    case .closeArterialClamp: self.init(17)
    case .setVenousOccluder(let opening): self.init(18, opening.base)
    case .zeroPressure(let site): self.init(19, subject: site.rawValue)
    case .setThermal(let circuit, let mode, let target):
      self.init(20, target.base, subject: mode.rawValue)
      self.circuit = circuit.rawValue
    case .startDose(let flow, let end, let route):
      self.init(21, flow.base)
      takeEnd(end)
      third = route == .retrograde ? 1 : 0
    case .stopDose: self.init(22)
    case .requestPhase(let phase): self.init(23, subject: phase.rawValue)
    case .confirmItem(let item, let holds): self.init(24, subject: item.rawValue, isOn: holds)
    case .resume(let pump): self.init(25, pump: pump)
    case .isolatePatient: self.init(39)
    case .override(let pump, let event): self.init(26, pump: pump, subject: event.rawValue)
    case .endOverride(let pump, let event): self.init(27, pump: pump, subject: event.rawValue)
    case .acknowledgeAlarms: self.init(28)
    case .pauseAudio: self.init(29)
    case .resetAlarms: self.init(30)
    case .startTimer(let timer): self.init(31, subject: timer.rawValue)
    case .stopTimer(let timer): self.init(32, subject: timer.rawValue)
    case .acknowledge(let alarm): self.init(33, subject: alarm.number)
    case .switchAudioOff: self.init(34)
    case .pauseAlarms: self.init(35)
    case .endPause: self.init(36)
    case .setAlarmLimit(let alarm, let limit):
      self.init(37, limit.base, subject: alarm.number)
    case .switchAlarm(let alarm, let isOn): self.init(38, subject: alarm.number, isOn: isOn)
    case .maintenanceDone: self.init(40)
    case .disinfectionDone: self.init(41)
    }
  }

  private mutating func takeEnd(_ end: DoseEnd) {
    switch end {
    case .volume(let volume): second = volume.base
    case .time(let time):
      second = time.seconds
      isOn = true
    }
  }

  /// The field of `Command` in which the subject of this action stands.
  static func subjectField(_ kind: UInt8) -> UInt32 {
    switch kind {
    case 10: 11
    case 19: 12
    case 20: 14
    case 23: 15
    case 24: 16
    case 26, 27: 17
    case 31, 32: 18
    case 33, 37, 38: 19
    default: 0
    }
  }
}

extension ByteWriter {
  /// The message `Command`.
  mutating func command(_ command: OperatorCommand, tick: UInt64) {
    let fields = CommandFields(command.action)
    field(1, tick)
    field(2, UInt64(command.decision))
    field(3, UInt64(command.source.rawValue))
    field(4, command.isConfirmed)
    field(5, UInt64(fields.kind))
    field(6, Int64(fields.pump))
    field(7, fields.value)
    field(8, fields.second)
    field(9, fields.third)
    field(10, fields.isOn)
    let place = CommandFields.subjectField(fields.kind)
    if place > 0 { field(place, UInt64(fields.subject)) }
    field(13, UInt64(fields.circuit))
  }
}
