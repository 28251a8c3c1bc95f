// Words of a row, where those of its alarm would tell a wrong state, a wrong cause or a wrong act.

extension AlarmCause {
  /// What a screen says about an alarm when this is its cause: the row's own words, else the alarm's.
  public func text(of alarm: AlarmID) -> AlarmText {
    ownText ?? alarm.text
  }
  /// The row says it in words of its own.
  public var hasOwnText: Bool { ownText != nil }

  private var ownText: AlarmText? { machineRow?.text ?? pumpRow?.text }
}

extension MachineRow {
  /// Words of the row; nothing when those of its alarm say it.
  var text: AlarmText? { bloodText ?? controllerText }

  private var bloodText: AlarmText? {
    switch self {
    case .massiveAir:
      AlarmText(
        "MASSIVE AIR", "MASSIVE AIR IN THE ARTERIAL LINE",
        cause: "the arterial detector has read air for a second",
        action: "ISOLATE THE PATIENT, or keep the line clamped and purge")
    case .portalVeinAir:
      AlarmText(
        "PORTAL VEIN AIR", "AIR IN THE PORTAL VEIN LINE",
        cause: "air detector before the portal vein",
        action: "KEEP THE LINE CLAMPED, find the source, purge, then resume")
    case .flowExcess:
      AlarmText(
        "FLOW TOO HIGH", "Flow over the most of this pump - speed held",
        cause: "flow above 120 per cent of the pump's largest",
        action: "lower the flow; check the flow probe")
    case .isolation:
      AlarmText(
        "PATIENT ISOLATED", "PATIENT ISOLATED - pump stopped, lines closed",
        cause: "the operator isolated the patient",
        action: "MEND THE CAUSE: no blood flows; then resume the pump")
    case .isolationVent:
      AlarmText(
        "VENTS STOPPED", "VENTS STOPPED - the patient is isolated",
        cause: "the operator isolated the patient",
        action: "KEEP VENTS OFF until the pump runs again, then resume them")
    case .volumeBalance:
      AlarmText(
        "LEVEL AND FLOW", "Reservoir level and flows disagree",
        cause: "the level changes otherwise than its flows do",
        action: "look for a leak or a loss; watch the level by eye")
    case .probeReversed:
      AlarmText(
        "PROBE REVERSED", "Flow probe reads backwards",
        cause: "it reads backwards while the pump turns forwards",
        action: "turn the flow probe round")
    case .flowProbe:
      AlarmText(
        "FLOW NOT BELIEVED", "Flow probe not believed", cause: "other measures contradict it",
        action: "check the probe; go by the speed of the pump")
    case .clampNotOpen:
      AlarmText(
        "CLAMP NOT OPEN", "CLAMP CLOSED - OPEN BY HAND",
        cause: "told to open, and its switches say closed",
        action: "OPEN THE CLAMP BY ITS HAND LEVER")
    case .clampUncertain:
      AlarmText(
        "CLAMP NOT SEEN", "CLAMP POSITION NOT KNOWN - go by the flow",
        cause: "told to open, and one of its switches denies it",
        action: "LOOK AT CLAMP AND FLOW; check the wires of its switches")
    case .clampNotClosed:
      AlarmText(
        "CLAMP NOT CLOSED", "CLAMP DOES NOT CLOSE - CLAMP BY HAND",
        cause: "told to close, and no switch says closed",
        action: "CLAMP THE ARTERIAL LINE BY HAND; do not open it for this alarm")
    case .doseOver:
      AlarmText(
        "DOSE OVERRUN", "CARDIOPLEGIA OVER ITS DOSE - not stopped in time",
        cause: "the counted volume is 10 per cent over the dose",
        action: "STOP A CARDIOPLEGIA PUMP THAT TURNS; count the volume by eye")
    case .waterLeak:
      AlarmText(
        "WATER LEAK", "WATER MAY LEAK INTO THE BLOOD - water stopped",
        cause: "the reservoir rises while the patient's tank loses its water",
        action: "KEEP THE WATER OFF; change the oxygenator")
    default: nil
    }
  }

  private var controllerText: AlarmText? {
    switch self {
    case .batteryCritical:
      AlarmText(
        "BATTERY 15 MIN", "BATTERY UNDER 15 MINUTES",
        cause: "less than 15 minutes at this load, or its voltage is that of an empty one",
        action: "RESTORE MAINS NOW; get the hand crank")
    case .batteryEmpty:
      AlarmText(
        "BATTERY 5 MIN", "BATTERY UNDER 5 MINUTES - CRANK",
        cause: "less than 5 minutes at this load",
        action: "PUT THE HAND CRANK ON NOW; restore mains")
    case .emergencyStop:
      AlarmText(
        "EMERGENCY STOP", "EMERGENCY STOP PRESSED - torque removed",
        cause: "both contacts of the button say so",
        action: "USE THE HAND CRANK, or release the button and resume")
    case .emergencyStopContacts:
      AlarmText(
        "STOP BUTTON FAULT", "EMERGENCY STOP UNCERTAIN - torque may be off",
        cause: "the two contacts of the button disagree",
        action: "LOOK AT THE PUMPS: CRANK THOSE THAT STAND; do not rely on the button")
    case .pressureSensor:
      AlarmText(
        "NO LINE PRESSURE", "LINE PRESSURE NOT MEASURED - pump keeps running",
        cause: "its transducer cannot be used",
        action: "GO BY ANOTHER GAUGE; check transducer and cable")
    case .memoryFault:
      AlarmText(
        "MEMORY FAULT", "MEMORY FAULT - start is blocked",
        cause: "a safety limit or a latch differs from its copy",
        action: "DO NOT RELY ON STOPS; change the machine when it can be done")
    case .clockDisagrees:
      AlarmText(
        "CLOCKS DISAGREE", "Clocks disagree - times may be wrong",
        cause: "two clocks differ by more than 0.5 per cent",
        action: "time doses by another clock; have the controller checked")
    case .adoptedOtherSpeed:
      AlarmText(
        "SPEED NOT AS SET", "SPEED NOT AS SET - the measured one is kept",
        cause: "a restarted controller found the rotor faster or slower than set",
        action: "CHECK THE FLOW, then set the speed anew")
    case .controllerRestarted:
      AlarmText(
        "CONTROL RESTARTED", "CONTROLLER RESTARTED - pumps keep running",
        cause: "it began anew while somebody may be connected",
        action: "CHECK SPEED, FLOW AND CLAMP against what was set, then reset")
    default: nil
    }
  }
}

extension PumpRow {
  /// Words of the row; nothing when those of its alarm say it.
  var text: AlarmText? {
    switch self {
    case .slip:
      AlarmText(
        "ROTOR SLIPS", "Rotor does not follow - pump keeps running",
        cause: "the drive is alive and the rotor does not turn as told",
        action: "look at the pump head; prepare the backup pump")
    case .airNotStopped:
      AlarmText(
        "AIR, PUMP RUNS ON", "AIR AND THE PUMP RUNS ON - torque removed",
        cause: "it was told to stop and does not slow, or cannot be read",
        action: "CLAMP THE ARTERIAL LINE BY HAND")
    case .pressureNotFalling:
      AlarmText(
        "PRESSURE STAYS UP", "PRESSURE DOES NOT FALL - torque removed",
        cause: "the pump was told to stop and the line pressure stays above the hard limit",
        action: "OPEN THE LINE; use the backup pump or the hand crank")
    case .noTube:
      AlarmText(
        "NO TUBE IN PUMP", "NO TUBE IN THE PUMP, OR NOT OCCLUDED",
        cause: "its current is under half of typical",
        action: "LOOK INTO THE RACEWAY: tube and occlusion")
    case .ventAlert:
      AlarmText(
        "VENT SUCTION UP", "Vent suction strong - vent runs on",
        cause: "vent line pressure at four fifths of what stops the vent",
        action: "lower the speed of the vent or free its tip")
    case .zeroFlowLong:
      AlarmText(
        "NO FLOW FOR 30 SEC.", "NO FLOW FOR 30 SECONDS - balanced behind the clamp",
        cause: "the pump holds zero flow behind the closed clamp",
        action: "END THE CAUSE and resume the pump")
    case .zeroFlowVeryLong:
      AlarmText(
        "NO FLOW FOR 2 MIN.", "NO FLOW FOR 2 MINUTES - balanced behind the clamp",
        cause: "the pump holds zero flow behind the closed clamp",
        action: "RESTORE FLOW NOW: resume, backup pump or hand crank")
    case .rotorSensor:
      AlarmText(
        "ROTOR NOT MEASURED", "ROTOR NOT MEASURED - speed is held",
        cause: "the rotor sensor cannot be used",
        action: "WATCH THE PUMP BY EYE; go by flow and pressure")
    case .overOcclusion:
      AlarmText(
        "OCCLUSION TIGHT", "Occlusion too tight",
        cause: "its current is 30 per cent over what the tube asks for",
        action: "set the occlusion anew at the next chance")
    default: nil
    }
  }
}
