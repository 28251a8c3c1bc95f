/// What a screen says about an alarm: state, cause, next action (docs/domain.md section 9).
public struct AlarmText: Sendable {
  /// What is the case now.
  public var state: StaticString
  /// Why.
  public var cause: StaticString
  /// What to do next.
  public var action: StaticString

  init(_ state: StaticString, _ cause: StaticString, _ action: StaticString) {
    self.state = state
    self.cause = cause
    self.action = action
  }
}

extension AlarmID {
  /// The words of the alarm. An unknown number reads as such.
  public var text: AlarmText {
    switch number {
    case 1:
      AlarmText(
        "Air in the arterial line", "air detector before the cannula",
        "keep the line clamped, find the source, purge through recirculation, then resume the pump")
    case 2:
      AlarmText(
        "Arterial air detection unavailable", "the detector failed its self test twice",
        "check coupling gel and cable; watch the line by eye until it is back")
    case 3:
      AlarmText(
        "Air in the venous or cardioplegia line", "air detector on that line",
        "check the venous cannula and connections")
    case 4:
      AlarmText(
        "Many microbubbles", "bubble trend over ten seconds",
        "check purge line, temperature gradient and reservoir level")
    case 5:
      AlarmText(
        "Reservoir level low", "volume at the alert level, or empty within 10 s at this rate",
        "open the venous line, give volume or lower the flow")
    case 6:
      AlarmText(
        "Reservoir nearly empty", "volume at the alarm level, or empty within 4 s at this rate",
        "restore venous return, then resume the pump above the resume level")
    case 7:
      AlarmText(
        "Reservoir level not measured", "level sensor fault",
        "watch the level by eye; check the sensor")
    case 8:
      AlarmText(
        "Reservoir over-full", "volume above 90 per cent",
        "raise the flow or partly occlude the venous line")
    case 9:
      AlarmText(
        "Arterial line pressure rising", "above the alert limit",
        "check cannula position and clamps")
    case 10:
      AlarmText(
        "Pressure limit: pump slowed", "line pressure above the regulating limit",
        "look for a clamp, kink or malposed cannula")
    case 11:
      AlarmText(
        "Pressure limit: pump stopped", "line pressure above the stopping limit",
        "open the line, then resume the pump")
    case 12:
      AlarmText(
        "Line pressure lost", "pressure fell while the pump delivers",
        "look for a disconnection or open stopcock; clamp the line if blood is lost")
    case 13:
      AlarmText(
        "Pre-oxygenator pressure high", "above its limit",
        "check the oxygenator and the line after it")
    case 14:
      AlarmText(
        "Oxygenator resistance rising", "pressure drop above baseline",
        "check anticoagulation; prepare a change-out")
    case 15:
      AlarmText(
        "Oxygenator blocked", "pressure drop critical",
        "change the oxygenator")
    case 16:
      AlarmText(
        "Pump inlet suction", "inlet pressure below its limit",
        "lower the speed or give volume; look for a kinked venous line")
    case 17:
      AlarmText(
        "Pump inlet suction critical", "inlet pressure far below its limit",
        "lower the speed, release the venous line")
    case 18:
      AlarmText(
        "Reservoir vacuum too strong", "gas pressure below its limit",
        "open the vent of the reservoir")
    case 19:
      AlarmText(
        "Reservoir under pressure", "gas pressure above ambient",
        "open the vent and stop suckers")
    case 20:
      AlarmText(
        "Flow low", "below 70 per cent of the set flow",
        "check line, clamps and venous return")
    case 21:
      AlarmText(
        "NO FORWARD FLOW", "the pump is told to run and nothing flows",
        "look at the arterial clamp first, then the line and the pump head")
    case 22:
      AlarmText(
        "Flow high", "above 115 per cent of the set flow",
        "check the flow probe and the set-point")
    case 23:
      AlarmText(
        "BACKFLOW", "blood runs out of the patient",
        "keep the clamp closed; raise the speed before opening")
    case 24:
      AlarmText(
        "Speed below the backflow floor", "the pump may not hold the arterial pressure",
        "raise the speed")
    case 25:
      AlarmText(
        "Flow and speed disagree", "probe and pump differ by more than 15 per cent",
        "check tube size, occlusion and the flow probe")
    case 26:
      AlarmText(
        "OVERSPEED: power removed", "the rotor ran faster than told",
        "use the backup pump or the hand crank")
    case 27:
      AlarmText(
        "Speed low", "the rotor is slower than told",
        "prepare the backup pump")
    case 28:
      AlarmText(
        "Pump jammed", "high current at standstill",
        "free the raceway or use the backup pump")
    case 29:
      AlarmText(
        "WRONG DIRECTION: power removed", "the rotor turned backwards",
        "check tubing direction and drive wiring")
    case 30:
      AlarmText(
        "Drive fault", "the drive reports a fault or emergency stop was pressed",
        "use the backup pump or the hand crank")
    case 31:
      AlarmText(
        "Pump head lost prime or grip", "speed without flow and low current",
        "clamp the line, de-air or re-seat the head")
    case 32:
      AlarmText(
        "Pump cover open", "cover switch",
        "close the cover; keep fingers away")
    case 33:
      AlarmText(
        "Occlusion test due, failed or lost", "test older than 24 h or leak found",
        "repeat the occlusion test before bypass")
    case 34:
      AlarmText(
        "ARTERIAL CLAMP NOT AS COMMANDED", "its position switch disagrees",
        "open the clamp by its hand lever if flow is needed")
    case 35:
      AlarmText(
        "CLAMP CLOSED - pump running", "the arterial clamp is closed while the pump turns",
        "open the clamp by its hand lever or stop the pump")
    case 36:
      AlarmText(
        "Venous occluder not at its position", "position sensor deviates",
        "check the venous line by eye")
    case 37:
      AlarmText(
        "Cardioplegia pressure: stopped", "line pressure above its limit",
        "check the cannula; then resume cardioplegia")
    case 38:
      AlarmText(
        "Cardioplegia dose given", "counted volume reached the dose",
        "none; the pump has stopped")
    case 39:
      AlarmText(
        "Cardioplegia ratio wrong: pair stopped", "follower and master volumes differ",
        "check tubes in both raceways, then resume")
    case 40:
      AlarmText(
        "Cardioplegia without arterial flow", "the arterial pump does not deliver",
        "restore arterial flow, then resume cardioplegia")
    case 41:
      AlarmText(
        "Ischaemia time", "time since the last cardioplegia dose",
        "consider the next dose")
    case 42:
      AlarmText(
        "Vent suction too strong: stopped", "vent line pressure below its limit",
        "free the vent tip, then resume")
    case 43:
      AlarmText(
        "Arterial blood too warm", "outlet temperature above 37 degC",
        "heating is held; lower the target")
    case 44:
      AlarmText(
        "Temperature gradient too large", "arterial and venous blood differ too much",
        "wait for the controller; check flow")
    case 45:
      AlarmText(
        "Rewarming too fast", "above 0.5 K a minute",
        "wait for the controller; check sensors")
    case 46:
      AlarmText(
        "Water too hot: heater off", "bath above its limit or heating by itself",
        "check the heater; cool the bath")
    case 47:
      AlarmText(
        "Water close to ice", "bath below its limit",
        "check the chiller")
    case 48:
      AlarmText(
        "Water flow or level lost", "flow sensor or level switch",
        "check hoses for kinks; refill the tank")
    case 49:
      AlarmText(
        "Temperature sensor fault", "sensors disagree or do not follow",
        "check the probe; rely on the other one")
    case 50:
      AlarmText(
        "Blood cold", "arterial outlet below its limit",
        "check the target")
    case 51:
      AlarmText(
        "Mains lost", "running on battery",
        "restore mains")
    case 52:
      AlarmText(
        "Battery low", "less than 30 minutes at this load",
        "restore mains; have the hand crank ready")
    case 53:
      AlarmText(
        "Battery does not charge", "charge current missing on mains",
        "have the battery serviced")
    case 54:
      AlarmText(
        "Controller supervision lost", "the window watchdog is not content",
        "watch pumps by eye; use local knobs")
    case 55:
      AlarmText(
        "Display lost", "no display client",
        "use local controls")
    case 56:
      AlarmText(
        "Sensor bus fault", "a safety sensor cannot be read",
        "watch that quantity by eye; have the wiring checked")
    case 57:
      AlarmText(
        "Control cycle late", "the loop overran",
        "have the controller checked after the case")
    case 58:
      AlarmText(
        "Configuration corrupt", "check sum wrong",
        "do not use the machine")
    case 59:
      AlarmText(
        "Safe torque off not confirmed", "feedback disagrees",
        "do not use this pump")
    case 60:
      AlarmText(
        "Watchdog test due", "not tested since power-on",
        "restart before the next case")
    case 61:
      AlarmText(
        "Controller hot", "electronics temperature",
        "clear the vents")
    case 62:
      AlarmText(
        "Override active", "an interlock is overridden",
        "end the override when it is no longer needed")
    case 63:
      AlarmText(
        "Pressure zero due", "transducers were not zeroed",
        "zero before bypass")
    case 64:
      AlarmText(
        "Hand crank seen", "the rotor moves with the drive off",
        "none")
    case 65:
      AlarmText(
        "Pulse peak pressure: continuous flow", "peak above its limit",
        "lower the pulse amplitude")
    case 66:
      AlarmText(
        "Maintenance or disinfection due", "service timer",
        "plan the service")
    case 67:
      AlarmText(
        "Recording fails", "storage full or slow",
        "free storage after the case")
    default: AlarmText("Unknown alarm", "number outside the catalogue", "report it")
    }
  }
}
