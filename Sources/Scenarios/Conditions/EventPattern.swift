import PerfusionCore

/// Which events an expectation is about; an associated nil means any.
enum EventPattern: Sendable, Equatable {
  case accepted
  case refused(Refusal?)
  case limited(Refusal?)
  case missing(ChecklistItem?)
  case alarmRaised(AlarmID?)
  /// Raised, or risen, by this row at these pumps; row 0: by any, pumps 0: at any.
  case alarmRaisedBy(AlarmID, AlarmCause)
  case alarmRose(AlarmID?)
  case alarmCleared(AlarmID?)
  case alarmLatched(AlarmID?)
  case acknowledged(AlarmID?)
  case inactivated(AlarmInactivation)
  case inactivationEnded(InactivationEnd?)
  case alarmReminder
  case phase(Phase)
  case stopped(Int, Grade?)
  case resumed(Int)
  case reason(Int, CommandReason)
  case airCounted
  case pulsatileReverted(Int)
  case doseEnded
  case occlusionTest(Int, passed: Bool?)
  case tubeConfirmed(Int)
  case zeroed(PressureSite)
  case adopted(Int)
  case restarted
  case selfTested(SelfTestItem, SelfTestOutcome)

  /// True when the event answers a command, so that only the entry's own commands count.
  var answersCommand: Bool {
    switch self {
    case .accepted, .refused, .limited, .missing: true
    default: false
    }
  }

  /// Whether an event is one of these.
  func matches(_ kind: EventKind) -> Bool {
    switch (self, kind) {
    case (.accepted, .accepted), (.airCounted, .airCounted), (.doseEnded, .doseEnded),
      (.restarted, .restarted),
      (.alarmReminder, .alarmReminder):
      true
    case (.refused(let wanted), .refused(let refusal)): wanted.matches(refusal)
    case (.refused(let wanted), .missing): wanted.matches(.checklistIncomplete)
    case (.limited(let wanted), .limited(let refusal)): wanted.matches(refusal)
    case (.missing(let item), .missing(let list)): item.map { list.contains($0) } ?? true
    case (.alarmRaised(let wanted), .alarmRaised(let alarm, _)): wanted.matches(alarm)
    case (.alarmRaisedBy(let wanted, let why), .alarmRaised(let alarm, let cause)),
      (.alarmRaisedBy(let wanted, let why), .alarmRose(let alarm, _, let cause)):
      wanted == alarm && (why.row == 0 || why.row == cause.row)
        && (why.pumps == 0 || why.pumps & cause.pumps != 0)
    case (.alarmRose(let wanted), .alarmRose(let alarm, _, _)): wanted.matches(alarm)
    case (.alarmCleared(let wanted), .alarmCleared(let alarm)): wanted.matches(alarm)
    case (.alarmLatched(let wanted), .alarmLatched(let alarm)): wanted.matches(alarm)
    case (.acknowledged(let wanted), .acknowledged(let alarm, _)): wanted.matches(alarm)
    case (.inactivated(let wanted), .inactivated(let state)): wanted == state
    case (.inactivationEnded(let wanted), .inactivationEnded(_, let why)): wanted.matches(why)
    case (.phase(let wanted), .phase(_, let to)): wanted == to
    case (.stopped(let pump, let wanted), .interlockStop(let index, let grade)):
      pump == index && wanted.matches(grade)
    case (.resumed(let pump), .resumed(let index)): pump == index
    case (.reason(let pump, let wanted), .reason(let index, let reason)):
      pump == index && wanted == reason
    case (.pulsatileReverted(let pump), .pulsatileReverted(let index)): pump == index
    case (.occlusionTest(let pump, let wanted), .occlusionTested(let index, let passed, _)):
      pump == index && wanted.matches(passed)
    case (.tubeConfirmed(let pump), .tubeConfirmed(let index, _)): pump == index
    case (.zeroed(let wanted), .zeroed(let site, _)): wanted == site
    case (.selfTested(let wanted, let outcome), .selfTested(let item, let seen)):
      wanted == item && outcome == seen
    case (.adopted(let pump), .adopted(let index, _)): pump == index
    default: false
    }
  }
}

extension Optional where Wrapped: Equatable {
  /// Nothing matches everything.
  fileprivate func matches(_ value: Wrapped) -> Bool { self == nil || self == value }
}
