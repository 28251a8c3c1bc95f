extension AlarmCatalogue {
  /// AL-20 to AL-33: flow and pumps.
  static func flowAndPump(_ number: UInt8) -> AlarmEntry {
    switch number {
    case 20:
      AlarmEntry(
        20, "flow low", .high, limit: "70 per cent of set, or 1.8 L/min/m2", after: s(3), .none,
        .limit, suppressed: .arterialStop,
        AlarmText(
          "FLOW LOW", "FLOW LOW - pump keeps running",
          cause: "below 70 per cent of the set flow, or too little for this patient",
          action: "CHECK LINE, CLAMPS AND VENOUS RETURN"))
    case 21:
      AlarmEntry(
        21, "flow zero with command, or for 5 s in full support", .high, limit: "0.3 L/min",
        after: ms(500), .none, .notApplicable,
        AlarmText(
          "NO FORWARD FLOW", "NO FORWARD FLOW - nothing reaches the patient",
          cause: "the flow is below 0.3 L/min",
          action: "LOOK AT THE ARTERIAL CLAMP FIRST, then whether the pump is started"))
    case 22:
      AlarmEntry(
        22, "flow high", .medium, limit: "115 per cent of set, 120 per cent of the pump's most",
        after: s(3), .none, .limit,
        AlarmText(
          "FLOW HIGH", "Flow high", cause: "above 115 per cent of the set flow",
          action: "check the flow probe and the set-point"))
    case 23:
      AlarmEntry(
        23, "backflow", .high, limit: "-0.1 L/min", after: ms(100), .reaction, .never,
        AlarmText(
          "BACKFLOW", "BACKFLOW - blood runs out of the patient",
          cause: "flow backwards through the arterial line",
          action: "CLAMP THE LINE if it is open; raise the speed before opening"))
    case 24:
      AlarmEntry(
        24, "centrifugal speed below the floor", .high, limit: "backflow floor of the head",
        after: ms(200), .none, .notApplicable,
        AlarmText(
          "BELOW SPEED FLOOR", "SPEED BELOW THE BACKFLOW FLOOR",
          cause: "the pump may not hold the arterial pressure", action: "RAISE THE SPEED"))
    case 25:
      AlarmEntry(
        25, "flow and speed disagree", .medium, limit: "15 per cent", after: s(10), .none,
        .limit,
        AlarmText(
          "FLOW/SPEED MISMATCH", "Flow and speed disagree",
          cause: "probe and pump differ by more than 15 per cent",
          action: "check tube size, occlusion and the flow probe"))
    case 26:
      AlarmEntry(
        26, "roller over-speed", .high, limit: "10 per cent and 5 rpm", after: ms(200),
        .reaction, .never,
        AlarmText(
          "OVERSPEED", "OVERSPEED - torque removed", cause: "the rotor ran faster than told",
          action: "USE THE BACKUP PUMP OR THE HAND CRANK"))
    case 27:
      AlarmEntry(
        27, "speed deviation, low", .medium,
        rises: "HIGH when a restarted controller measures another speed than was set",
        limit: "-10 per cent", after: s(1), .none, .never,
        AlarmText(
          "SPEED LOW", "Speed low - pump keeps running", cause: "the rotor is slower than told",
          action: "prepare the backup pump"))
    case 28:
      AlarmEntry(
        28, "jam or stall", .high, limit: "high current at standstill", after: ms(150),
        .reaction, .never,
        AlarmText(
          "PUMP JAMMED", "PUMP JAMMED - it does not turn", cause: "high current at standstill",
          action: "FREE THE RACEWAY or use the backup pump"))
    case 29:
      AlarmEntry(
        29, "wrong direction", .high, limit: "any", after: ms(50), .reaction, .never,
        AlarmText(
          "WRONG DIRECTION", "WRONG DIRECTION - torque removed",
          cause: "the rotor turned backwards",
          action: "CHECK TUBING DIRECTION and the wiring of the drive"))
    case 30:
      AlarmEntry(
        30, "over-current or drive fault", .high, limit: "signal of the drive", after: ms(50),
        .reaction, .never,
        AlarmText(
          "DRIVE FAULT", "DRIVE FAULT - pump may stand",
          cause: "the drive reports a fault, or emergency stop was pressed",
          action: "USE THE BACKUP PUMP OR THE HAND CRANK"))
    case 31:
      AlarmEntry(
        31, "pump head decoupled, or prime lost", .high,
        limit: "current -40 per cent at zero flow", after: ms(500), .signal, .timed,
        AlarmText(
          "PUMP HEAD EMPTY", "PUMP HEAD LOST PRIME OR GRIP",
          cause: "speed without flow at low current",
          action: "CLAMP THE LINE, de-air or re-seat the head"))
    case 32:
      AlarmEntry(
        32, "pump cover open", .medium, limit: "cover switch", after: ms(100), .none, .timed,
        AlarmText(
          "COVER OPEN", "Pump cover open - speed limited, or pump stopped", cause: "cover switch",
          action: "keep fingers away and close the cover; resume the pump if it was stopped"))
    case 33:
      AlarmEntry(
        33, "occlusion test overdue or failed", .medium, limit: "24 h or 3.0 mmHg/s", .signal,
        .never,
        AlarmText(
          "OCCLUSION TEST", "Occlusion test due, failed or lost",
          cause: "test older than 24 h, or a leak was found",
          action: "repeat the occlusion test before bypass"))
    default: unknown(number)
    }
  }
}
