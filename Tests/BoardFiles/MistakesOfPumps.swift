extension Mistake {
  /// Pumps, tubes and drives.
  static let pumps: [Mistake] = [
    Mistake(
      "strokeVolume: 45 ml/rev", "strokeVolume: 27 ml/rev",
      """
      72:19: error: strokeVolume 27 ml/rev does not belong to a 1/2 in tube in a raceway of \
      150 mm; write 42.2 to 58.0 ml/rev, or mend the tube: 27 ml/rev would fit a tube of 3/8 \
      in
      """),
    Mistake(
      "strokeVolume: 45 ml/rev", "strokeVolume: 99 ml/rev",
      """
      72:19: error: strokeVolume 99 ml/rev does not belong to a 1/2 in tube in a raceway of \
      150 mm; write 42.2 to 58.0 ml/rev, or mend the tube: no tube of the catalogue fits it
      """),
    Mistake(
      "tube: 1/2 in", "tube: 1/2",
      """
      70:11: error: tube '1/2' is not known; write 3/16 in, 1/4 in, 5/16 in, 3/8 in or 1/2 in
      """),
    Mistake(
      "raceway: 150 mm", "raceway: 85 mm",
      """
      72:19: error: strokeVolume 45 ml/rev does not belong to a 1/2 in tube in a raceway of \
      85 mm; write 21.5 to 29.6 ml/rev, or mend the tube: no tube of the catalogue fits it
      """),
    Mistake(
      "regulate: 300 mmHg, stop: 350 mmHg", "regulate: 350 mmHg, stop: 300 mmHg",
      """
      74:60: error: regulate (350 mmHg) is not below stop (300 mmHg); write regulate below \
      stop
      """),
    Mistake(
      "regulate: 300 mmHg, stop: 350 mmHg", "regulate: 300 mmHg, stop: 420 mmHg",
      """
      74:21: error: the stop pressure of 'arterial' (420 mmHg) is not below pressureHard (400 \
      mmHg); stop before the hard limit
      """),
    Mistake(
      "    pressureLimits: {site: arterialLinePressure, regulate: 300 mmHg, stop: 350 mmHg}\n",
      "",
      """
      68:5: error: the primary pump 'arterial' has no pressure limits; write 'pressureLimits: \
      {site: ..., regulate: ..., stop: ...}'
      """),
    Mistake(
      "site: cardioplegiaLinePressure", "site: cardioplegiaRootPressure",
      """
      87:21: error: the pressure limits of 'cardioplegia' act on 'cardioplegiaRootPressure', \
      which no sensor measures; list that sensor, or name another site
      """),
    Mistake(
      "ratio: 4:1", "ratio: 4",
      """
      100:12: error: ratio '4' is no ratio; write master to follower, for example '4:1'
      """),
    Mistake(
      "ratio: 4:1", "ratio: 32:1",
      """
      100:12: error: ratio 32:1 is outside 16:1 to 1:4; write a ratio inside
      """),
    Mistake(
      "    ratio: 4:1\n", "",
      """
      99:14: error: pump 'crystalloid' has no ratio; write for example 'ratio: 4:1'
      """),
    Mistake(
      "follows: cardioplegia", "follows: crystalloid",
      """
      94:11: warning: pump 'crystalloid' follows no pump; write 'follows: cardioplegia' and a \
      ratio
      99:14: error: pump 'crystalloid' follows itself; name another pump
      """),
    Mistake(
      "    follows: cardioplegia\n", "",
      """
      94:11: warning: pump 'crystalloid' follows no pump; write 'follows: cardioplegia' and a \
      ratio
      99:12: error: pump 'crystalloid' has a ratio and follows no pump; write 'follows:' with \
      its master
      """),
    Mistake(
      "0 rpm: 0 V, 300 rpm: 5 V", "0 rpm: 0 V, 200 rpm: 5 V",
      """
      76:51: error: 250 rpm of arterial.speed needs 6.25 V, outside 0 V to 5 V; mend the \
      calibration or the limit
      """),
    Mistake(
      "enable: {line: enableA, lease: 500 ms}", "enable: {line: enableA}",
      """
      77:15: error: arterial.enable has no 'lease'; write how long a command holds, for \
      example 'lease: 500 ms'
      """),
    Mistake(
      "enable: {line: enableA, lease: 500 ms}", "enable: {line: enableA, lease: 10 ms}",
      """
      77:38: error: lease 10 ms of arterial.enable is less than three ticks; write 15 ms or \
      more
      """),
    Mistake(
      "speed: {chip: dac, channel: 0, calibration: {0 rpm: 0 V, 300 rpm: 5 V}, lease: 500 ms}",
      "speed: {line: clamp, lease: 500 ms}",
      """
      76:21: error: arterial.speed is a number and a line has two states; name a chip
      109:18: error: line 'clamp' is that of arterial.speed already; give arterialClamp its \
      own
      """),
    Mistake(
      "calibration: {0 rpm: 0 V, 300 rpm: 5 V}, ", "",
      """
      76:35: error: arterial.speed has no calibration; write 'calibration: {0 rpm: 0 V, ...}' \
      with two points
      """),
    Mistake(
      "      enable: {line: enableC, lease: 500 ms}\n", "",
      """
      102:7: error: drive of crystalloid has no 'enable'; write the line that lets the drive \
      turn
      """),
    Mistake(
      "role: crystalloid", "role: cardioplegia",
      """
      94:11: error: pump 'cardioplegia' is there already in line 81; give each pump its own \
      id
      """),
    Mistake(
      "role: crystalloid", "role: portalVein",
      """
      36:1: error: the board has no sensor 'portalVeinBubble': nothing sees air on its way to \
      the organ; list it under 'sensors:'
      94:11: error: pump 'portalVein' does not belong to a machine of kind bypass; write a \
      role of that kind
      94:11: error: the pump 'portalVein' has no response to portalVeinAir; write \
      'portalVeinAir: hold', 'stop' or 'stopAndClamp' under 'responses: portalVein:'
      """),
    Mistake(
      """
      kind: roller
          tube: 1/2 in
          raceway: 150 mm
          strokeVolume: 45 ml/rev
          maximumSpeed: 250 rpm
      """,
      "kind: centrifugal\n    maximumSpeed: 250 rpm",
      """
      68:5: error: pump has no 'head'; write the head's constants a and b (docs/domain.md \
      3.1)
      """),
  ]
}
