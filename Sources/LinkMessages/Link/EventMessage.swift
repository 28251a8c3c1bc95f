internal import CLinkMessages
public import PerfusionCore

/// An event with the tick in which it happened.
public struct EventEntry: BitwiseCopyable, Sendable {
  /// The tick.
  public var tick: Tick
  /// When that tick began.
  public var at: Instant
  /// What happened, and by which decision.
  public var event: Event

  /// Makes an entry.
  public init(tick: Tick, at: Instant, event: Event) {
    self.tick = tick
    self.at = at
    self.event = event
  }

  init?(_ message: perfusion_Event) {
    guard let kind = EventReading(message).kind else { return nil }
    self.init(
      tick: Tick(count: message.tick), at: Instant(microseconds: message.time_us),
      event: Event(kind, decision: message.decision))
  }

  var message: perfusion_Event {
    var message = perfusion_Event()
    message.tick = tick.count
    message.time_us = at.microseconds
    message.decision = event.decision
    message.fill(event.kind)
    return message
  }
}

extension perfusion_Event {
  fileprivate mutating func fill(_ event: EventKind) {
    switch event {
    case .accepted: kind = perfusion_EventKind_EVENT_ACCEPTED
    case .limited(let refusal): set(perfusion_EventKind_EVENT_LIMITED, refusal)
    case .refused(let refusal): set(perfusion_EventKind_EVENT_REFUSED, refusal)
    case .missing(let items):
      kind = perfusion_EventKind_EVENT_MISSING
      checklist = UInt32(items.bits)
    case .phase(let before, let now):
      kind = perfusion_EventKind_EVENT_PHASE
      has_from_phase = true
      from_phase = perfusion_Phase(UInt32(before.rawValue))
      has_phase = true
      phase = perfusion_Phase(UInt32(now.rawValue))
    case .interlockStop(let index, let reaction):
      set(perfusion_EventKind_EVENT_INTERLOCK_STOP, pump: index)
      has_grade = true
      grade = perfusion_Grade(UInt32(reaction.rawValue))
    case .resumed(let index): set(perfusion_EventKind_EVENT_RESUMED, pump: index)
    case .reason(let index, let why):
      set(perfusion_EventKind_EVENT_REASON, pump: index)
      has_reason = true
      reason = perfusion_CommandReason(UInt32(why.rawValue))
    case .airCounted(let bubbles): set(perfusion_EventKind_EVENT_AIR_COUNTED, count: bubbles)
    case .pulsatileReverted(let index):
      set(perfusion_EventKind_EVENT_PULSATILE_REVERTED, pump: index)
    case .doseEnded(let volume):
      kind = perfusion_EventKind_EVENT_DOSE_ENDED
      value = volume.base
    case .occlusionTested(let index, let isPassed, let decay):
      set(perfusion_EventKind_EVENT_OCCLUSION_TESTED, pump: index)
      passed = isPassed
      value = decay.base
    case .tubeConfirmed(let index, let stroke):
      set(perfusion_EventKind_EVENT_TUBE_CONFIRMED, pump: index)
      value = stroke.base
    case .zeroed(let place, let offset):
      kind = perfusion_EventKind_EVENT_ZEROED
      has_site = true
      site = perfusion_PressureSite(UInt32(place.rawValue))
      value = offset.base
    case .adopted(let index, let speed):
      set(perfusion_EventKind_EVENT_ADOPTED, pump: index)
      value = speed.base
    case .restarted(let how):
      kind = perfusion_EventKind_EVENT_RESTARTED
      has_start = true
      start = perfusion_StartKind(UInt32(how.rawValue))
    case .recordRefused(let place, let why):
      set(perfusion_EventKind_EVENT_RECORD_REFUSED, count: UInt32(clamping: place))
      has_record_fault = true
      record_fault = perfusion_RecordFault(UInt32(why.rawValue))
    case .selfTested(let item, let outcome):
      kind = perfusion_EventKind_EVENT_SELF_TESTED
      has_self_test_item = true
      self_test_item = perfusion_SelfTestItem(UInt32(item.rawValue))
      has_self_test_outcome = true
      self_test_outcome = perfusion_SelfTestOutcome(UInt32(outcome.rawValue))
    case .causeNamed(let named):
      kind = perfusion_EventKind_EVENT_CAUSE_NAMED
      has_cause = true
      cause = perfusion_CommonCause(UInt32(named.rawValue))
    case .sensorDoubted(let watched, let what):
      kind = perfusion_EventKind_EVENT_SENSOR_DOUBTED
      sensor = UInt32(watched.number)
      has_doubt = true
      doubt = perfusion_SensorDoubt(UInt32(what.rawValue))
    case .overflow(let lost): set(perfusion_EventKind_EVENT_OVERFLOW, count: lost)
    case .alarmRaised, .alarmCleared, .alarmLatched, .alarmRose, .acknowledged, .inactivated,
      .inactivationEnded, .alarmReminder, .alarmLimitSet, .alarmSwitched, .alarmPresetsRestored:
      fillAlarm(event)
    }
  }

  private mutating func fillAlarm(_ event: EventKind) {
    switch event {
    case .alarmRaised(let id, let why):
      set(perfusion_EventKind_EVENT_ALARM_RAISED, id)
      set(why)
    case .alarmCleared(let id): set(perfusion_EventKind_EVENT_ALARM_CLEARED, id)
    case .alarmLatched(let id): set(perfusion_EventKind_EVENT_ALARM_LATCHED, id)
    case .alarmRose(let id, let urgency, let why):
      set(perfusion_EventKind_EVENT_ALARM_ROSE, id)
      set(why)
      has_priority = true
      priority = perfusion_AlarmPriority(UInt32(urgency.rawValue))
    case .acknowledged(let id, let who):
      set(perfusion_EventKind_EVENT_ACKNOWLEDGED, id)
      has_source = true
      source = perfusion_CommandSource(UInt32(who.rawValue))
    case .inactivated(let state):
      kind = perfusion_EventKind_EVENT_INACTIVATED
      set(state)
    case .inactivationEnded(let state, let why):
      kind = perfusion_EventKind_EVENT_INACTIVATION_ENDED
      set(state)
      has_inactivation_end = true
      inactivation_end = perfusion_InactivationEnd(UInt32(why.rawValue))
    case .alarmReminder: kind = perfusion_EventKind_EVENT_ALARM_REMINDER
    case .alarmLimitSet(let id, let limit):
      set(perfusion_EventKind_EVENT_ALARM_LIMIT_SET, id)
      value = limit.base
    case .alarmSwitched(let id, let isOn):
      set(perfusion_EventKind_EVENT_ALARM_SWITCHED, id)
      passed = isOn
    case .alarmPresetsRestored: kind = perfusion_EventKind_EVENT_ALARM_PRESETS_RESTORED
    default: return
    }
  }

  private mutating func set(_ newKind: perfusion_EventKind, _ why: Refusal) {
    kind = newKind
    has_refusal = true
    refusal = perfusion_Refusal(UInt32(why.rawValue))
  }
  private mutating func set(_ newKind: perfusion_EventKind, pump index: Int) {
    kind = newKind
    guard let number = UInt32(exactly: index) else { return }
    has_pump = true
    pump = number
  }
  private mutating func set(_ newKind: perfusion_EventKind, count number: UInt32) {
    kind = newKind
    count = number
  }
  private mutating func set(_ newKind: perfusion_EventKind, _ id: AlarmID) {
    kind = newKind
    alarm = UInt32(id.number)
  }
  private mutating func set(_ why: AlarmCause) {
    row = UInt32(why.row)
    row_pumps = UInt32(why.pumps)
  }
  private mutating func set(_ state: AlarmInactivation) {
    has_inactivation = true
    inactivation = perfusion_AlarmInactivation(UInt32(state.rawValue))
  }
}
