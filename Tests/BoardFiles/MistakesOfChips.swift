extension Mistake {
  /// Chips, addresses and buses.
  static let chips: [Mistake] = [
    Mistake(
      "{id: probe, part: TMP117", "{id: level, part: TMP117",
      """
      18:10: error: chip 'level' is there already in line 16; give each chip its own id
      55:20: error: chip 'probe' is not known; write mux, encoderA, encoderB, encoderC, dac, \
      adc, line, level, pins, level or memory
      """),
    Mistake(
      "bus: slow, address: 0x20", "bus: slwo, address: 0x20",
      """
      17:37: error: bus 'slwo' is not known; write fast or slow
      """),
    Mistake(
      "part: FDC1004", "part: FDC1005",
      """
      16:23: error: part 'FDC1005' is not known; the nearest is 'FDC1004'
      """),
    Mistake(
      "{id: memory, part: 24LC256, bus: fast, address: 0x57}",
      "{id: memory, part: 24LC256, bus: fast, address: 0x50}",
      """
      19:10: error: chip 'memory' has the address 0x50 on bus 'fast', where 'level' of line \
      16 answers already; the FDC1004 is fixed at 0x50: write 0x57 for the 24LC256
      """),
    Mistake(
      "{id: probe, part: TMP117, bus: slow, address: 0x48}",
      "{id: probe, part: TMP117, bus: fast, address: 0x48}",
      """
      18:10: error: chip 'probe' has the address 0x48 on bus 'fast', where 'adc' of line 14 \
      answers already; write another address (the TMP117 has 0x48 to 0x4B), or use another \
      bus or a multiplexer
      """),
    Mistake(
      "multiplexer: {chip: mux, channel: 1}", "multiplexer: {chip: mux, channel: 0}",
      """
      11:10: error: chip 'encoderB' has the address 0x36 on bus 'fast', where 'encoderA' of \
      line 10 answers already; use another bus, or another channel of a TCA9548A
      """),
    Mistake(
      "{id: memory, part: 24LC256, bus: fast, address: 0x57}",
      "{id: memory, part: 24LC256, bus: slow, address: 0x57}",
      """
      7:10: error: bus 'slow' is busy for 66.6 % of its busiest tick, more than the ceiling \
      of 60 %; visit chips less often with 'every', or move some to another bus
      """),
    Mistake(
      "address: 0x36, multiplexer: {chip: mux, channel: 1}", "address: 0x36",
      """
      11:10: error: chip 'encoderB' has the address 0x36 on bus 'fast', where 'encoderA' of \
      line 10 answers already; use another bus, or another channel of a TCA9548A
      12:10: error: chip 'encoderC' has the address 0x36 on bus 'fast', where 'encoderB' of \
      line 11 answers already; use another bus, or another channel of a TCA9548A
      """),
    Mistake(
      "address: 0x60, reference", "address: 0x70, reference",
      """
      13:50: error: the MCP4728 'dac' cannot have the address 0x70; write 0x60 to 0x67
      """),
    Mistake(
      "bus: fast, address: 0x71", "bus: fast, address: 0x17",
      """
      9:51: error: the TCA9548A 'mux' cannot have the address 0x17; write 0x70 to 0x77
      """),
    Mistake(
      "bus: fast, address: 0x71", "bus: fast, address: 71",
      """
      9:51: error: address '71' is not hexadecimal; write it with 0x, for example 0x48
      """),
    Mistake(
      "multiplexer: {chip: mux, channel: 2}", "multiplexer: {chip: adc, channel: 2}",
      """
      12:10: error: chip 'encoderC' sits behind 'adc', which is no multiplexer; name a \
      TCA9548A
      """),
    Mistake(
      "{id: mux, part: TCA9548A, bus: fast, address: 0x71}",
      "{id: mux, part: TCA9548A, bus: fast, address: 0x71, reset: stopA}",
      """
      9:64: error: line 'stopA' is an input, and a reset must be driven while the bus is stuck; \
      name a GPIO line with direction: output
      """),
    Mistake(
      "{id: mux, part: TCA9548A, bus: fast, address: 0x71}",
      "{id: mux, part: TCA9548A, bus: fast, address: 0x71, reset: redd}",
      """
      9:64: error: line 'redd' is not known; the nearest is 'red'
      """),
    Mistake(
      "{id: probe, part: TMP117, bus: slow, address: 0x48}",
      "{id: probe, part: TMP117, bus: slow, address: 0x48, reset: red}",
      """
      18:64: error: chip 'probe' is a TMP117, whose reset nobody drives; leave 'reset' out; it \
      is for a TCA9548A
      """),
    Mistake(
      "multiplexer: {chip: mux, channel: 2}", "multiplexer: {chip: mux, channel: 8}",
      """
      12:94: error: channel 8 is outside 0 to 7; write a number inside
      """),
    Mistake(
      "{id: mux, part: TCA9548A, bus: fast, address: 0x71}",
      "{id: mux, part: TCA9548A, bus: slow, address: 0x71}",
      """
      10:10: error: chip 'encoderA' is on bus 'fast' and its multiplexer is not; put both on \
      one bus
      11:10: error: chip 'encoderB' is on bus 'fast' and its multiplexer is not; put both on \
      one bus
      12:10: error: chip 'encoderC' is on bus 'fast' and its multiplexer is not; put both on \
      one bus
      """),
    Mistake(
      "{id: probe, part: TMP117, bus: slow, address: 0x48}",
      "{id: probe, part: MCP9600, bus: fast, address: 0x61}",
      """
      18:10: error: chip 'probe' is an MCP9600, which follows at most 100 kHz, on the faster \
      bus 'fast'; put it on a slow bus
      """),
    Mistake(
      """
      channel: 1}, every: 10 ms}
        - {id: encoderC, part: AS5600, bus: fast, address: 0x36, multiplexer: {chip: mux, \
      channel: 2}, every: 10 ms}
      """,
      """
      channel: 1}, every: 5 ms}
        - {id: encoderC, part: AS5600, bus: fast, address: 0x36, multiplexer: {chip: mux, \
      channel: 2}, every: 5 ms}
      """,
      """
      6:10: error: bus 'fast' is busy for 64.6 % of its busiest tick, more than the ceiling \
      of 60 %; visit chips less often with 'every', or move some to another bus
      """),
    Mistake(
      "{id: memory, part: 24LC256, bus: fast, address: 0x57}",
      "{id: memory, part: 24LC256, bus: fast, address: 0x57, every: 12 ms}",
      """
      19:66: error: every 12 ms is not 1 to 1000 ticks of 5 ms; write a multiple of the tick
      """),
    Mistake(
      "{id: probe, part: TMP117, bus: slow, address: 0x48}",
      "{id: probe, part: TMP117, bus: slow, address: 0x48, every: 5 ms}",
      """
      18:64: error: every 5 ms is faster than the TMP117 converts; write 15.5 ms or more
      """),
    Mistake(
      "fullScale: 4.096 V", "fullScale: 4 V",
      """
      14:88: error: fullScale '4 V' is not known; write 6.144 V, 4.096 V, 2.048 V, 1.024 V, \
      512 mV, 0.512 V, 256 mV or 0.256 V
      """),
    Mistake(
      "channels: [0, 1, 2], ", "",
      """
      14:5: error: chip has no 'channels'; write the inputs that are wired, for example \
      'channels: [0, 1]'
      """),
    Mistake(
      "{id: level, part: FDC1004, bus: fast, address: 0x50}",
      """
      {id: level, part: PCA9685, bus: fast, address: 0x50, frequency: 200 Hz}
        - {id: second, part: TCA9548A, bus: fast, address: 0x70}
      """,
      """
      17:10: error: chip 'second' is at 0x70, where the PCA9685 'level' answers its all-call \
      until it is set up; write another address, 0x71 to 0x77 for a TCA9548A
      59:20: error: chip 'level' is a PCA9685, which has no input channel; name another chip
      """),
    Mistake(
      "{id: memory, part: 24LC256",
      """
      {id: servo, part: PCA9685, frequency: 10 Hz, bus: slow, address: 0x40}
        - {id: memory, part: 24LC256
      """,
      """
      19:43: error: frequency 10 Hz is outside 24 Hz to 1.526 kHz; write a frequency inside
      """),
    Mistake(
      "{id: memory, part: 24LC256",
      """
      {id: motor, part: INA226, shunt: 100 mohm, maximumCurrent: 10 A, bus: slow, address: \
      0x40}
        - {id: memory, part: 24LC256
      """,
      """
      19:64: error: maximumCurrent 10 A over 0.1 ohm is 1000 mV, more than the 81.92 mV of \
      the part; write a smaller shunt or a smaller current
      """),
    Mistake(
      "adapter: /dev/i2c-3", "adapter: /dev/i2c-1",
      """
      7:25: error: adapter '/dev/i2c-1' is that of bus 'fast' already; give each bus its own \
      adapter
      """),
    Mistake(
      "speed: 100 kHz", "speed: 5 MHz",
      """
      7:44: error: speed 5 MHz is outside 10 kHz to 1 MHz; write a frequency inside
      """),
  ]
}
