/// A small board without a fault, for tests to break: its line numbers are in their expectations.
enum SampleBoard {
  static let text = """
    board:
      name: sample
      kind: bypass
    tick: 5 ms
    buses:
      - {id: fast, adapter: /dev/i2c-1, speed: 400 kHz}
      - {id: slow, adapter: /dev/i2c-3, speed: 100 kHz}
    chips:
      - {id: mux, part: TCA9548A, bus: fast, address: 0x71}
      - {id: encoderA, part: AS5600, bus: fast, address: 0x36, multiplexer: {chip: mux, channel: 0}}
      - {id: encoderB, part: AS5600, bus: fast, address: 0x36, multiplexer: {chip: mux, channel: 1}, every: 10 ms}
      - {id: encoderC, part: AS5600, bus: fast, address: 0x36, multiplexer: {chip: mux, channel: 2}, every: 10 ms}
      - {id: dac, part: MCP4728, bus: fast, address: 0x60, reference: 5 V}
      - {id: adc, part: ADS1115, bus: fast, address: 0x48, channels: [0, 1, 2], fullScale: 4.096 V}
      - {id: line, part: SSC, bus: fast, address: 0x28, range: [-15 psi, 15 psi], every: 5 ms}
      - {id: level, part: FDC1004, bus: fast, address: 0x50}
      - {id: pins, part: MCP23017, bus: slow, address: 0x20, every: 50 ms}
      - {id: probe, part: TMP117, bus: slow, address: 0x48}
      - {id: memory, part: 24LC256, bus: fast, address: 0x57}
    lines:
      - {id: bubble, gpio: GPIO4, direction: input, edge: both}
      - {id: enableA, gpio: GPIO5, direction: output}
      - {id: enableB, gpio: GPIO6, direction: output}
      - {id: enableC, gpio: GPIO7, direction: output}
      - {id: buzz, gpio: GPIO8, direction: output}
      - {id: red, gpio: GPIO9, direction: output}
      - {id: stopA, gpio: GPIO10, direction: input, bias: pullUp}
      - {id: stopB, gpio: GPIO11, direction: input, bias: pullUp}
      - {id: mains, gpio: GPIO14, direction: input}
      - {id: aliveA, gpio: GPIO15, direction: input}
      - {id: aliveB, gpio: GPIO16, direction: input}
      - {id: aliveC, gpio: GPIO17, direction: input}
      - {id: clamp, gpio: GPIO18, direction: output}
      - {id: clampOpen, expander: pins, pin: A0, direction: input, active: low}
      - {id: clampClosed, expander: pins, pin: A1, direction: input, active: low}
    sensors:
      - id: arterialLinePressure
        quantity: pressure
        source: {chip: line, channel: 0}
        range: [-100 mmHg, 700 mmHg]
        policy: critical
      - id: cardioplegiaLinePressure
        source: {chip: adc, channel: 0}
        calibration: {1 V: 0 mmHg, 2 V: 400 mmHg}
        range: [-100 mmHg, 600 mmHg]
      - id: arterialFlow
        source: {chip: adc, channel: 1}
        calibration: {0 V: 0 L/min, 4 V: 10 L/min}
        range: [0 L/min, 10 L/min]
      - id: arterialBloodTemperature
        source: {chip: adc, channel: 2}
        thermistor: {r25: 2252 ohm, series: 2252 ohm, supply: 3.3 V, side: low}
        range: [0 degC, 50 degC]
      - id: venousBloodTemperature
        source: {chip: probe, channel: 0}
        range: [0 degC, 50 degC]
      - id: reservoirVolume
        source: {chip: level, channel: 0}
        calibration: {2 pF: 0 ml, 12 pF: 4000 ml}
        range: [0 ml, 4000 ml]
      - {id: arterialBubble, source: {line: bubble}}
      - {id: arterialClampIsOpen, source: {line: clampOpen}}
      - {id: arterialClampIsClosed, source: {line: clampClosed}}
      - {id: emergencyStopFirst, source: {line: stopA}}
      - {id: emergencyStopSecond, source: {line: stopB}}
      - {id: mainsGood, source: {line: mains}}
    pumps:
      - role: arterial
        kind: roller
        tube: 1/2 in
        raceway: 150 mm
        strokeVolume: 45 ml/rev
        maximumSpeed: 250 rpm
        pressureLimits: {site: arterialLinePressure, regulate: 300 mmHg, stop: 350 mmHg}
        drive:
          speed: {chip: dac, channel: 0, calibration: {0 rpm: 0 V, 300 rpm: 5 V}, lease: 500 ms}
          enable: {line: enableA, lease: 500 ms}
        signals:
          rotor: {source: {chip: encoderA, channel: 0}}
          driveAlive: {source: {line: aliveA}}
      - role: cardioplegia
        kind: roller
        tube: 1/4 in
        strokeVolume: 13 ml/rev
        maximumSpeed: 150 rpm
        drawsFromArterialLine: yes
        pressureLimits: {site: cardioplegiaLinePressure, regulate: 130 mmHg, stop: 150 mmHg}
        drive:
          speed: {chip: dac, channel: 1, calibration: {0 rpm: 0 V, 200 rpm: 5 V}, lease: 500 ms}
          enable: {line: enableB, lease: 500 ms}
        signals:
          rotor: {source: {chip: encoderB, channel: 0}}
          driveAlive: {source: {line: aliveB}}
      - role: crystalloid
        kind: roller
        tube: 3/16 in
        strokeVolume: 7.4 ml/rev
        maximumSpeed: 150 rpm
        follows: cardioplegia
        ratio: 4:1
        drive:
          speed: {chip: dac, channel: 2, calibration: {0 rpm: 0 V, 200 rpm: 5 V}, lease: 500 ms}
          enable: {line: enableC, lease: 500 ms}
        signals:
          rotor: {source: {chip: encoderC, channel: 0}}
          driveAlive: {source: {line: aliveC}}
    clamps:
      arterial:
        open: {line: clamp, lease: 500 ms}
    interlocks:
      limits:
        pressureAlert: 250 mmHg
        pressureHard: 400 mmHg
        suctionAlert: -80 mmHg
      reservoir:
        alert: 500 ml
        alarm: 300 ml
      airDetection:
        distanceToCannula: 150 cm
        distanceToClamp: 60 cm
      responses:
        arterial: {arterialAir: stopAndClamp, levelAlarm: stop, pressureStop: stop}
        cardioplegia: {pressureStop: stop}
      stopLinks:
        cardioplegia: [arterial]
    alarms:
      buzzer: {line: buzz, lease: 500 ms}
      redLamp: {line: red, lease: 500 ms}
    circuit:
      topology: bypass
    """
}
