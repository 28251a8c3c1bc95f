extension AlarmCatalogue {
  /// AL-09 to AL-19: pressures of the circuit.
  static func pressure(_ number: UInt8) -> AlarmEntry {
    switch number {
    case 9:
      AlarmEntry(
        9, "arterial line pressure alert", .medium, limit: "250 mmHg (150 to 300)",
        after: ms(200), .none, .limit,
        AlarmText(
          "LINE PRESSURE UP", "Arterial line pressure rising", cause: "above the alert limit",
          action: "check cannula position and clamps"))
    case 10:
      AlarmEntry(
        10, "line pressure alarm, pump slows", .high, limit: "300 mmHg (200 to 350)",
        after: ms(50), .none, .timed,
        AlarmText(
          "PRESSURE: SLOWED", "PRESSURE LIMIT - pump slowed",
          cause: "line pressure above the regulating limit",
          action: "LOOK FOR A CLAMP, kink or malposed cannula; resume the pump if it was stopped"))
    case 11:
      AlarmEntry(
        11, "line pressure stop", .high, limit: "350 mmHg, 400 mmHg (at most 450)",
        after: ms(20), .reaction, .never,
        AlarmText(
          "PRESSURE: TOO HIGH", "PRESSURE OVER ITS STOPPING LIMIT",
          cause: "line pressure above the stopping limit",
          action: "OPEN THE LINE; resume the pump if it was stopped"))
    case 12:
      AlarmEntry(
        12, "line pressure low, disconnection", .high,
        limit: "10 mmHg above 1 L/min, or a step of -60 mmHg", after: ms(500), .signal, .limit,
        suppressed: .clampClosedInWean,
        AlarmText(
          "LINE PRESSURE LOST", "LINE PRESSURE LOST - pump keeps running",
          cause: "pressure fell while the pump delivers",
          action: "LOOK FOR A DISCONNECTION or open stopcock; clamp the line if blood is lost"))
    case 13:
      AlarmEntry(
        13, "pre-oxygenator pressure high", .medium, limit: "350 mmHg (250 to 450)",
        after: ms(500), .none, .limit,
        AlarmText(
          "PRE-OXY PRESSURE", "Pre-oxygenator pressure high", cause: "above its limit",
          action: "check the oxygenator and the line after it"))
    case 14:
      AlarmEntry(
        14, "oxygenator pressure drop, trend", .medium,
        limit: "100 mmHg, or resistance 50 per cent above baseline", after: s(10), .none, .limit,
        AlarmText(
          "OXYGENATOR RISING", "Oxygenator resistance rising",
          cause: "pressure drop above baseline",
          action: "check anticoagulation; prepare a change-out"))
    case 15:
      AlarmEntry(
        15, "oxygenator pressure drop, critical", .high,
        limit: "200 mmHg, or resistance 150 per cent above baseline", after: s(5), .signal,
        .limit,
        AlarmText(
          "OXYGENATOR BLOCKED", "OXYGENATOR BLOCKED - pump keeps running",
          cause: "pressure drop critical", action: "CHANGE THE OXYGENATOR"))
    case 16:
      AlarmEntry(
        16, "pump inlet suction alert", .medium, limit: "-80 mmHg (-50 to -150)", after: s(1),
        .none, .limit,
        AlarmText(
          "INLET SUCTION", "Pump inlet suction - pump slows",
          cause: "inlet pressure below its limit",
          action: "lower the speed or give volume; look for a kinked venous line"))
    case 17:
      AlarmEntry(
        17, "pump inlet suction critical", .high, limit: "-150 mmHg (-100 to -300)",
        after: ms(300), .none, .limit,
        AlarmText(
          "SUCTION CRITICAL", "PUMP INLET SUCTION CRITICAL - pump slows",
          cause: "inlet pressure far below its limit",
          action: "LOWER THE SPEED, release the venous line"))
    case 18:
      AlarmEntry(
        18, "reservoir vacuum excess", .high, limit: "-60 mmHg", after: ms(500), .none, .never,
        AlarmText(
          "VACUUM TOO STRONG", "RESERVOIR VACUUM TOO STRONG",
          cause: "gas pressure below its limit", action: "OPEN THE VENT OF THE RESERVOIR"))
    case 19:
      AlarmEntry(
        19, "reservoir pressure positive", .high, limit: "+10 mmHg", after: ms(300), .signal,
        .never,
        AlarmText(
          "RESERVOIR PRESSURE", "RESERVOIR UNDER PRESSURE - suckers stopped",
          cause: "gas pressure above ambient",
          action: "OPEN THE VENT OF THE RESERVOIR, then resume the suckers"))
    default: unknown(number)
    }
  }
}
