/// The alarm system: what is told, for how long, to whom it was acknowledged, and what sounds.
///
/// Techniques of IEC 60601-1-8 (docs/domain.md 7.2). Debounce, latches and priorities belong to the
/// rows of the interlock table; this adds suppression, acknowledgement, inactivation, reminder
/// signals, the list for the screen and the entries of the alarm log. While nothing changes, a tick
/// costs a comparison and the counters that run.
///
/// Rows of the table share alarms. A row of high priority that begins at a pump is a new condition
/// whether its alarm is told already or not: no other cause hides it.
public struct AlarmSystem: Sendable {
  /// Alarms that are told, active or latched.
  public private(set) var told = AlarmSet()
  /// Alarms that stand and are not told because of a circumstance.
  public private(set) var suppressed = AlarmSet()
  /// Alarms that the operator switched off before bypass (class B).
  public internal(set) var switchedOff = AlarmSet()
  /// The told alarms by priority, then newest.
  public private(set) var list = AlarmList()
  /// What the inactivation is and how long it lasts.
  public private(set) var audio = AudioStatus()
  /// What is to be recorded of this tick; emptied by the next one.
  public internal(set) var entries = AlarmLogEntries()

  private var conditions = AlarmConditions()
  private var active = AlarmSet()
  private var acknowledged = AlarmSet()
  private var since = InlineArray<68, Tick>(repeating: .start)
  private var newest = InlineArray<68, Tick>(repeating: .start)
  private var leads = AlarmLeads()
  private var acknowledgements = InlineArray<68, Acknowledgement>(
    repeating: Acknowledgement(source: .panel, tick: .start))
  private var isStale = false
  /// Something that the operator sees changed in this tick.
  private(set) var hasChanged = false
  private var audible: AlarmPriority?
  private var visible: AlarmPriority?
  private var ticksLeft: UInt64 = 0
  private var reminderTicks: UInt64 = 0
  private var remindsNow = false
  private var generator: SignalGenerator
  private let suppression = SuppressionTable()
  private let neverOverridden = AlarmCatalogue.neverOverridden
  private let timing: AlarmTiming

  /// An alarm system of a machine with this tick, nothing standing.
  public init(tickMicroseconds: Int32) {
    timing = AlarmTiming(tickMicroseconds: tickMicroseconds)
    generator = SignalGenerator(tickMicroseconds: tickMicroseconds)
  }

  /// Moves the alarms on by one tick and gives the signals; a pause runs down by `elapsed` ticks of the
  /// clock.
  public mutating func update(
    _ now: AlarmConditions, tick: Tick, elapsed: UInt32 = 1, _ events: inout EventList
  ) -> AlarmSignals {
    if isStale || now != conditions { learn(now, tick, &events) }
    if remindsNow { count(elapsed, &events) }
    return generator.update(audible: audible, visible: visible)
  }

  /// Empties what the last tick left to record.
  mutating func begin() {
    if !entries.isEmpty { entries.removeAll() }
    hasChanged = false
  }
}

extension AlarmSystem {
  /// Takes over conditions that changed.
  private mutating func learn(
    _ now: AlarmConditions, _ tick: Tick, _ events: inout EventList
  ) {
    let before = conditions
    let toldBefore = told
    conditions = now
    let fresh = now.activeCauses - before.activeCauses
    leads.take(fresh, now)
    suppressed = now.all & suppression.suppressed(now)
    told = now.all - suppressed - switchedOff
    var raised = Raised()
    var changed =
      (told ^ toldBefore) | (active ^ now.active) | (before.high ^ now.high)
      | (before.medium ^ now.medium)
    while let alarm = changed.takeFirst() {
      follow(alarm, before, wasTold: toldBefore.contains(alarm), tick, &raised, &events)
    }
    join(fresh, tick, &raised, &events)
    active = now.active
    if raised.hasHigh { breakInactivation(.newHighAlarm, &events) }
    if audio.inactivation.isForbidden(in: now.phase) { breakInactivation(.phase, &events) }
    settle()
  }

  /// Tells what became of one alarm.
  private mutating func follow(
    _ alarm: AlarmID, _ before: AlarmConditions, wasTold: Bool, _ tick: Tick,
    _ raised: inout Raised, _ events: inout EventList
  ) {
    let isTold = told.contains(alarm)
    let priority = isTold ? conditions.priority(of: alarm) : before.priority(of: alarm)
    guard isTold == wasTold else {
      if isTold {
        since[AlarmLeads.slot(alarm)] = tick
        let cause = leads.lead(of: alarm, conditions)
        raised.alarms.set(alarm, true)
        raise(alarm, priority, cause, .alarmRaised(alarm, cause), tick, &raised, &events)
      } else {
        acknowledged.set(alarm, false)
        events.append(Event(.alarmCleared(alarm)))
        record(.cleared, alarm, priority)
      }
      return
    }
    guard isTold else { return }
    let isActive = conditions.active.contains(alarm)
    let returned = isActive && !active.contains(alarm)
    let rose = priority > before.priority(of: alarm)
    if returned || rose {
      let cause = leads.lead(of: alarm, conditions)
      let kind: EventKind =
        rose ? .alarmRose(alarm, priority, cause) : .alarmRaised(alarm, cause)
      raised.alarms.set(alarm, true)
      raise(alarm, priority, cause, kind, tick, &raised, &events)
    } else if !isActive && active.contains(alarm) {
      events.append(Event(.alarmLatched(alarm)))
      record(.latched, alarm, priority, cause: leads.lead(of: alarm, conditions))
    }
  }

  /// Tells of causes of high priority that joined others of an alarm that is told already.
  private mutating func join(
    _ fresh: CauseSet, _ tick: Tick, _ raised: inout Raised, _ events: inout EventList
  ) {
    var rest = fresh
    while let cause = rest.takeFirst(cardioplegia: conditions.cardioplegiaPumps) {
      guard cause.priority == .high, let alarm = conditions.alarm(of: cause), told.contains(alarm)
      else { continue }
      let isTold = raised.alarms.contains(alarm) && leads.isLed(alarm, by: cause)
      if !isTold {
        raise(alarm, .high, cause, .alarmRaised(alarm, cause), tick, &raised, &events)
      }
    }
  }

  /// A new condition: it is not noted any more, and it stands in the log.
  private mutating func raise(
    _ alarm: AlarmID, _ priority: AlarmPriority, _ cause: AlarmCause, _ kind: EventKind,
    _ tick: Tick, _ raised: inout Raised, _ events: inout EventList
  ) {
    acknowledged.set(alarm, false)
    newest[AlarmLeads.slot(alarm)] = tick
    raised.hasHigh = raised.hasHigh || priority == .high
    events.append(Event(kind))
    record(.raised, alarm, priority, cause: cause)
  }

  /// Works out list and signals from what is told.
  private mutating func settle() {
    isStale = false
    hasChanged = true
    list.removeAll()
    var rest = told
    while let alarm = rest.takeFirst() { list.insert(standing(alarm)) }
    listOtherCauses()
    let silenced = acknowledged - neverOverridden
    audible = highest(told - silenced)
    visible = highest(told)
    switch audio.inactivation {
    case .none: break
    case .audioPaused, .audioOff: silence()
    case .alarmPaused:
      silence()
      if visible != .high { visible = nil }
    }
    let reminds =
      told.contains(AlarmID(62)) || audio.inactivation != .none || !(told & silenced).isEmpty
    if reminds != remindsNow { reminderTicks = 0 }
    remindsNow = reminds
  }

  private mutating func silence() {
    audible = nil
    generator.silence()
  }

  private func highest(_ alarms: AlarmSet) -> AlarmPriority? {
    if !(alarms & conditions.high).isEmpty { return .high }
    if !(alarms & conditions.medium).isEmpty { return .medium }
    return alarms.isEmpty ? nil : .low
  }

  private mutating func standing(_ alarm: AlarmID) -> StandingAlarm {
    let slot = AlarmLeads.slot(alarm)
    return StandingAlarm(
      id: alarm, priority: conditions.priority(of: alarm),
      state: conditions.active.contains(alarm) ? .active : .latched, since: since[slot],
      newest: newest[slot], cause: leads.lead(of: alarm, conditions),
      acknowledgement: acknowledged.contains(alarm) ? acknowledgements[slot] : nil)
  }

  /// Counts inactivation and reminder on.
  private mutating func count(_ elapsed: UInt32, _ events: inout EventList) {
    if audio.inactivation.isTimed {
      ticksLeft -= min(ticksLeft, UInt64(elapsed))
      audio.left = timing.tick * Double(ticksLeft)
      if ticksLeft == 0 {
        breakInactivation(.timeOver, &events)
        settle()
      }
    }
    guard remindsNow else { return }
    reminderTicks += 1
    guard reminderTicks >= timing.reminder else { return }
    reminderTicks = 0
    if audible == nil { generator.remind() }
    events.append(Event(.alarmReminder))
  }

  private mutating func breakInactivation(
    _ why: InactivationEnd, _ events: inout EventList, decision: UInt32 = 0
  ) {
    let ended = audio.inactivation
    guard ended != .none else { return }
    audio = AudioStatus()
    ticksLeft = 0
    isStale = true
    events.append(Event(.inactivationEnded(ended, why), decision: decision))
    record(.resumed, AlarmID(0), .low, decision: decision)
  }

  /// Leaves an entry for the alarm log; the controller adds limit, value and phase.
  mutating func record(
    _ kind: AlarmLogKind, _ alarm: AlarmID, _ priority: AlarmPriority,
    cause: AlarmCause = .none, decision: UInt32 = 0, source: CommandSource? = nil
  ) {
    var entry = AlarmLogEntry(kind, alarm: alarm, priority: priority)
    entry.cause = cause
    entry.decision = decision
    entry.source = source
    entries.append(entry)
  }
}

extension AlarmSystem {
  /// Takes note of an alarm, or of all, on somebody's behalf.
  ///
  /// A noted alarm is shown on and no longer sounds, except in class C; it sounds again when its
  /// cause comes back or its priority rises.
  ///
  /// - Returns: `nil`, or the refusal when that alarm is not told or is noted already.
  mutating func acknowledge(
    _ alarm: AlarmID?, by command: OperatorCommand, tick: Tick, _ events: inout EventList
  ) -> Refusal? {
    var open = told - acknowledged
    if let alarm {
      guard open.contains(alarm) else { return .nothingToDo }
      open = AlarmSet()
      open.set(alarm, true)
    }
    while let next = open.takeFirst() {
      acknowledged.set(next, true)
      acknowledgements[AlarmLeads.slot(next)] = Acknowledgement(source: command.source, tick: tick)
      events.append(Event(.acknowledged(next, command.source), decision: command.decision))
      record(
        .acknowledged, next, conditions.priority(of: next), cause: leads.lead(of: next, conditions),
        decision: command.decision, source: command.source)
    }
    isStale = true
    return nil
  }

  /// Begins an inactivation; one that is under way begins anew.
  ///
  /// - Returns: `nil`, or the refusal: no AUDIO OFF and no ALARM PAUSED while somebody depends on
  ///   the machine, and no ALARM PAUSED while an alarm of high priority is told.
  mutating func inactivate(
    _ wanted: AlarmInactivation, by command: OperatorCommand, phase: Phase,
    _ events: inout EventList
  ) -> Refusal? {
    guard !wanted.isForbidden(in: phase) else { return .wrongPhase }
    if wanted == .alarmPaused, highest(told) == .high { return .causeNotCleared }
    audio.inactivation = wanted
    ticksLeft = wanted.isTimed ? timing.pause : 0
    audio.left = timing.tick * Double(ticksLeft)
    reminderTicks = 0
    isStale = true
    events.append(Event(.inactivated(wanted), decision: command.decision))
    record(
      .paused, AlarmID(0), .low, decision: command.decision, source: command.source)
    return nil
  }

  /// Ends the inactivation.
  mutating func endInactivation(
    by command: OperatorCommand, _ events: inout EventList
  ) -> Refusal? {
    guard audio.inactivation != .none else { return .nothingToDo }
    breakInactivation(.operatorEnded, &events, decision: command.decision)
    return nil
  }

  /// Switches an alarm of class B off, or on again; not while somebody depends on the machine.
  mutating func switchAlarm(
    _ alarm: AlarmID, isOn: Bool, by command: OperatorCommand, phase: Phase
  ) -> Refusal? {
    guard AlarmCatalogue.entry(alarm).override == .limit else { return .overrideForbidden }
    guard !phase.dependsOnMachine else { return .wrongPhase }
    guard switchedOff.contains(alarm) == isOn else { return .nothingToDo }
    switchedOff.set(alarm, !isOn)
    isStale = true
    record(
      isOn ? .switchedOn : .switchedOff, alarm, alarm.priority, decision: command.decision,
      source: command.source)
    return nil
  }

  /// Switches every alarm on again.
  ///
  /// - Returns: true when one was off.
  mutating func restorePresets() -> Bool {
    guard !switchedOff.isEmpty else { return false }
    switchedOff = AlarmSet()
    isStale = true
    return true
  }
}

extension AlarmSystem {
  /// Lists what stands at high priority beside the leading causes.
  private mutating func listOtherCauses() {
    var rest = conditions.causes
    while let cause = rest.takeFirst(cardioplegia: conditions.cardioplegiaPumps) {
      guard cause.priority == .high, let alarm = conditions.alarm(of: cause), told.contains(alarm),
        !leads.isLed(alarm, by: cause)
      else { continue }
      var other = standing(alarm)
      other.cause = cause
      other.state = conditions.activeCauses.contains(cause) ? .active : .latched
      list.insert(other)
    }
  }
}

/// What was raised in one tick.
private struct Raised {
  /// Alarms that were told with the cause that leads them.
  var alarms = AlarmSet()
  /// Something of high priority.
  var hasHigh = false
}

extension AlarmSystem {
  /// Ticks that a timed inactivation has left.
  var pauseTicks: UInt64 { ticksLeft }

  /// Goes on with an inactivation after a restart that took `gap` ticks; one whose time is over has
  /// ended.
  mutating func goOnPaused(_ state: AlarmInactivation, ticks: UInt64, gap: UInt64) {
    guard state != .none else { return }
    let left = min(ticks, timing.pause)
    guard !state.isTimed || left > gap else { return }
    audio.inactivation = state
    ticksLeft = state.isTimed ? left - gap : 0
    audio.left = timing.tick * Double(ticksLeft)
    isStale = true
  }
}
