extension AlarmCatalogue {
  /// AL-51 to AL-67: supply, controller, upkeep.
  static func machine(_ number: UInt8) -> AlarmEntry {
    number <= 59 ? supplyAndController(number) : upkeep(number)
  }

  private static func supplyAndController(_ number: UInt8) -> AlarmEntry {
    switch number {
    case 51:
      AlarmEntry(
        51, "mains lost", .medium, after: ms(20), .none, .never,
        AlarmText(
          "ON BATTERY", "Mains lost - running on battery", cause: "no mains voltage",
          action: "restore mains; watch the battery's time"))
    case 52:
      AlarmEntry(
        52, "battery low or critical", .medium, rises: "HIGH under 15 min",
        limit: "30 min, 15 min, 5 min", after: s(1), .signal, .never,
        AlarmText(
          "BATTERY LOW", "Battery low", cause: "less than 30 minutes at this load",
          action: "RESTORE MAINS; have the hand crank ready"))
    case 53:
      AlarmEntry(
        53, "battery fault or not charging", .low, rises: "MEDIUM when it cannot carry the load",
        after: s(10), .none, .never,
        AlarmText(
          "BATTERY FAULT", "Battery does not charge", cause: "charge current missing on mains",
          action: "have the battery serviced"))
    case 54:
      AlarmEntry(
        54, "controller lost, seen by its supervisor", .high, limit: "200 ms", after: ms(200),
        .signal, .never,
        AlarmText(
          "SUPERVISION LOST", "CONTROLLER SUPERVISION LOST - pumps keep running",
          cause: "the window watchdog is not content",
          action: "WATCH THE PUMPS BY EYE; use the local knobs"))
    case 55:
      AlarmEntry(
        55, "display lost", .medium, rises: "HIGH after 10 s", limit: "1 s", .signal, .never,
        AlarmText(
          "DISPLAY LOST", "Display lost - pumps keep running", cause: "no display answers",
          action: "use the local controls"))
    case 56:
      AlarmEntry(
        56, "I2C bus fault", .medium, rises: "HIGH for a safety sensor", limit: "3 in 1 s",
        .signal, .never,
        AlarmText(
          "SENSOR BUS FAULT", "Sensor lost or not believed - pumps keep running",
          cause: "a sensor cannot be read, stands still, or others contradict it",
          action: "go by the other measures and by eye; have sensor and wiring checked"))
    case 57:
      AlarmEntry(
        57, "loop overrun", .low, rises: "MEDIUM above 10 a second", limit: "2 in a row", .none,
        .never,
        AlarmText(
          "CONTROL LATE", "Control cycle late", cause: "the loop overran",
          action: "have the controller checked after the case"))
    case 58:
      AlarmEntry(
        58, "configuration or check sum error", .high, .signal, .never,
        AlarmText(
          "CONFIGURATION BAD", "CONFIGURATION CORRUPT - start is blocked",
          cause: "its check sum is wrong", action: "DO NOT USE THE MACHINE; load the board again"))
    case 59:
      AlarmEntry(
        59, "safe torque off not as commanded", .high, .reaction, .never,
        AlarmText(
          "TORQUE-OFF FAULT", "SAFE TORQUE OFF NOT CONFIRMED",
          cause: "its feedback disagrees with the command", action: "DO NOT USE THIS PUMP"))
    default: unknown(number)
    }
  }

  private static func upkeep(_ number: UInt8) -> AlarmEntry {
    switch number {
    case 60:
      AlarmEntry(
        60, "watchdog test overdue", .medium, limit: "24 h since power-on", .signal, .never,
        AlarmText(
          "WATCHDOG TEST DUE", "Watchdog test due", cause: "not tested since 24 hours",
          action: "restart before the next case"))
    case 61:
      AlarmEntry(
        61, "electronics too hot", .medium, rises: "HIGH at 85 degC",
        limit: "75 degC, 85 degC", after: s(10), .none, .never,
        AlarmText(
          "CONTROLLER HOT", "Controller hot - pumps keep running",
          cause: "temperature of the electronics", action: "clear the vents of the housing"))
    case 62:
      AlarmEntry(
        62, "override active", .low, limit: "reminder every 30 s", .none, .notApplicable,
        AlarmText(
          "OVERRIDE ACTIVE", "Override active", cause: "an interlock is overridden",
          action: "end the override when it is no longer needed"))
    case 63:
      AlarmEntry(
        63, "sensor zero overdue", .low, .none, .limit,
        AlarmText(
          "ZERO DUE", "Pressure zero due", cause: "transducers were not zeroed",
          action: "zero before bypass"))
    case 64:
      AlarmEntry(
        64, "hand crank detected", .medium, limit: "rotor moves, drive off", after: ms(300),
        .none, .notApplicable,
        AlarmText(
          "HAND CRANK", "Hand crank seen - drive is off",
          cause: "the rotor moves with the drive off",
          action: "crank in the direction of the arrow; watch flow and level"))
    case 65:
      AlarmEntry(
        65, "pulse-mode pressure peak", .medium, limit: "350 mmHg peak, 1 beat", .none, .limit,
        AlarmText(
          "PULSE PEAK", "Pulse peak pressure - flow is continuous now",
          cause: "peak above its limit", action: "lower the amplitude of the pulse"))
    case 66:
      AlarmEntry(
        66, "maintenance or disinfection overdue", .low, .none, .never,
        AlarmText(
          "SERVICE DUE", "Maintenance or disinfection due", cause: "service interval is over",
          action: "plan the service"))
    case 67:
      AlarmEntry(
        67, "log storage failing", .low, .none, .never,
        AlarmText(
          "LOG NOT WRITTEN", "Recording fails", cause: "storage is full, slow or broken",
          action: "free storage after the case"))
    default: unknown(number)
    }
  }
}
