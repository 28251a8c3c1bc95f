/// Steps that need a second word (docs/domain.md 8.4, HZ-13).
///
/// A step is measured from what the pump does now: from its set-point while the mode stays, else from
/// what it is told or delivers. What cannot be known is a big step.
extension Controller {
  /// Largest step that needs no confirmation, as a share of the full scale.
  private static var freeShare: Double { 0.2 }
  /// Largest step of a flow that needs no confirmation.
  private static var freeFlow: Flow { Flow(litersPerMinute: 1) }

  mutating func isBigStep(_ pump: Int, to speed: RotationalSpeed) -> Bool {
    guard isGuarded(pump) else { return false }
    let machine = pumps[pump].configuration
    let present =
      intents[pump].mode == .speed ? intents[pump].setSpeed : status.pumps[pump].commandedSpeed
    let step = (speed - present).magnitude
    if step / machine.maximumSpeed > Self.freeShare { return true }
    return machine.kind == .roller && pumps[pump].tube.strokeVolume * step > Self.freeFlow
  }

  mutating func isBigStep(_ pump: Int, to flow: Flow) -> Bool {
    guard isGuarded(pump) else { return false }
    guard let present = presentFlow(pump) else { return true }
    let step = (flow - present).magnitude
    return step > Self.freeFlow
      || step / pumps[pump].configuration.maximumFlow > Self.freeShare
  }

  mutating func isBigStep(_ pump: Int, to pressure: Pressure) -> Bool {
    guard isGuarded(pump) else { return false }
    let isSet = intents[pump].mode == .pressure
    guard let present = isSet ? intents[pump].setPressure : pumps[pump].outletMean.mean.usable
    else { return true }
    return (pressure - present).magnitude / pumps[pump].configuration.regulatePressure
      > Self.freeShare
  }

  /// The flow that a new one is a step from.
  private mutating func presentFlow(_ pump: Int) -> Flow? {
    if intents[pump].mode == .flow { return intents[pump].setFlow }
    guard pumps[pump].configuration.kind == .roller else { return status.pumps[pump].flow.usable }
    return pumps[pump].tube.strokeVolume * status.pumps[pump].commandedSpeed
  }

  /// The pump runs and somebody depends on it.
  private mutating func isGuarded(_ pump: Int) -> Bool {
    duty().dependsOnMachine && intents[pump].isStarted
  }
}
