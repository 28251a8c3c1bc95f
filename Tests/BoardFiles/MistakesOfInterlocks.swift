extension Mistake {
  /// Limits, responses, stop links and the plant.
  static let interlocks: [Mistake] = [
    Mistake(
      "cardioplegia: [arterial]", "arterial: [cardioplegia]",
      """
      81:11: error: pump 'cardioplegia' draws from the arterial line and does not stop with \
      'arterial'; write 'stopLinks: {cardioplegia: [arterial]}'
      125:5: error: the primary pump 'arterial' would stop with another pump; leave its stop \
      links out: nothing but its own hazards stops it
      """),
    Mistake(
      "cardioplegia: [arterial]", "cardioplegia: [arterial]\n    crystalloid: [arterial]",
      """
      126:5: error: pump 'crystalloid' follows 'cardioplegia' and has stop links of its own; \
      leave them out: a follower always stops with its master
      """),
    Mistake(
      "cardioplegia: [arterial]", "cardioplegia: [arterial, crystalloid]",
      """
      125:5: error: the stop links go round in a circle: cardioplegia -> crystalloid -> \
      cardioplegia; take out one of these links
      """),
    Mistake(
      "cardioplegia: [arterial]", "cardioplegia: [arterial, vent]",
      """
      125:30: error: pump 'vent' is not known; write arterial, cardioplegia or crystalloid
      """),
    Mistake(
      "cardioplegia: [arterial]", "cardioplegia: [cardioplegia, arterial]",
      """
      125:20: error: pump 'cardioplegia' stops with itself; name another pump
      """),
    Mistake(
      "  stopLinks:\n    cardioplegia: [arterial]\n", "",
      """
      81:11: error: pump 'cardioplegia' draws from the arterial line and does not stop with \
      'arterial'; write 'stopLinks: {cardioplegia: [arterial]}'
      """),
    Mistake(
      "arterialAir: stopAndClamp", "arterialAir: none",
      """
      122:29: error: the response 'none' to arterialAir of the primary pump 'arterial' is \
      forbidden; write 'arterialAir: hold', 'stop' or 'stopAndClamp' under 'responses: \
      arterial:'
      """),
    Mistake(
      "arterialAir: stopAndClamp", "arterialAir: regulate",
      """
      122:29: error: the response 'regulate' to arterialAir lets the primary pump 'arterial' \
      pump air on; write hold, stop or stopAndClamp
      """),
    Mistake(
      "arterialAir: stopAndClamp, ", "",
      """
      68:11: error: the primary pump 'arterial' has no response to arterialAir; write \
      'arterialAir: hold', 'stop' or 'stopAndClamp' under 'responses: arterial:'
      """),
    Mistake(
      "arterialAir: stopAndClamp", "arterialAir: halt",
      """
      122:29: error: arterialAir 'halt' is not known; the nearest is 'hold'
      """),
    Mistake(
      "levelAlarm: stop", "levelAlarm: alarm",
      """
      122:55: error: an empty reservoir does not stop the primary pump 'arterial'; write \
      'levelAlarm: stop' or 'hold'
      """),
    Mistake(
      "pressureStop: stop}\n    cardioplegia", "pressureStop: none}\n    cardioplegia",
      """
      122:75: error: too high a pressure does not stop the primary pump 'arterial'; write \
      'pressureStop: stop', or 'regulate' for a centrifugal pump
      """),
    Mistake(
      "cardioplegia: {pressureStop: stop}", "crystalloid: {pressureStop: stop}",
      """
      123:33: error: pump 'crystalloid' follows another pump and has a stop link of its own; \
      write it at its master, which it always follows
      """),
    Mistake(
      "cardioplegia: {pressureStop: stop}", "cardioplegia: {pressureStop: stopAndClamp}",
      """
      123:34: error: 'stopAndClamp' to pressureStop of pump 'cardioplegia' would close a clamp \
      that is not in its line; write 'stop': the arterial clamp belongs to the primary pump \
      'arterial'
      """),
    Mistake(
      "arterialAir: stopAndClamp, levelAlarm: stop, pressureStop: stop}",
      "arterialAir: stopAndClamp, venousAir: stop, cardioplegiaAir: stop, portalVeinAir: stop, "
        + "levelAlarm: stop, pressureStop: stop, suction: regulate, backflow: stop}",
      """
      122:29: error: pump 'arterial' is linked to 8 devices, at most 7 are allowed; take out \
      responses or stop links of 'arterial'
      """),
    Mistake(
      "cardioplegia: {pressureStop: stop}", "vent: {suction: stop}",
      """
      123:5: error: responses name the pump 'vent', which is not there; write arterial, \
      cardioplegia or crystalloid
      """),
    Mistake(
      "pressureAlert: 250 mmHg", "pressureAlert: 420 mmHg",
      """
      112:20: error: pressureAlert (420 mmHg) is not below pressureHard (400 mmHg); write \
      pressureAlert below pressureHard
      112:20: error: pressureAlert (420 mmHg) is not below the regulating pressure of \
      'arterial' (300 mmHg); alert before the pump is slowed
      """),
    Mistake(
      "pressureAlert: 250 mmHg", "pressureAlert: 320 mmHg",
      """
      112:20: error: pressureAlert (320 mmHg) is not below the regulating pressure of \
      'arterial' (300 mmHg); alert before the pump is slowed
      """),
    Mistake(
      "suctionAlert: -80 mmHg", "suctionAlert: -50 mmHg",
      """
      114:19: error: suctionAlert (-50 mmHg) is not below suctionRelease (-60 mmHg); write \
      suctionAlert below suctionRelease
      """),
    Mistake(
      "alert: 500 ml\n", "alert: 250 ml\n",
      """
      117:12: error: alarm (300 ml) is not below alert (250 ml); write alarm below alert
      """),
    Mistake(
      "distanceToClamp: 60 cm", "distanceToClamp: 160 cm",
      """
      120:22: error: distanceToClamp (160 cm) is beyond the cannula (150 cm); write \
      distanceToClamp below distanceToCannula
      """),
    Mistake(
      "clamps:\n  arterial:\n    open: {line: clamp, lease: 500 ms}\n", "",
      """
      119:29: error: the response 'stopAndClamp' to arterialAir needs an arterial clamp, and \
      the board has none; write 'stop', or fit 'clamps: arterial:'
      """),
    Mistake(
      "  - {id: arterialClampIsOpen, source: {line: clampOpen}}\n", "",
      """
      106:1: error: the arterial clamp has no position switch 'arterialClampIsOpen'; list it \
      under 'sensors:': AL-34 rests on it
      """),
    Mistake(
      "  - {id: arterialBubble, source: {line: bubble}}\n", "",
      """
      36:1: error: the board has no sensor 'arterialBubble': nothing sees air on its way to \
      the patient (AL-01); list it under 'sensors:'
      """),
    Mistake(
      "  reservoir:\n    alert: 500 ml\n    alarm: 300 ml\n", "",
      """
      110:1: error: a bypass machine has no reservoir; write 'reservoir:' under 'interlocks:'
      """),
    Mistake(
      "alarms:\n  buzzer: {line: buzz, lease: 500 ms}\n  redLamp: {line: red, lease: 500 ms}\n",
      "",
      """
      1:1: error: the board file has no 'alarms'; write the lines of the buzzer and the red \
      lamp
      """),
    Mistake(
      "topology: bypass", "topology: ecmo",
      """
      130:13: error: the topology ecmo is that of a machine of kind ecmo, and the board's \
      kind is bypass; write the same in both places
      """),
    Mistake(
      "topology: bypass", "topology: bypass\n  parameters: {systemicResistance: 12}",
      """
      131:36: error: systemicResistance '12' has no unit; write '12 mmHg/(L/min)' if that is \
      what is meant
      """),
    Mistake(
      "topology: bypass", "topology: bypass\n  pumps: {vent: {leakFirst: 0.1 ml/min/mmHg}}",
      """
      131:11: error: the circuit names the pump 'vent', which is not there; write arterial, \
      cardioplegia or crystalloid
      """),
    Mistake(
      "topology: bypass",
      "topology: bypass\n  parameters: {sytemicResistance: 12 mmHg/(L/min)}",
      """
      131:16: error: parameters of the circuit has the unknown key 'sytemicResistance'; the \
      nearest known key is 'systemicResistance'
      """),
    Mistake(
      "circuit:\n", "service: {maintenance: 30 min}\ncircuit:\n",
      """
      129:24: error: maintenance 30 min is outside 1 h to 1000 d; write a time inside
      """),
    Mistake(
      "circuit:\n", "service: {disinfection: 14 d}\ncircuit:\n",
      """
      129:25: error: disinfection is to be counted, and the board has no water circuit; write \
      heaterCooler, or take disinfection out
      """),
    Mistake(
      "circuit:\n", "service: {maintenence: 500 h}\ncircuit:\n",
      """
      129:11: error: service has the unknown key 'maintenence'; the nearest known key is \
      'maintenance'
      """),
    Mistake(
      "clamps:\n", "heaterCooler:\n  patient:\n    hottest: 43 degC\nclamps:\n",
      """
      107:1: error: the patient water circuit has no sensor 'patientBathTemperature'; list it \
      under 'sensors:'
      107:1: error: the patient water circuit has no sensor 'patientBathFilled'; list it \
      under 'sensors:'
      107:1: error: the patient water circuit has no sensor 'patientWaterFlow'; list it under \
      'sensors:'
      107:1: warning: the patient water circuit has no second temperature sensor to compare \
      with; list 'patientBathTemperatureSecond' under 'sensors:'
      109:5: error: patient water circuit has no 'waterPump'; write the line of its water \
      pump
      109:5: error: patient water circuit has no 'heater'; write the line of its heater relay
      109:5: error: patient water circuit has no 'contactor'; write the line of the contactor \
      before the heater: a welded relay must not be able to heat
      109:14: error: hottest 43 degC is outside 20 degC to 41 degC; write a temperature \
      inside
      """),
  ]
}
