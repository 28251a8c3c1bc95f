public import PerfusionCore

/// What an event says in a log, with the names of the board.
public func eventText(_ kind: EventKind, machine: MachineConfiguration) -> String {
  func pump(_ index: Int) -> String {
    machine.pumps.element(at: index).map { "\($0.role)" } ?? "pump \(index)"
  }
  switch kind {
  case .accepted: return "accepted"
  case .limited(let refusal): return "limited: \(refusal)"
  case .refused(let refusal): return "refused: \(refusal)"
  case .missing(let list): return "refused, missing: " + checklistText(list)
  case .phase(let from, let to): return "phase \(from) -> \(to)"
  case .alarmRaised, .alarmCleared, .alarmLatched, .alarmRose, .acknowledged, .inactivated,
    .inactivationEnded, .alarmReminder, .alarmLimitSet, .alarmSwitched, .alarmPresetsRestored:
    return alarmEventText(kind, machine: machine) ?? ""
  case .interlockStop(let index, let grade): return "\(pump(index)) stopped by interlock (\(grade))"
  case .resumed(let index): return "\(pump(index)) resumed"
  case .reason(let index, let reason): return "\(pump(index)): \(reason)"
  case .airCounted(let count): return "air counted, \(count) so far"
  case .pulsatileReverted(let index): return "\(pump(index)) back to continuous flow"
  case .doseEnded(let volume): return "dose ended at \(shortNumber(volume.milliliters)) ml"
  case .occlusionTested(let index, let passed, let decay):
    return "\(pump(index)) occlusion test \(passed ? "passed" : "failed"), decay "
      + "\(shortNumber(decay.mmHgPerSecond)) mmHg/s"
  case .tubeConfirmed(let index, let stroke):
    return "\(pump(index)) tube confirmed, \(shortNumber(stroke.millilitersPerRevolution)) ml/rev"
  case .zeroed(let site, let offset):
    return "\(site) zeroed by \(shortNumber(offset.millimetersOfMercury)) mmHg"
  case .adopted(let index, let speed):
    return "\(pump(index)) adopted at \(shortNumber(speed.revolutionsPerMinute)) rpm"
  case .restarted(let kind): return "controller restarted: \(restartText(kind))"
  case .recordRefused(let place, let fault):
    return "record \(place + 1) of the controller before refused: \(recordFaultText(fault))"
  case .selfTested(let item, let outcome): return "self test, \(item): \(outcome)"
  case .causeNamed(let cause): return "common cause: \(cause)"
  case .sensorDoubted(let sensor, let doubt):
    let what = doubt == .none ? "believed again" : "\(doubt)"
    return "\(sensorName(sensor, machine: machine)): \(what)"
  case .overflow(let count): return "\(count) events lost"
  }
}

/// A watched sensor by the name of its site.
public func sensorName(_ sensor: WatchedSensor, machine: MachineConfiguration) -> String {
  if let site = sensor.pressure { return "\(site)" }
  if let site = sensor.flow { return "\(site)" }
  if let site = sensor.temperature { return "\(site)" }
  guard let pump = sensor.motorCurrent else { return "reservoirVolume" }
  guard let role = machine.pumps.element(at: pump)?.role else { return "motor current \(pump)" }
  return "\(role).motorCurrent"
}

/// The names of a checklist's items.
public func checklistText(_ list: Checklist) -> String {
  (0..<ChecklistItem.count).compactMap { raw in
    ChecklistItem(rawValue: UInt8(raw)).flatMap { list.contains($0) ? "\($0)" : nil }
  }.joined(separator: ", ")
}

/// What an event about alarms says; nothing for the others.
func alarmEventText(_ kind: EventKind, machine: MachineConfiguration) -> String? {
  switch kind {
  case .alarmRaised(let alarm, let cause):
    "\(alarmName(alarm)) raised, \(cause.priority ?? alarm.priority): "
      + causeText(alarm, cause, machine: machine)
  case .alarmCleared(let alarm): "\(alarmName(alarm)) cleared: \(alarm.text.state)"
  case .alarmLatched(let alarm):
    "\(alarmName(alarm)) latched, its cause has gone: \(alarm.text.state)"
  case .alarmRose(let alarm, let priority, let cause):
    "\(alarmName(alarm)) rose to \(priority): " + causeText(alarm, cause, machine: machine)
  case .acknowledged(let alarm, let source): "\(alarmName(alarm)) acknowledged by \(source)"
  case .inactivated(let state): "alarm signals: \(spokenInactivation(state))"
  case .inactivationEnded(let state, let why):
    "\(spokenInactivation(state)) ended: \(spokenEnd(why))"
  case .alarmReminder: "alarm reminder"
  case .alarmLimitSet(let alarm, let value):
    "\(alarmName(alarm)) limit set to \(shortNumber(value.millimetersOfMercury)) mmHg"
  case .alarmSwitched(let alarm, let isOn):
    "\(alarmName(alarm)) switched \(isOn ? "on" : "off")"
  case .alarmPresetsRestored: "alarm limits are those of the board file again"
  default: nil
  }
}

/// What is the case, at which pumps, and the condition that was met.
private func causeText(
  _ alarm: AlarmID, _ cause: AlarmCause, machine: MachineConfiguration
) -> String {
  let state = "\(cause.text(of: alarm).state)"
  let found = pumpsText(cause, machine: machine) + (cause.words.map { "\($0)" } ?? "")
  return found.isEmpty ? state : "\(state) (\(found))"
}

/// The pumps of a cause with a colon behind them; nothing for a row of the machine.
private func pumpsText(_ cause: AlarmCause, machine: MachineConfiguration) -> String {
  let pumps = pumpNames(cause, machine: machine)
  return pumps.isEmpty ? "" : pumps.joined(separator: ", ") + ": "
}

/// The pumps of a cause by their roles.
public func pumpNames(_ cause: AlarmCause, machine: MachineConfiguration) -> [String] {
  (0..<8).filter { cause.pumps & (1 << UInt8($0)) != 0 }.map { index in
    machine.pumps.element(at: index).map { "\($0.role)" } ?? "pump \(index)"
  }
}

/// An inactivation of the alarm signals as people call it.
public func spokenInactivation(_ state: AlarmInactivation) -> String {
  switch state {
  case .none: "signals given"
  case .audioPaused: "audio paused"
  case .audioOff: "audio off"
  case .alarmPaused: "alarms paused"
  }
}

private func spokenEnd(_ why: InactivationEnd) -> String {
  switch why {
  case .operatorEnded: "ended by the operator"
  case .timeOver: "time over"
  case .newHighAlarm: "new alarm of high priority"
  case .phase: "not allowed in this phase"
  }
}

/// What a restart came to.
private func restartText(_ kind: StartKind) -> String {
  switch kind {
  case .powerOn: "nothing turned"
  case .adopted: "speeds adopted as measured"
  case .adoptedOtherSpeed: "a speed differs from what was set, the measured one is kept"
  case .adoptedBlind: "no record could be used, everything is kept as measured"
  }
}

/// Why a record was not believed.
private func recordFaultText(_ fault: RecordFault) -> String {
  switch fault {
  case .absent: "there is none"
  case .notARecord: "not a record"
  case .truncated: "cut short"
  case .checksum: "check sum does not hold"
  case .otherVersion: "written by another version of the firmware"
  case .otherBoard: "written for another board image"
  case .malformed: "a field is out of range"
  }
}
