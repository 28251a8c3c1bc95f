/// What must hold before a phase may be entered.
public enum PhaseCondition: UInt8, BitwiseCopyable, Sendable {
  /// Nothing.
  case none
  /// The power-on self test has passed.
  case selfTest
  /// Every checklist item that this machine needs holds.
  case checklist
  /// Flow under 0.3 L/min and the arterial clamp closed, or the operator confirms.
  case flowStopped
  /// No pump turns.
  case pumpsStand
}

/// The state machine of the treatment: which phase may follow which, and what must hold.
public enum PhaseTable {
  /// What must hold to go from one phase to another; nothing when the step does not exist.
  public static func condition(
    from: Phase, to: Phase, kind: MachineKind
  ) -> PhaseCondition? {
    switch (from, to) {
    case (.standby, .setup): .selfTest
    case (.standby, .service), (.service, .standby): .pumpsStand
    case (.setup, .standby), (.postBypass, .standby), (.ready, .standby), (.prime, .standby):
      .pumpsStand
    case (.setup, .prime), (.prime, .setup), (.ready, .prime): PhaseCondition.none
    case (.prime, .ready): .checklist
    case (.prime, .onBypass), (.prime, .partialBypass), (.prime, .ecmo), (.prime, .exVivo):
      serves(to, kind) ? .checklist : nil
    case (.ready, .onBypass), (.ready, .partialBypass), (.ready, .ecmo), (.ready, .exVivo):
      serves(to, kind) ? .checklist : nil
    case (.partialBypass, .onBypass), (.onBypass, .partialBypass), (.onBypass, .wean),
      (.partialBypass, .wean), (.wean, .onBypass), (.wean, .partialBypass), (.ecmo, .wean),
      (.wean, .ecmo):
      serves(to, kind) ? PhaseCondition.none : nil
    case (.onBypass, .circulatoryArrest), (.circulatoryArrest, .onBypass):
      kind == .bypass ? PhaseCondition.none : nil
    case (.onBypass, .postBypass), (.partialBypass, .postBypass), (.wean, .postBypass),
      (.ecmo, .postBypass), (.exVivo, .postBypass), (.circulatoryArrest, .postBypass):
      .flowStopped
    case (.postBypass, .onBypass), (.postBypass, .partialBypass), (.postBypass, .ecmo),
      (.postBypass, .exVivo):
      serves(to, kind) ? .selfTest : nil
    default: nil
    }
  }

  /// A kind of machine knows a phase of support.
  static func serves(_ phase: Phase, _ kind: MachineKind) -> Bool {
    switch phase {
    case .onBypass, .partialBypass, .circulatoryArrest: kind == .bypass
    case .ecmo: kind == .ecmo
    case .exVivo: kind == .organ
    case .wean: kind != .organ
    default: true
    }
  }

  /// Pumps may be started in this phase.
  public static func allowsPumps(_ phase: Phase) -> Bool {
    switch phase {
    case .prime, .ready, .partialBypass, .onBypass, .circulatoryArrest, .wean, .ecmo, .exVivo,
      .postBypass, .service:
      true
    case .off, .post, .standby, .setup, .faultHold: false
    }
  }
}

extension Checklist {
  /// The items that a machine must have before it supports a patient or organ
  /// (docs/domain.md section 6).
  public static func required(for configuration: MachineConfiguration) -> Checklist {
    var items = Checklist.none
    items.set(.selfTest, true)
    items.set(.pressuresZeroed, true)
    items.set(.airFree, true)
    let isRoller = configuration.pumps.element(at: 0)?.kind == .roller
    var hasRoller = false
    for index in configuration.pumps.indices where configuration.pumps[index].kind == .roller {
      hasRoller = true
    }
    items.set(.strokeVolume, hasRoller)
    switch configuration.kind {
    case .bypass:
      items.set(.airDistance, true)
      items.set(.arterialFilter, true)
      items.set(.ventValve, true)
      items.set(.handCrank, true)
      items.set(.backupGas, true)
      items.set(.scavenging, true)
      items.set(.gasExhaust, true)
      items.set(.direction, true)
      items.set(.occlusion, isRoller)
    case .ecmo:
      items.set(.airDistance, true)
      items.set(.handCrank, true)
      items.set(.backupGas, true)
      items.set(.gasExhaust, true)
    case .organ:
      items.set(.backupGas, true)
    }
    items.set(.battery, true)
    return items
  }

  /// The items of `required` that are not in this set.
  public func missing(of required: Checklist) -> Checklist {
    Checklist(bits: required.bits & ~bits)
  }

  /// The operator vouches for this item; the machine verifies the others.
  public static func isOperators(_ item: ChecklistItem) -> Bool {
    switch item {
    case .arterialFilter, .ventValve, .handCrank, .backupGas, .scavenging, .gasExhaust: true
    case .selfTest, .pressuresZeroed, .strokeVolume, .occlusion, .airFree, .airDistance,
      .direction, .battery:
      false
    }
  }
}
