public import PerfusionCore

/// An operator action some time after its entry is due: ramps are many of them.
public struct PlannedAction: Sendable {
  /// Seconds after the entry.
  public var after: Double
  /// What is asked.
  public var action: OperatorAction
  /// The operator confirms what needs it.
  public var isConfirmed: Bool

  /// Makes a planned action.
  public init(after: Double = 0, _ action: OperatorAction, isConfirmed: Bool = false) {
    self.after = after
    self.action = action
    self.isConfirmed = isConfirmed
  }
}

extension PlannedAction {
  /// Commands once a second on a straight line from one value to another, the last one at the end.
  static func ramp(
    from start: Double, to end: Double, over seconds: Double,
    _ action: (Double) -> OperatorAction
  ) -> [PlannedAction] {
    let steps = max(1, Int(min(seconds, 86_400).rounded(.up)))
    return (0...steps).map { step in
      let share = Double(step) / Double(steps)
      return PlannedAction(after: seconds * share, action(start + (end - start) * share))
    }
  }
}
