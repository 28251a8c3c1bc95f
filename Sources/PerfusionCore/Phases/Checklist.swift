extension Checklist {
  /// The items that a machine must have before it supports a patient or organ
  /// (docs/domain.md section 6).
  public static func required(for configuration: MachineConfiguration) -> Checklist {
    var items = Checklist.none
    items.set(.selfTest, true)
    items.set(.signalsHeard, true)
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

  /// The items that hold for the machine, whatever circuit is built on it.
  static var ofMachine: Checklist {
    var items = Checklist.none
    items.set(.selfTest, true)
    items.set(.signalsHeard, true)
    items.set(.airDistance, true)
    items.set(.battery, true)
    return items
  }

  /// The operator vouches for this item; the machine verifies the others.
  public static func isOperators(_ item: ChecklistItem) -> Bool {
    switch item {
    case .arterialFilter, .ventValve, .handCrank, .backupGas, .scavenging, .gasExhaust,
      .signalsHeard:
      true
    case .selfTest, .pressuresZeroed, .strokeVolume, .occlusion, .airFree, .airDistance,
      .direction, .battery:
      false
    }
  }
}
