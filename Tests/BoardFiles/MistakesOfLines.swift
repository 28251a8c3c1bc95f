extension Mistake {
  /// GPIO lines and expander pins.
  static let lines: [Mistake] = [
    Mistake(
      "gpio: GPIO5", "gpio: GPIO4",
      """
      22:25: error: GPIO line GPIO4 is that of line 'bubble' already; give each line its own \
      pin
      """),
    Mistake(
      "{id: enableB, gpio: GPIO6", "{id: enableA, gpio: GPIO6",
      """
      23:10: error: line 'enableA' is there already in line 22; give each line its own id
      90:22: error: line 'enableB' is not known; the nearest is 'enableA'
      """),
    Mistake(
      "pin: A1", "pin: A0",
      """
      35:44: error: pin A0 of pins is that of line 'clampOpen' already; give each line its \
      own pin
      """),
    Mistake(
      "pin: A1", "pin: A9",
      """
      35:44: error: pin 'A9' is not known; the nearest is 'A0'
      """),
    Mistake(
      "expander: pins, pin: A1", "expander: adc, pin: A1",
      """
      35:33: error: chip 'adc' is an ADS1115, not an expander; name an MCP23017
      """),
    Mistake(
      "{id: red, gpio: GPIO9, ", "{id: red, ",
      """
      26:5: error: line 'red' is nowhere; write 'gpio:' with the name of the GPIO line, or \
      'expander:' and 'pin:'
      """),
    Mistake(
      "{id: red, gpio: GPIO9, direction: output}",
      "{id: red, gpio: GPIO9, direction: output, edge: both}",
      """
      26:53: error: output 'red' captures edges; leave 'edge' out, or make it an input
      """),
    Mistake(
      "pin: A0, direction: input", "pin: A0, direction: input, edge: both",
      """
      34:70: error: line 'clampOpen' is on an expander, whose edges the kernel cannot \
      capture; wire it to a GPIO line, or write 'edge: none'
      """),
    Mistake(
      "direction: input, edge: both}", "direction: input}",
      """
      61:41: error: line 'bubble' of arterialBubble captures no edges: a bubble may be \
      shorter than a tick; write 'edge: both' at the line
      """),
    Mistake(
      "{line: enableB, lease: 500 ms}", "{line: enableA, lease: 500 ms}",
      """
      90:22: error: line 'enableA' is that of arterial.enable already; give \
      cardioplegia.enable its own
      """),
    Mistake(
      "buzzer: {line: buzz", "buzzer: {line: mains",
      """
      127:18: error: line 'mains' is an input, buzzer needs an output; name another line, or \
      change its direction
      127:18: error: line 'mains' is that of mainsGood already; give buzzer its own
      """),
    Mistake(
      "source: {line: mains}", "source: {line: main}",
      """
      66:36: error: line 'main' is not known; the nearest is 'mains'
      """),
    Mistake(
      "{id: mains, gpio: GPIO14",
      "{id: spare, gpio: GPIO20, direction: input}\n  - {id: mains, gpio: GPIO14",
      """
      29:10: warning: nothing uses the line 'spare'; use it, or take it out
      """),
  ]
}
