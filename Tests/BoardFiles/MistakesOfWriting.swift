extension Mistake {
  /// Typos, units, shapes.
  static let writing: [Mistake] = [
    Mistake(
      "board:\n  name: sample", "bord:\n  name: sample",
      """
      1:1: error: the board file has no 'board'; begin with 'board:' and its name and kind
      1:1: error: the board file has the unknown key 'bord'; the nearest known key is 'board'
      """),
    Mistake(
      "name: sample", "nmae: sample",
      """
      2:3: error: board has no 'name'; write 'name:' and a short name
      2:3: error: board has the unknown key 'nmae'; the nearest known key is 'name'
      """),
    Mistake(
      "kind: bypass\ntick", "kind: bypas\ntick",
      """
      3:9: error: kind 'bypas' is not known; write bypass, ecmo or organ
      """),
    Mistake(
      "tick: 5 ms", "tick: 5",
      """
      4:7: error: tick '5' has no unit; write '5 ms' if that is what is meant
      """),
    Mistake(
      "tick: 5 ms", "tick: 50 ms",
      """
      4:7: error: tick 50 ms is outside 1 ms to 20 ms; write a time inside
      """),
    Mistake(
      "tick: 5 ms", "tick: 2500 us",
      """
      4:7: error: tick 2500 us is no whole number of milliseconds; write for example '5 ms'
      """),
    Mistake(
      "tick: 5 ms", "tick: five ms",
      """
      4:7: error: tick 'five ms' is no time; write a number and a unit, for example '10 ms'
      """),
    Mistake(
      "tick: 5 ms", "tick: 5 msec",
      """
      4:7: error: tick '5 msec' has the unit 'msec', which is no unit of time; write s, ms, \
      us, min, h or d
      """),
    Mistake(
      "stop: 350 mmHg}\n    drive:\n      speed: {chip: dac, channel: 0",
      "stop: 350}\n    drive:\n      speed: {chip: dac, channel: 0",
      """
      74:76: error: stop '350' has no unit; write '350 mmHg' if that is what is meant
      """),
    Mistake(
      "pressureHard: 400 mmHg", "pressureHard: 400 mmhg",
      """
      113:19: error: pressureHard '400 mmhg' has the unit 'mmhg', which is no unit of \
      pressure; write mmHg, kPa, cmH2O or psi
      """),
    Mistake(
      "pressureHard: 400 mmHg", "pressureHard: 400 rpm",
      """
      113:19: error: pressureHard '400 rpm' has the unit 'rpm', which is no unit of pressure; \
      write mmHg, kPa, cmH2O or psi
      """),
    Mistake(
      "pressureHard: 400 mmHg", "pressureHard: 500 mmHg",
      """
      113:19: error: pressureHard 500 mmHg is outside 1 mmHg to 450 mmHg; write a pressure \
      inside
      """),
    Mistake(
      "pressureHard: 400 mmHg", "presureHard: 400 mmHg",
      """
      113:5: error: limits has the unknown key 'presureHard'; the nearest known key is \
      'pressureHard'
      """),
    Mistake(
      "maximumSpeed: 250 rpm", "maximumSpeed: 250",
      """
      73:19: error: maximumSpeed '250' has no unit; write '250 rpm' if that is what is meant
      """),
    Mistake(
      "maximumSpeed: 250 rpm", "maxSpeed: 250 rpm",
      """
      73:5: error: pump has the unknown key 'maxSpeed'; the nearest known key is \
      'maximumSpeed'
      """),
    Mistake(
      "role: arterial", "role: aterial",
      """
      68:11: error: role 'aterial' is not known; the nearest is 'arterial'
      """),
    Mistake(
      "drawsFromArterialLine: yes", "drawsFromArterialLine: maybe",
      """
      86:28: error: drawsFromArterialLine 'maybe' is not known; write yes, no, true or false
      """),
    Mistake(
      "alert: 500 ml", "alert: 500 ml\n    alert: 600 ml",
      """
      116:5: error: the same mapping has 'alert' twice; write each key once
      """),
    Mistake(
      "range: [0 ml, 4000 ml]", "range: [0 ml, 4000 ml",
      """
      61:5: error: no YAML here: did not find expected ',' or ']'; check indentation, quotes, \
      colons and brackets
      """),
    Mistake(
      "buses:\n", "buses: none\nbusses:\n",
      """
      5:8: error: buses is a text, not a list; begin each bus with '- '
      6:1: error: the board file has the unknown key 'busses'; the nearest known key is \
      'buses'
      """),
    Mistake(
      "policy: critical", "policy: vital",
      """
      41:13: error: policy 'vital' is not known; write critical, degraded or advisory
      """),
    Mistake(
      "quantity: pressure", "quantity: flow",
      """
      38:15: error: sensor 'arterialLinePressure' has the quantity 'flow'; write 'pressure'
      """),
  ]
}
