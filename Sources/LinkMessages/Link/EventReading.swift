internal import CLinkMessages
internal import PerfusionCore

/// Reads the kind of an event: nothing when it is unknown or a field that it needs is missing.
struct EventReading {
  private let message: perfusion_Event

  init(_ message: perfusion_Event) { self.message = message }

  var kind: EventKind? {
    switch message.kind {
    case perfusion_EventKind_EVENT_ACCEPTED: .accepted
    case perfusion_EventKind_EVENT_LIMITED: refusal.map { .limited($0) }
    case perfusion_EventKind_EVENT_REFUSED: refusal.map { .refused($0) }
    case perfusion_EventKind_EVENT_MISSING:
      .missing(Checklist(bits: UInt16(truncatingIfNeeded: message.checklist)))
    case perfusion_EventKind_EVENT_PHASE: phase
    case perfusion_EventKind_EVENT_AIR_COUNTED: .airCounted(message.count)
    case perfusion_EventKind_EVENT_DOSE_ENDED: .doseEnded(Volume(base: message.value))
    case perfusion_EventKind_EVENT_ZEROED:
      entry(message.has_site, message.site.rawValue)
        .map { .zeroed($0, Pressure(base: message.value)) }
    case perfusion_EventKind_EVENT_RESTARTED:
      entry(message.has_start, message.start.rawValue).map { .restarted($0) }
    case perfusion_EventKind_EVENT_RECORD_REFUSED:
      entry(message.has_record_fault, message.record_fault.rawValue)
        .map { .recordRefused(Int(message.count), $0) }
    case perfusion_EventKind_EVENT_SELF_TESTED: selfTested
    case perfusion_EventKind_EVENT_CAUSE_NAMED:
      entry(message.has_cause, message.cause.rawValue).map { .causeNamed($0) }
    case perfusion_EventKind_EVENT_SENSOR_DOUBTED: sensorDoubted
    case perfusion_EventKind_EVENT_OVERFLOW: .overflow(message.count)
    default: pump.flatMap { pumpEvent($0) } ?? alarmEvent
    }
  }

  private func pumpEvent(_ pump: Int) -> EventKind? {
    switch message.kind {
    case perfusion_EventKind_EVENT_INTERLOCK_STOP:
      entry(message.has_grade, message.grade.rawValue).map { .interlockStop(pump, $0) }
    case perfusion_EventKind_EVENT_RESUMED: .resumed(pump)
    case perfusion_EventKind_EVENT_REASON:
      entry(message.has_reason, message.reason.rawValue).map { .reason(pump, $0) }
    case perfusion_EventKind_EVENT_PULSATILE_REVERTED: .pulsatileReverted(pump)
    case perfusion_EventKind_EVENT_OCCLUSION_TESTED:
      .occlusionTested(pump, passed: message.passed, decay: PressureRate(base: message.value))
    case perfusion_EventKind_EVENT_TUBE_CONFIRMED:
      .tubeConfirmed(pump, StrokeVolume(base: message.value))
    case perfusion_EventKind_EVENT_ADOPTED: .adopted(pump, RotationalSpeed(base: message.value))
    default: nil
    }
  }

  private var alarmEvent: EventKind? {
    switch message.kind {
    case perfusion_EventKind_EVENT_ALARM_RAISED: alarm.map { .alarmRaised($0, cause) }
    case perfusion_EventKind_EVENT_ALARM_CLEARED: alarm.map { .alarmCleared($0) }
    case perfusion_EventKind_EVENT_ALARM_LATCHED: alarm.map { .alarmLatched($0) }
    case perfusion_EventKind_EVENT_ALARM_ROSE:
      alarm.flatMap { alarm in
        entry(message.has_priority, message.priority.rawValue).map { .alarmRose(alarm, $0, cause) }
      }
    case perfusion_EventKind_EVENT_ACKNOWLEDGED:
      alarm.flatMap { alarm in
        entry(message.has_source, message.source.rawValue).map { .acknowledged(alarm, $0) }
      }
    case perfusion_EventKind_EVENT_INACTIVATED: inactivation.map { .inactivated($0) }
    case perfusion_EventKind_EVENT_INACTIVATION_ENDED:
      inactivation.flatMap { state in
        entry(message.has_inactivation_end, message.inactivation_end.rawValue)
          .map { .inactivationEnded(state, $0) }
      }
    case perfusion_EventKind_EVENT_ALARM_REMINDER: .alarmReminder
    case perfusion_EventKind_EVENT_ALARM_LIMIT_SET:
      alarm.map { .alarmLimitSet($0, Pressure(base: message.value)) }
    case perfusion_EventKind_EVENT_ALARM_SWITCHED:
      alarm.map { .alarmSwitched($0, isOn: message.passed) }
    case perfusion_EventKind_EVENT_ALARM_PRESETS_RESTORED: .alarmPresetsRestored
    default: nil
    }
  }

  private var phase: EventKind? {
    guard let before: Phase = entry(message.has_from_phase, message.from_phase.rawValue),
      let now: Phase = entry(message.has_phase, message.phase.rawValue)
    else { return nil }
    return .phase(from: before, to: now)
  }
  private var sensorDoubted: EventKind? {
    guard let sensor = UInt8(exactly: message.sensor), sensor < WatchedSensor.count,
      let doubt: SensorDoubt = entry(message.has_doubt, message.doubt.rawValue)
    else { return nil }
    return .sensorDoubted(WatchedSensor(number: sensor), doubt)
  }
  private var selfTested: EventKind? {
    guard
      let item: SelfTestItem = entry(
        message.has_self_test_item, message.self_test_item.rawValue),
      let outcome: SelfTestOutcome = entry(
        message.has_self_test_outcome, message.self_test_outcome.rawValue)
    else { return nil }
    return .selfTested(item, outcome)
  }
  private var refusal: Refusal? { entry(message.has_refusal, message.refusal.rawValue) }
  private var pump: Int? { message.has_pump && message.pump < 8 ? Int(message.pump) : nil }
  private var alarm: AlarmID? {
    UInt8(exactly: message.alarm).map { AlarmID($0) }
  }
  private var cause: AlarmCause {
    AlarmCause(row: UInt8(clamping: message.row), pumps: UInt8(clamping: message.row_pumps))
  }
  private var inactivation: AlarmInactivation? {
    entry(message.has_inactivation, message.inactivation.rawValue)
  }

  private func entry<Entry: RawRepresentable>(_ has: Bool, _ raw: UInt32) -> Entry?
  where Entry.RawValue == UInt8 {
    has ? UInt8(exactly: raw).flatMap { Entry(rawValue: $0) } : nil
  }
}
