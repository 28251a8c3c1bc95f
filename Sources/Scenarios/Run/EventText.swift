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
  case .alarmRaised(let alarm):
    return "\(alarmName(alarm)) raised, \(alarm.priority): \(alarm.text.state)"
  case .alarmCleared(let alarm): return "\(alarmName(alarm)) cleared: \(alarm.text.state)"
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
  case .overflow(let count): return "\(count) events lost"
  }
}

/// The names of a checklist's items.
public func checklistText(_ list: Checklist) -> String {
  (0..<ChecklistItem.count).compactMap { raw in
    ChecklistItem(rawValue: UInt8(raw)).flatMap { list.contains($0) ? "\($0)" : nil }
  }.joined(separator: ", ")
}
