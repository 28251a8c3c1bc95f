extension AlarmCatalogue {
  /// AL-01 to AL-08: air and reservoir level.
  static func airAndLevel(_ number: UInt8) -> AlarmEntry {
    switch number {
    case 1:
      AlarmEntry(
        1, "arterial bubble, gross", .high,
        limit: "0.3 ml in 1/4 in, 0.5 ml in 3/8 in tubing", after: ms(10), .reaction, .timed,
        AlarmText(
          "AIR IN ART. LINE", "AIR IN THE ARTERIAL LINE",
          cause: "air detector before the cannula",
          action: "STOP A PUMP THAT RUNS ON; clamp, find the source, purge, then resume"))
    case 2:
      AlarmEntry(
        2, "arterial bubble sensor fault", .high, limit: "self test failed twice", after: s(1),
        .signal, .notApplicable,
        AlarmText(
          "AIR DETECTOR FAULT", "ARTERIAL AIR DETECTION LOST - pump keeps running",
          cause: "the detector failed its self test twice",
          action: "WATCH THE LINE BY EYE; check coupling gel and cable"))
    case 3:
      AlarmEntry(
        3, "venous bubble", .medium, limit: "1 ml", after: ms(200), .signal, .limit,
        AlarmText(
          "VENOUS AIR", "Air in the venous or cardioplegia line",
          cause: "air detector on that line",
          action: "check the venous cannula and the connections"))
    case 4:
      AlarmEntry(
        4, "microbubble rate", .low, limit: "trend over 10 s", after: s(10), .none, .limit,
        AlarmText(
          "MICROBUBBLES", "Many microbubbles", cause: "bubble trend over ten seconds",
          action: "check purge line, temperature gradient and reservoir level"))
    case 5:
      AlarmEntry(
        5, "reservoir level alert", .medium, limit: "500 ml or 10 s to empty", after: ms(300),
        .none, .limit, suppressed: .prime,
        AlarmText(
          "LEVEL LOW", "Reservoir level low - pump slows",
          cause: "volume at the alert level, or empty within 10 s at this rate",
          action: "open the venous line, give volume or lower the flow"))
    case 6:
      AlarmEntry(
        6, "reservoir level alarm", .high, limit: "300 ml (200 to 600) or 4 s to empty",
        after: ms(200), .reaction, .timed, suppressed: .prime,
        AlarmText(
          "RESERVOIR EMPTY", "RESERVOIR NEARLY EMPTY",
          cause: "volume at the alarm level, or empty within 4 s at this rate",
          action: "RESTORE VENOUS RETURN, stop a pump that runs on; resume above the resume level"))
    case 7:
      AlarmEntry(
        7, "level sensor fault", .medium, rises: "HIGH when no other level sensor works",
        after: s(2), .signal, .notApplicable,
        AlarmText(
          "LEVEL NOT MEASURED", "Reservoir level not measured - pump keeps running",
          cause: "level sensor fault", action: "watch the level by eye; check the sensor"))
    case 8:
      AlarmEntry(
        8, "reservoir over-full", .medium, limit: "90 per cent", after: s(2), .none, .limit,
        AlarmText(
          "RESERVOIR FULL", "Reservoir over-full", cause: "volume above 90 per cent",
          action: "raise the flow or partly occlude the venous line"))
    default: unknown(number)
    }
  }
}
