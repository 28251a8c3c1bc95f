extension Mistake {
  /// Sensors and their conversions.
  static let sensors: [Mistake] = [
    Mistake(
      "id: arterialFlow", "id: arterialFlo",
      """
      46:9: error: sensor 'arterialFlo' is not known; the nearest is 'arterialFlow'
      """),
    Mistake(
      "id: venousBloodTemperature", "id: arterialBloodTemperature",
      """
      54:9: error: sensor 'arterialBloodTemperature' is there already in line 50; write each \
      site once
      """),
    Mistake(
      "    source: {chip: probe, channel: 0}\n", "",
      """
      54:5: error: sensor has no 'source'; write where venousBloodTemperature is picked up: \
      '{chip: ..., channel: ...}' or '{line: ...}'
      """),
    Mistake(
      "source: {chip: probe, channel: 0}", "source: {chip: adc, channel: 2}",
      """
      55:34: error: channel 2 of 'adc' is that of arterialBloodTemperature already; give \
      venousBloodTemperature its own
      55:34: error: venousBloodTemperature is a temperature and its channel gives V; write \
      'calibration: {0 V: 0 degC, ...}' with two points
      """),
    Mistake(
      "source: {chip: adc, channel: 1}", "source: {chip: adc, channel: 3}",
      """
      47:34: error: chip 'adc' does not convert channel 3; add 3 to its 'channels'
      """),
    Mistake(
      "source: {chip: adc, channel: 1}", "source: {chip: adc}",
      """
      47:13: error: arterialFlow has no channel; write a channel from 0 to 3
      """),
    Mistake(
      "source: {chip: adc, channel: 1}", "source: {chip: dac, channel: 1}",
      """
      47:20: error: chip 'dac' is an MCP4728, which has no input channel; name another chip
      """),
    Mistake(
      "source: {chip: adc, channel: 1}", "source: {chip: adc, channel: 4}",
      """
      47:34: error: channel 4 is outside 0 to 3; write a number inside
      """),
    Mistake(
      "source: {chip: adc, channel: 1}", "source: {chip: adc, channel: 1, line: mains}",
      """
      47:43: error: arterialFlow has both a chip and a line; keep one of them
      """),
    Mistake(
      "source: {line: mains}", "source: {chip: adc, channel: 1}",
      """
      66:50: error: channel 1 of 'adc' is that of arterialFlow already; give mainsGood its \
      own
      66:50: error: mainsGood is a two-state input and channel is a number; name a line
      """),
    Mistake(
      "    calibration: {0 V: 0 L/min, 4 V: 10 L/min}\n", "",
      """
      47:34: error: arterialFlow is a flow and its channel gives V; write 'calibration: {0 V: \
      0 L/min, ...}' with two points
      """),
    Mistake(
      "{0 V: 0 L/min, 4 V: 10 L/min}", "{0 V: 0 L/min}",
      """
      48:18: error: calibration lists one point; write two, for example '{0 V: 0 L/min, 1 V: \
      10 L/min}'
      """),
    Mistake(
      "{0 V: 0 L/min, 4 V: 10 L/min}", "{0 V: 0 L/min, 4: 10 L/min}",
      """
      48:33: error: calibration point '4' has no unit; write '4 V' if that is what is meant
      """),
    Mistake(
      "{0 V: 0 L/min, 4 V: 10 L/min}", "{0 V: 0 mmHg, 4 V: 10 L/min}",
      """
      48:24: error: calibration value '0 mmHg' has the unit 'mmHg', which is no unit of flow; \
      write L/min, ml/min or ml/s
      """),
    Mistake(
      "{0 V: 0 L/min, 4 V: 10 L/min}", "{1 V: 0 L/min, 1000 mV: 10 L/min}",
      """
      48:18: error: the two calibration points give no slope; write two different points
      """),
    Mistake(
      "range: [0 L/min, 10 L/min]", "range: [10 L/min, 0 L/min]",
      """
      49:12: error: range runs from 10 L/min to 0 L/min: the wrong way round; write the lower \
      bound first
      """),
    Mistake(
      "range: [0 L/min, 10 L/min]", "range: [0 L/min, 20 L/min]",
      """
      49:12: error: range 0 L/min to 20 L/min of arterialFlow is more than its source can \
      give, 0 L/min to 10.24 L/min; write a range inside, or mend the calibration
      """),
    Mistake(
      "range: [0 L/min, 10 L/min]", "range: [10 L/min]",
      """
      49:12: error: range lists one bound; write [lowest, highest]
      """),
    Mistake(
      "thermistor: {r25: 2252 ohm, ", "thermistor: {",
      """
      52:17: error: thermistor has no 'r25'; write its resistance at 25 degC, '2252 ohm'
      """),
    Mistake(
      "thermistor: {r25: 2252 ohm, series: 2252 ohm",
      "thermistor: {r25: 2252, series: 2252 ohm",
      """
      52:23: error: r25 '2252' has no unit; write '2252 ohm' if that is what is meant
      """),
    Mistake(
      "thermistor: {r25", "calibration: {0 V: 0 degC, 1 V: 1 degC}\n    thermistor: {r25",
      """
      52:18: error: arterialBloodTemperature has both a thermistor and a calibration; keep \
      one of them
      """),
    Mistake(
      "range: [0 degC, 50 degC]\n  - id: reservoirVolume",
      "range: [0 degC, 50 degC]\n    maximumAge: 20 ms\n  - id: reservoirVolume",
      """
      57:17: error: maximumAge 20 ms is less than two visits of 250 ms; write 500 ms or more
      """),
    Mistake(
      """
          signals:
            rotor: {source: {chip: encoderB, channel: 0}}
            driveAlive: {source: {line: aliveB}}

      """,
      "",
      """
      81:5: error: pump has no 'signals'; write at least the rotor sensor
      81:11: warning: pump 'cardioplegia' has no signal 'driveAlive'; wire it: a lost drive \
      is then known at once (HZ-11)
      """),
    Mistake(
      "      rotor: {source: {chip: encoderB, channel: 0}}\n", "",
      """
      92:7: error: signals of cardioplegia has no 'rotor'; write its encoder or tachometer: \
      speed and dose are measured there
      """),
    Mistake(
      "rotor: {source: {chip: encoderB, channel: 0}}",
      "rotor: {source: {chip: level, channel: 1}}",
      """
      92:46: error: cardioplegia.rotor needs an angle and channel gives pF; name an AS5600
      """),
    Mistake(
      "rotor: {source: {chip: encoderB, channel: 0}}",
      "rotor: {source: {chip: encoderA, channel: 0}}",
      """
      92:49: error: channel 0 of 'encoderA' is that of arterial.rotor already; give \
      cardioplegia.rotor its own
      """),
    Mistake(
      "rotor: {source: {chip: encoderB, channel: 0}}", "rotor: {source: {line: stopA}}",
      """
      64:45: error: line 'stopA' is that of cardioplegia.rotor already; give \
      emergencyStopFirst its own
      92:14: error: cardioplegia.rotor has no 'pulsesPerRevolution'; write the pulses of one \
      turn, for example 6
      92:30: error: line 'stopA' of cardioplegia.rotor captures no edges; write 'edge: both' \
      at the line
      """),
  ]
}
