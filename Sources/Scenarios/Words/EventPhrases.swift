import PerfusionCore

extension Phrase {
  /// Takes a condition or an event, whichever the next words say.
  mutating func takeTrigger(_ names: ConditionNames) throws(PhraseMistake) -> Trigger {
    if let event = try takeEvent(names) { return .event(event) }
    if take("alarm") { return try takeAlarm(names) }
    if next?.text == "phase", position + 1 < words.count,
      !["is"].contains(words[position + 1].text)
    {
      position += 1
      let raw = try takeName(SpokenNames.phases, "a phase")
      guard let phase = names.observables["phase"] else { throw mistake("no phase", "") }
      return .condition(
        Condition(
          expression: Expression(first: phase, combination: .alone, second: nil, window: .now),
          comparison: .word(Double(raw))))
    }
    return .condition(try takeCondition(names))
  }

  /// Takes `AL-05 raised`, `AL-05 cleared` (events) or `AL-05` (it is active).
  private mutating func takeAlarm(_ names: ConditionNames) throws(PhraseMistake) -> Trigger {
    let alarm = try takeAlarmID()
    if take("raised") { return .event(try takeRaised(alarm, names)) }
    if take("cleared") { return .event(.alarmCleared(alarm)) }
    if take("rose") { return .event(.alarmRose(alarm)) }
    if take("latched") { return .event(.alarmLatched(alarm)) }
    if take("acknowledged") { return .event(.acknowledged(alarm)) }
    _ = take("active")
    return .condition(try alarmCondition(alarm, isActive: true, names))
  }

  /// Takes `by ROW`, `at PUMP`, both or neither behind `AL-05 raised`.
  private mutating func takeRaised(
    _ alarm: AlarmID, _ names: ConditionNames
  ) throws(PhraseMistake) -> EventPattern {
    var cause = AlarmCause.none
    if take("by") {
      if let word = next, let raw = SpokenNames.pumpRows.rawValue(word.text) {
        position += 1
        cause.row = PumpRow(rawValue: raw).map { AlarmCause($0, pumps: 0).row } ?? 0
      } else {
        let raw = try takeName(SpokenNames.machineRows, "a row of the interlock table")
        cause.row = MachineRow(rawValue: UInt8(clamping: raw)).map { AlarmCause($0).row } ?? 0
      }
    }
    if take("at") { cause.pumps = 1 << UInt8(try takePump(names.pumps)) }
    return cause == .none ? .alarmRaised(alarm) : .alarmRaisedBy(alarm, cause)
  }

  func alarmCondition(
    _ alarm: AlarmID, isActive: Bool, _ names: ConditionNames
  ) throws(PhraseMistake) -> Condition {
    guard let observable = names.observables["alarm." + alarmName(alarm)] else {
      throw mistake("unknown alarm", "write AL-01 to AL-67")
    }
    return Condition(
      expression: Expression(first: observable, combination: .alone, second: nil, window: .now),
      comparison: .word(isActive ? 1 : 0))
  }

  mutating func takeAlarmID() throws(PhraseMistake) -> AlarmID {
    guard let word = next, word.text.hasPrefix("AL-"),
      let number = UInt8(word.text.dropFirst(3)), number >= 1, number <= AlarmID.highest
    else { throw expected("an alarm", "write AL-01 to AL-\(AlarmID.highest)") }
    position += 1
    return AlarmID(number)
  }

  /// Takes an event when the next word begins one.
  private mutating func takeEvent(_ names: ConditionNames) throws(PhraseMistake) -> EventPattern? {
    guard let head = next?.text, Self.eventHeads.contains(head) else { return nil }
    position += 1
    switch head {
    case "accepted": return .accepted
    case "refused": return .refused(try takeRefusal())
    case "limited": return .limited(try takeRefusal())
    case "missing":
      let raw = try takeName(SpokenNames.checklist, "a checklist item")
      return .missing(ChecklistItem(rawValue: UInt8(clamping: raw)))
    case "reached":
      let raw = try takeName(SpokenNames.phases, "a phase")
      return .phase(Phase(rawValue: UInt8(clamping: raw)) ?? .off)
    case "zeroed":
      let raw = try takeName(SpokenNames.pressures, "a pressure site")
      return .zeroed(PressureSite(rawValue: UInt8(clamping: raw)) ?? .arterialLinePressure)
    case "reminder": return .alarmReminder
    case "restarted": return .restarted
    case "signals": return try takeSignals()
    case "air":
      guard take("counted") else { throw expected("\"counted\"", "write \"air counted\"") }
      return .airCounted
    case "dose":
      guard take("ended") else {
        position -= 1
        return nil
      }
      return .doseEnded
    default: return try takePumpEvent(head, names)
    }
  }

  /// Takes `signals audioPaused` (they are kept back) or `signals given newHighAlarm` (again).
  private mutating func takeSignals() throws(PhraseMistake) -> EventPattern {
    guard take("given") else {
      let raw = try takeName(SpokenNames.inactivations, "an inactivation, or \"given\"")
      return .inactivated(AlarmInactivation(rawValue: UInt8(clamping: raw)) ?? .audioPaused)
    }
    guard let word = next, !Self.suffixHeads.contains(word.text) else {
      return .inactivationEnded(nil)
    }
    let raw = try takeName(SpokenNames.inactivationEnds, "a reason")
    return .inactivationEnded(InactivationEnd(rawValue: UInt8(clamping: raw)))
  }

  private mutating func takePumpEvent(
    _ head: String, _ names: ConditionNames
  ) throws(PhraseMistake) -> EventPattern {
    if head == "occlusion", !take("test") {
      throw expected("\"test\"", "write \"occlusion test PUMP passed\"")
    }
    if head == "tube", !take("confirmed") {
      throw expected("\"confirmed\"", "write \"tube confirmed PUMP\"")
    }
    let pump = try takePump(names.pumps)
    switch head {
    case "stopped":
      guard let word = next, let raw = SpokenNames.grades.rawValue(word.text) else {
        return .stopped(pump, nil)
      }
      position += 1
      return .stopped(pump, Grade(rawValue: raw))
    case "resumed": return .resumed(pump)
    case "reason":
      let raw = try takeName(SpokenNames.reasons, "a reason")
      return .reason(pump, CommandReason(rawValue: UInt8(clamping: raw)) ?? .asSet)
    case "reverted": return .pulsatileReverted(pump)
    case "tube": return .tubeConfirmed(pump)
    case "adopted": return .adopted(pump)
    default:
      if take("passed") { return .occlusionTest(pump, passed: true) }
      if take("failed") { return .occlusionTest(pump, passed: false) }
      return .occlusionTest(pump, passed: nil)
    }
  }

  private mutating func takeRefusal() throws(PhraseMistake) -> Refusal? {
    guard let word = next, !Self.suffixHeads.contains(word.text) else { return nil }
    let raw = try takeName(SpokenNames.refusals, "a refusal")
    return Refusal(rawValue: UInt8(clamping: raw))
  }

  static var eventHeads: [String] {
    [
      "accepted", "refused", "limited", "missing", "reached", "zeroed", "air", "dose", "stopped",
      "resumed", "reason", "reverted", "tube", "adopted", "occlusion", "reminder", "signals",
      "restarted",
    ]
  }
  static var suffixHeads: [String] {
    ["within", "for", "not", "while", "to", "in", "from", "until"]
  }
}
