import BoardFiles
import ChipDrivers
import TestSupport
import Testing

@Suite("A bench file says what is wired where, and every mistake is told with its place and mend")
struct BenchFileTests {
  @Test("The example of the repository is read without a word")
  func example() throws {
    let result = try BenchFiles.read()
    #expect(result.diagnostics.map(\.description) == [])
    let bench = try #require(result.bench)
    #expect(bench.board.name == "bench-ecmo")
    #expect(bench.wires.count == 40)
    #expect(bench.unplayed.count == 1)
    #expect(bench.power != nil)
    #expect(bench.link.socket == "/run/perfusion/link.sock")
    #expect(bench.link.host == "root@pump-board")
  }

  /// What a person writes wrong, and what must be in the message.
  struct Mistake: CustomTestStringConvertible, Sendable {
    var what: String
    var old: String
    var new: String
    var told: [String]
    var testDescription: String { what }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      what: "a signal that the board does not have",
      old: "signal: preOxygenatorPressure", new: "signal: preOxigenatorPressure",
      told: ["'preOxigenatorPressure' is not known", "the nearest is 'preOxygenatorPressure'"]),
    Mistake(
      what: "a wire forgotten", old: "  - {signal: buzzerLine, line: hearBuzzer}\n", new: "",
      told: [
        "nothing hears the board's signal 'buzzerLine'", "wire it, or list it under 'unplayed'",
      ]),
    Mistake(
      what: "a signal wired twice", old: "{signal: cyanLampLine, line: hearCyanLamp}",
      new: "{signal: redLampLine, line: hearCyanLamp}",
      told: ["signal 'redLampLine' is there already in line", "name each signal once"]),
    Mistake(
      what: "a rig channel used twice",
      old: "{signal: pumpInletPressure, chip: playFast, channel: 3}",
      new: "{signal: pumpInletPressure, chip: playFast, channel: 2}",
      told: ["channel 2 of 'playFast' is that of preOxygenatorPressure already"]),
    Mistake(
      what: "a number on a line", old: "{signal: batteryVoltage, chip: playBattery, channel: 0}",
      new: "{signal: batteryVoltage, line: playBubble}",
      told: ["batteryVoltage is a number and a line has two states", "name a chip"]),
    Mistake(
      what: "a line on a converter", old: "{signal: tankFloat, line: playFloat}",
      new: "{signal: tankFloat, chip: playBattery, channel: 0}",
      told: ["tankFloat has two states", "name a line"]),
    Mistake(
      what: "a heard signal on an output", old: "{signal: torqueLine, line: hearTorque}",
      new: "{signal: torqueLine, line: playBubble}",
      told: ["line 'playBubble' is an output, torqueLine needs an input"]),
    Mistake(
      what: "a played signal on an input converter",
      old: "{signal: arterialPressure, chip: playCircuit, channel: 2}",
      new: "{signal: arterialPressure, chip: hearVolts, channel: 0}",
      told: ["'hearVolts' is ", "has no output channel"]),
    Mistake(
      what: "a converter that does not reach far enough",
      old: "address: 0x60, reference: 5 V", new: "address: 0x60, reference: 3.3 V",
      told: [
        "the rig plays 0 V to 3.3 V of arterialLinePressure, which needs 0.5 V to 4.5 V",
        "put an amplifier or divider into the wire",
      ]),
    Mistake(
      what: "a calibration without units", old: "calibration: {0 V: 0 V, 5 V: 3.3 V}",
      new: "calibration: {0: 0, 5: 3.3}", told: ["has no unit", "if that is what is meant"]),
    Mistake(
      what: "a signal measured inside a chip", old: "unplayed: [electronicsTemperature]",
      new: "unplayed: []\n", told: ["nothing plays the board's signal 'electronicsTemperature'"]),
    Mistake(
      what: "a misspelled key of a wire", old: "cable: {line: pullFlowProbe}",
      new: "cabel: {line: pullFlowProbe}",
      told: ["unknown key 'cabel'", "the nearest known key is 'cable'"]),
    Mistake(
      what: "a relay that is an input", old: "power: {line: powerRelay}",
      new: "power: {line: hearTorque}",
      told: ["line 'hearTorque' is an input, power needs an output"]),
    Mistake(
      what: "a board file that is not there", old: "board: bench-board.yaml",
      new: "board: bench-bord.yaml",
      told: [
        "the board file 'bench-bord.yaml' cannot be read", "give a path as seen from this file",
      ]),
    Mistake(
      what: "a part that is not known", old: "part: MCP4725", new: "part: MCP4752",
      told: ["part 'MCP4752' is not known"]),
    Mistake(
      what: "two chips at one address", old: "address: 0x61", new: "address: 0x60",
      told: ["has the address 0x60 on bus 'play'"]),
    Mistake(
      what: "more transfers than the loop has time for",
      old: "adapter: /dev/i2c-1, speed: 400 kHz", new: "adapter: /dev/i2c-1, speed: 100 kHz",
      told: ["% of "]),
    Mistake(
      what: "a detector on an expander, which misses its self test",
      old: "{signal: venousBubbleLine, line: playVenousBubble, gate: bubbleTest}",
      new: "{signal: venousBubbleLine, line: playMains}",
      told: [
        "'venousBubbleLine' goes to an expander", "lasts one tick", "OR gate with the test line",
      ]),
    Mistake(
      what: "a gate with a line that the board reads", old: "line: playBubble, gate: bubbleTest",
      new: "line: playBubble, gate: tankFloat",
      told: ["a gate joins a line that the board drives to one that it reads"]),
    Mistake(
      what: "an unknown key at the top", old: "boot: 60 s", new: "bott: 60 s",
      told: ["the rig file has the unknown key 'bott'", "the nearest known key is 'boot'"]),
    Mistake(
      what: "a boot time without a unit", old: "boot: 60 s", new: "boot: 60",
      told: ["boot '60' has no unit"]),
    Mistake(
      what: "an ssh host that is an option", old: "ssh: root@pump-board",
      new: "ssh: -oProxyCommand",
      told: ["is no host", "write user@host"]),
  ]

  @Test("A mistake is told with file, line, column and mend", arguments: mistakes)
  func mistake(_ mistake: Mistake) throws {
    let result = try BenchFiles.read([(mistake.old, mistake.new)])
    #expect(result.bench == nil)
    let errors = result.diagnostics.filter { $0.severity == .error }.map(\.description)
    #expect(errors.allSatisfy { $0.hasPrefix("bench.yaml:") && $0.contains("; ") })
    let found = errors.contains { line in mistake.told.allSatisfy { line.contains($0) } }
    #expect(found, "\(errors.joined(separator: "\n"))")
  }

  @Test("A signal inside a chip of the board cannot be wired")
  func insideChip() throws {
    let result = try BenchFiles.read([
      ("unplayed: [electronicsTemperature]", ""),
      (
        "  - {signal: batteryVoltage,",
        "  - {signal: electronicsTemperature, chip: playFast, channel: 1}\n  - {signal: batteryVoltage,"
      ),
    ])
    let text = result.diagnostics.map(\.description).joined(separator: "\n")
    #expect(text.contains("electronicsTemperature is measured inside a chip of the board"))
    #expect(text.contains("list it under 'unplayed'"))
  }

  @Test("A bench without a power relay is warned of, and is a bench")
  func withoutPower() throws {
    let result = try BenchFiles.read([
      ("power: {line: powerRelay}\n", ""),
      ("  - {id: powerRelay, gpio: GPIO12, direction: output}\n", ""),
    ])
    #expect(result.bench?.power == nil)
    #expect(result.diagnostics.contains { $0.description.contains("has no 'power'") })
  }

  @Test("An empty file and a file that is no YAML are told")
  func unreadable() {
    for (text, told) in [("", "the file is empty"), ("rig: [", "no YAML here")] {
      let result = BenchFile.read(text, file: "b.yaml") { _ in nil }
      #expect(result.diagnostics.contains { $0.problem.contains(told) })
      #expect(result.bench == nil)
    }
  }
}

@Suite("The scale of a wire is what stands between the rig's pin and the board's")
struct BenchScaleTests {
  @Test("A straight wire carries the rig's volts, a divider a share of them")
  func scales() throws {
    let bench = try #require(try BenchFiles.bench())
    let straight = try #require(bench.wires.first { $0.name == "arterialLinePressure" })
    #expect(straight.atBoard(2.5) == 2.5)
    let divided = try #require(bench.wires.first { $0.name == "arterialBloodTemperature" })
    #expect((divided.atBoard(5) - 3.3).magnitude < 1e-12)
    for volts in [0.0, 0.7, 1.65, 3.3] {
      #expect((divided.atBoard(divided.atRig(volts)) - volts).magnitude < 1e-12)
    }
  }

  @Test("A filtered PWM channel plays a voltage, and millivolts stay millivolts")
  func units() throws {
    let bench = try #require(
      try BenchFiles.bench([
        (
          "  - {id: playBattery, part: MCP4725, bus: play, address: 0x63, reference: 5 V, every: 50 ms}",
          "  - {id: playBattery, part: PCA9685, bus: play, address: 0x43, frequency: 1 kHz, every: 50 ms}"
        ),
        (
          "{signal: batteryVoltage, chip: playBattery, channel: 0}",
          "{signal: batteryVoltage, chip: playBattery, channel: 0, calibration: {0 %: 0 mV, 100 %: 5000 mV}}"
        ),
      ]))
    let wire = try #require(bench.wires.first { $0.name == "batteryVoltage" })
    #expect((wire.atBoard(0.5) - 2.5).magnitude < 1e-12)
  }
}
