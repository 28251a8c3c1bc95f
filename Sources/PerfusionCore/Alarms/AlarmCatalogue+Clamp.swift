extension AlarmCatalogue {
  /// AL-34 to AL-42: clamps, cardioplegia and vent.
  static func clampAndCardioplegia(_ number: UInt8) -> AlarmEntry {
    switch number {
    case 34:
      AlarmEntry(
        34, "clamp not at command", .high, limit: "500 ms", after: ms(500), .reaction, .never,
        AlarmText(
          "CLAMP NOT AT COMMAND", "ARTERIAL CLAMP NOT AS COMMANDED",
          cause: "its position switches disagree with the command",
          action: "LOOK AT THE CLAMP; move it by hand to where it must be"))
    case 35:
      AlarmEntry(
        35, "clamp closed with pump running", .high, limit: "1 s", after: s(1), .none,
        .notApplicable,
        AlarmText(
          "CLAMP CLOSED", "ARTERIAL CLAMP CLOSED - pump runs against it",
          cause: "the arterial clamp is closed while the pump turns",
          action: "OPEN CLAMP BY HAND LEVER or stop the pump"))
    case 36:
      AlarmEntry(
        36, "venous occluder deviation", .medium, limit: "10 per cent", after: s(2), .none,
        .limit,
        AlarmText(
          "OCCLUDER OFF", "Venous occluder not at its position",
          cause: "its position sensor deviates", action: "check the venous line by eye"))
    case 37:
      AlarmEntry(
        37, "cardioplegia pressure", .high,
        limit: "antegrade 150 mmHg (at most 280), retrograde 40 mmHg", after: ms(100),
        .reaction, .timed,
        AlarmText(
          "CARDIOPL. PRESSURE", "CARDIOPLEGIA PRESSURE TOO HIGH",
          cause: "line pressure above its limit",
          action: "CHECK THE CANNULA; resume cardioplegia if it was stopped"))
    case 38:
      AlarmEntry(
        38, "cardioplegia dose reached or over", .medium, rises: "HIGH 10 per cent over the dose",
        limit: "1 revolution", .none, .limit,
        AlarmText(
          "DOSE GIVEN", "Cardioplegia dose given - pump stopped",
          cause: "counted volume reached the dose",
          action: "note the time; set the next dose when it is wanted"))
    case 39:
      AlarmEntry(
        39, "cardioplegia ratio error", .high, limit: "5 per cent", after: s(2), .reaction,
        .never,
        AlarmText(
          "RATIO WRONG", "CARDIOPLEGIA RATIO WRONG - pair stopped",
          cause: "volumes of follower and master differ",
          action: "CHECK THE TUBES IN BOTH RACEWAYS, then resume"))
    case 40:
      AlarmEntry(
        40, "cardioplegia without arterial flow", .high, limit: "at once", after: ms(100),
        .reaction, .never,
        AlarmText(
          "NO ARTERIAL FLOW", "CARDIOPLEGIA STOPPED - no arterial flow",
          cause: "the arterial pump does not deliver",
          action: "RESTORE ARTERIAL FLOW, then resume cardioplegia"))
    case 41:
      AlarmEntry(
        41, "ischaemia timer", .low, rises: "MEDIUM after 25 min", limit: "20 min, 25 min",
        .none, .limit,
        AlarmText(
          "ISCHAEMIA TIME", "Ischaemia time", cause: "time since the last cardioplegia dose",
          action: "consider the next dose"))
    case 42:
      AlarmEntry(
        42, "vent pressure", .medium, limit: "-80 mmHg, vent stops at -100 mmHg", after: ms(300),
        .none, .limit,
        AlarmText(
          "VENT SUCTION", "Vent suction too strong - vent stopped",
          cause: "vent line pressure below its limit", action: "free the vent tip, then resume"))
    default: unknown(number)
    }
  }
}
