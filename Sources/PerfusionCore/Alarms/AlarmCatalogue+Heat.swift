extension AlarmCatalogue {
  /// AL-43 to AL-50: heat.
  static func heat(_ number: UInt8) -> AlarmEntry {
    switch number {
    case 43:
      AlarmEntry(
        43, "arterial blood temperature high", .medium, rises: "HIGH at 37.5 degC, heater off",
        limit: "37.0 degC, 37.5 degC", after: s(2), .none, .never,
        AlarmText(
          "BLOOD TOO WARM", "Arterial blood too warm - heating held",
          cause: "outlet temperature at or above 37 degC", action: "lower the target"))
    case 44:
      AlarmEntry(
        44, "temperature gradient", .medium, rises: "HIGH above 12 K",
        limit: "10 K, 4 K while rewarming", after: s(5), .none, .never,
        AlarmText(
          "GRADIENT", "Temperature gradient too large - water held",
          cause: "arterial and venous blood differ too much",
          action: "wait for the controller; check the flow"))
    case 45:
      AlarmEntry(
        45, "rewarming rate", .medium, limit: "0.5 K/min over 2 min", after: s(120), .none,
        .limit,
        AlarmText(
          "REWARMING TOO FAST", "Rewarming too fast", cause: "above 0.5 K a minute",
          action: "wait for the controller; check the sensors"))
    case 46:
      AlarmEntry(
        46, "bath high", .high, limit: "41.0 degC, cut at 42 degC", after: s(1), .reaction,
        .never,
        AlarmText(
          "WATER TOO HOT", "WATER TOO HOT - heater off",
          cause: "bath above its limit, or it heats by itself",
          action: "CHECK THE HEATER; cool the bath, then put the circuit in standby"))
    case 47:
      AlarmEntry(
        47, "bath low, ice", .low, limit: "2 degC", after: s(10), .none, .limit,
        AlarmText(
          "WATER NEAR ICE", "Water close to ice", cause: "bath below its limit",
          action: "check the chiller"))
    case 48:
      AlarmEntry(
        48, "water flow or level low", .medium, rises: "HIGH while heating",
        limit: "1 L/min, level switch", after: s(3), .signal, .never,
        AlarmText(
          "WATER LOST", "Water flow or level lost - heater off",
          cause: "flow sensor or level switch",
          action: "check hoses for kinks; refill the tank"))
    case 49:
      AlarmEntry(
        49, "temperature sensor fault or disagreement", .medium,
        rises: "HIGH for the arterial outlet", limit: "0.5 K, 1.0 K", after: s(5), .signal,
        .limit,
        AlarmText(
          "TEMP. SENSOR FAULT", "Temperature sensor fault",
          cause: "sensors disagree or do not follow",
          action: "check the probe; rely on the other one"))
    case 50:
      AlarmEntry(
        50, "cold blood", .medium, limit: "15 degC, or the profile's", after: s(10), .none,
        .limit,
        AlarmText(
          "BLOOD COLD", "Blood cold", cause: "arterial outlet below its limit",
          action: "check the target"))
    default: unknown(number)
    }
  }
}
