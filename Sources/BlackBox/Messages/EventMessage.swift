internal import PerfusionCore

/// What an event says, as the flat fields of the message `Event`: which of them mean something
/// depends on the kind.
struct EventFields {
  var kind: UInt8 = 0
  var pump: Int = 0
  /// A member of the enumeration that the kind speaks of: refusal, phase, alarm, grade, reason.
  var subject: UInt8 = 0
  /// What the kind speaks of beside that: the phase before, a priority, a source, an ending.
  var second: UInt8 = 0
  var count: UInt32 = 0
  var value: Double = 0
  var hasPassed = false
  /// Why an alarm was raised.
  var cause = AlarmCause.none

  init(kind: UInt8) { self.kind = kind }

  init(_ event: EventKind) {
    switch event {
    case .accepted: self.init(kind: 1)
    case .limited(let refusal): self.init(2, refusal.rawValue)
    case .refused(let refusal): self.init(3, refusal.rawValue)
    case .missing(let items): self.init(4, count: UInt32(items.bits))
    case .phase(let from, let to): self.init(5, to.rawValue, from.rawValue)
    case .alarmRaised(let alarm, let cause):
      self.init(6, alarm.number)
      self.cause = cause
    case .alarmCleared(let alarm): self.init(7, alarm.number)
    case .interlockStop(let pump, let grade): self.init(8, grade.rawValue, pump: pump)
    case .resumed(let pump): self.init(9, pump: pump)
    case .reason(let pump, let reason): self.init(10, reason.rawValue, pump: pump)
    case .airCounted(let count): self.init(11, count: count)
    case .pulsatileReverted(let pump): self.init(12, pump: pump)
    case .doseEnded(let volume): self.init(13, value: volume.base)
    case .occlusionTested(let pump, let passed, let decay):
      self.init(14, pump: pump, value: decay.base)
      hasPassed = passed
    case .tubeConfirmed(let pump, let volume): self.init(15, pump: pump, value: volume.base)
    case .zeroed(let site, let offset): self.init(16, site.rawValue, value: offset.base)
    case .adopted(let pump, let speed): self.init(17, pump: pump, value: speed.base)
    case .overflow(let count): self.init(18, count: count)
    case .alarmLatched(let alarm): self.init(19, alarm.number)
    case .alarmRose(let alarm, let priority, let cause):
      self.init(20, alarm.number, priority.rawValue)
      self.cause = cause
    case .acknowledged(let alarm, let source): self.init(21, alarm.number, source.rawValue)
    case .inactivated(let state): self.init(22, state.rawValue)
    case .inactivationEnded(let state, let end): self.init(23, state.rawValue, end.rawValue)
    case .alarmReminder: self.init(kind: 24)
    case .alarmLimitSet(let alarm, let limit): self.init(25, alarm.number, value: limit.base)
    case .alarmSwitched(let alarm, let isOn):
      self.init(26, alarm.number)
      hasPassed = isOn
    case .alarmPresetsRestored: self.init(kind: 27)
    case .restarted(let start): self.init(28, count: UInt32(start.rawValue))
    case .recordRefused(let place, let fault):
      self.init(29, pump: place, count: UInt32(fault.rawValue))
    case .selfTested(let item, let outcome):
      self.init(30, pump: Int(item.rawValue), count: UInt32(outcome.rawValue))
    case .causeNamed(let cause): self.init(31, count: UInt32(cause.rawValue))
    case .sensorDoubted(let sensor, let doubt):
      self.init(32, pump: Int(sensor.number), count: UInt32(doubt.rawValue))
    }
  }

  private init(
    _ kind: UInt8, _ subject: UInt8 = 0, _ second: UInt8 = 0, pump: Int = 0,
    count: UInt32 = 0, value: Double = 0
  ) {
    self.kind = kind
    self.subject = subject
    self.second = second
    self.pump = pump
    self.count = count
    self.value = value
  }

  /// The event, nothing when the fields are none that this version knows.
  var event: EventKind? {
    switch kind {
    case 1: .accepted
    case 2: Refusal(rawValue: subject).map { .limited($0) }
    case 3: Refusal(rawValue: subject).map { .refused($0) }
    case 4: .missing(Checklist(bits: UInt16(truncatingIfNeeded: count)))
    case 5: phase
    case 6: .alarmRaised(AlarmID(subject), cause)
    case 7: .alarmCleared(AlarmID(subject))
    case 8: Grade(rawValue: subject).map { .interlockStop(pump, $0) }
    case 9: .resumed(pump)
    case 10: CommandReason(rawValue: subject).map { .reason(pump, $0) }
    case 11: .airCounted(count)
    case 12: .pulsatileReverted(pump)
    case 13: .doseEnded(Volume(base: value))
    case 14: .occlusionTested(pump, passed: hasPassed, decay: PressureRate(base: value))
    case 15: .tubeConfirmed(pump, StrokeVolume(base: value))
    case 16: PressureSite(rawValue: subject).map { .zeroed($0, Pressure(base: value)) }
    case 17: .adopted(pump, RotationalSpeed(base: value))
    case 18: .overflow(count)
    default: alarmEvent
    }
  }

  private var alarmEvent: EventKind? {
    let alarm = AlarmID(subject)
    return switch kind {
    case 19: .alarmLatched(alarm)
    case 20: AlarmPriority(rawValue: second).map { .alarmRose(alarm, $0, cause) }
    case 21: CommandSource(rawValue: second).map { .acknowledged(alarm, $0) }
    case 22: AlarmInactivation(rawValue: subject).map { .inactivated($0) }
    case 23: inactivationEnd
    case 24: .alarmReminder
    case 25: .alarmLimitSet(alarm, Pressure(base: value))
    case 26: .alarmSwitched(alarm, isOn: hasPassed)
    case 27: .alarmPresetsRestored
    default: startEvent
    }
  }

  /// Starts and self tests: the place in the field of the pump, the rest in the count.
  private var startEvent: EventKind? {
    let second = UInt8(truncatingIfNeeded: count)
    switch kind {
    case 28: return StartKind(rawValue: second).map { .restarted($0) }
    case 29: return RecordFault(rawValue: second).map { .recordRefused(pump, $0) }
    case 30:
      guard let item = SelfTestItem(rawValue: UInt8(truncatingIfNeeded: pump)),
        let outcome = SelfTestOutcome(rawValue: second)
      else { return nil }
      return .selfTested(item, outcome)
    case 31: return CommonCause(rawValue: second).map { .causeNamed($0) }
    case 32:
      guard let sensor = UInt8(exactly: pump), sensor < WatchedSensor.count else { return nil }
      return SensorDoubt(rawValue: second).map {
        .sensorDoubted(WatchedSensor(number: sensor), $0)
      }
    default: return nil
    }
  }

  private var inactivationEnd: EventKind? {
    guard let state = AlarmInactivation(rawValue: subject),
      let end = InactivationEnd(rawValue: second)
    else { return nil }
    return .inactivationEnded(state, end)
  }

  private var phase: EventKind? {
    guard let old = Phase(rawValue: second), let new = Phase(rawValue: subject) else { return nil }
    return .phase(from: old, to: new)
  }

  /// The field of `Event` in which the subject of this kind stands.
  static func subjectField(_ kind: UInt8) -> UInt32 {
    switch kind {
    case 2, 3: 5
    case 5: 6
    case 6, 7, 19, 20, 21, 25, 26: 8
    case 8: 9
    case 10: 10
    case 16: 11
    case 22, 23: 17
    default: 0
    }
  }

  /// The field of `Event` in which the second subject of this kind stands.
  static func secondField(_ kind: UInt8) -> UInt32 {
    switch kind {
    case 5: 7
    case 20: 15
    case 21: 16
    case 23: 18
    default: 0
    }
  }

  /// The alarm that the event speaks of, 0 for none.
  var alarm: UInt8 { EventFields.subjectField(kind) == 8 ? subject : 0 }
}

extension ByteWriter {
  /// The message `Event`.
  mutating func event(_ event: Event, tick: UInt64) {
    let fields = EventFields(event.kind)
    field(1, tick)
    field(2, UInt64(event.decision))
    field(3, UInt64(fields.kind))
    field(4, Int64(fields.pump))
    let place = EventFields.subjectField(fields.kind)
    if place > 0 { field(place, UInt64(fields.subject)) }
    let other = EventFields.secondField(fields.kind)
    if other > 0 { field(other, UInt64(fields.second)) }
    field(12, UInt64(fields.count))
    field(13, fields.value)
    field(14, fields.hasPassed)
    field(19, UInt64(fields.cause.row))
    field(20, UInt64(fields.cause.pumps))
  }
  /// The message `Alarm` of an event that speaks of one.
  mutating func alarm(_ event: Event, tick: UInt64) {
    let fields = EventFields(event.kind)
    field(1, tick)
    field(2, UInt64(fields.alarm))
    field(3, UInt64(fields.kind))
    if fields.kind == 20 { field(4, UInt64(fields.second)) }
    if fields.kind == 21 { field(5, UInt64(fields.second)) }
    field(6, UInt64(fields.cause.row))
    field(7, UInt64(fields.cause.pumps))
  }
}
