import BoardFiles
import ChipDrivers
import CircuitModel
import PerfusionCore
import TestSupport
import Testing
import VirtualBoard

@testable import PhysicalRig

/// A bench of two virtual boards with the rig's loop, run by hand.
final class RunningBench {
  let boards: BackToBack
  let loop: BenchLoop<VirtualBench>

  init(_ changes: [(String, String)] = [], seed: UInt64 = 1) throws {
    guard let bench = try BenchFiles.bench(changes) else { throw BenchFiles.Missing(text: "bench") }
    boards = BackToBack(bench, seed: seed)
    loop = BenchLoop(bench, on: boards.hardware, seed: seed)
    boards.eachMillisecond = { [loop] in loop.step() }
  }

  func run(seconds: Double) {
    for _ in 0..<Int(seconds * 200) { boards.passTick() }
  }

  /// Supply on, and the firmware past its self test.
  func start() {
    run(seconds: 1)
    _ = loop.setPower(true)
    run(seconds: 12)
  }
}

@Suite("Two boards back to back: what one puts out the other one reads")
struct BackToBackTests {
  @Test("The board has no supply before the rig's own chips run, and none of its firmware")
  func startsDark() throws {
    let bench = try RunningBench()
    bench.run(seconds: 1)
    #expect(bench.loop.isReady)
    #expect(!bench.boards.underTest.firmwareIsRunning)
    #expect(bench.boards.underTest.status.tick == .start)
    _ = bench.loop.setPower(true)
    bench.run(seconds: 1)
    #expect(bench.boards.underTest.firmwareIsRunning)
    #expect(bench.loop.trouble == nil)
  }

  @Test("Every analog reading of the board is the world's value, within transducer and converters")
  func readings() throws {
    let bench = try RunningBench()
    bench.start()
    let machine = bench.boards.underTest
    let world = bench.loop.world
    for _ in 0..<20 {
      bench.run(seconds: 1)
      let truth = world.circuit.signals
      for site in [
        PressureSite.arterialLinePressure, .preOxygenatorPressure, .pumpInletPressure,
        .arterialPressure, .venousPressure,
      ] {
        let reading = machine.sensors[site]
        #expect(reading.quality == .valid, "\(site)")
        let error = (reading.value.millimetersOfMercury - truth.pressures[site]).magnitude
        #expect(error < 6, "\(site) \(reading.value) \(truth.pressures[site])")
      }
      for site in [
        TemperatureSite.arterialBloodTemperature, .venousBloodTemperature, .patientBathTemperature,
      ] {
        let reading = machine.sensors[site]
        #expect(reading.quality == .valid, "\(site)")
        let error = (reading.value.degreesCelsius - truth.temperatures[site]).magnitude
        #expect(error < 0.6, "\(site) \(reading.value) \(truth.temperatures[site])")
      }
    }
    #expect(bench.loop.trouble == nil)
  }

  @Test("The emergency stop's relays reach both contacts of the board")
  func emergencyStop() throws {
    let bench = try RunningBench()
    bench.start()
    let machine = bench.boards.underTest
    #expect(machine.sensors[.emergencyStopFirst].value == false)
    bench.loop.world.hands.setEmergencyStop(first: true, second: false)
    bench.run(seconds: 0.05)
    #expect(machine.sensors[.emergencyStopFirst].value == true)
    #expect(machine.sensors[.emergencyStopSecond].value == false)
  }

  @Test("A pulled cable leaves the board's input where its own resistor takes it")
  func cable() throws {
    let bench = try RunningBench()
    bench.start()
    let machine = bench.boards.underTest
    try bench.loop.world.inject(FaultSpecification(target: "arterialLinePressure", word: .off))
    bench.run(seconds: 0.1)
    #expect(machine.sensors[.arterialLinePressure].quality == .outOfRange)
    try bench.loop.world.clear(FaultSpecification(target: "arterialLinePressure", word: .off))
    bench.run(seconds: 0.2)
    #expect(machine.sensors[.arterialLinePressure].quality == .valid)
  }

  @Test("A board without supply is fed by none of the rig's converters")
  func noFeeding() throws {
    let bench = try RunningBench()
    bench.start()
    let pins = bench.boards.rig.pins
    let output = pins.output(chip: 0, channel: 0)
    #expect(output.value > 0.4)
    _ = bench.loop.setPower(false)
    bench.run(seconds: 0.1)
    for chip in 0..<3 {
      for channel in 0..<4 { #expect(pins.output(chip: chip, channel: channel).value == 0) }
    }
    #expect(!bench.boards.underTest.firmwareIsRunning)
  }

  @Test("A rig chip that is lost ends the run and is named with its place")
  func lostChip() throws {
    let bench = try RunningBench()
    bench.start()
    try bench.boards.rig.inject(FaultSpecification(target: "playCircuit", word: .nack))
    bench.run(seconds: 0.5)
    let trouble = try #require(bench.loop.trouble)
    #expect(trouble.contains("'playCircuit' at 0x61 on bus 'play' (/dev/i2c-1)"))
    #expect(trouble.contains("noAcknowledge"))
    #expect(trouble.contains("doctor --rig"))
  }

  @Test("A machine carried on by milliseconds runs as one that is carried on by ticks")
  func milliseconds() throws {
    let board = try #require(try BenchFiles.bench()).board
    let byTicks = VirtualMachine(board: board, seed: 3)
    let byMilliseconds = VirtualMachine(board: board, seed: 3)
    for _ in 0..<600 {
      byTicks.runTick()
      for millisecond in 1...5 {
        let isOver = byMilliseconds.runMillisecond()
        #expect(isOver == (millisecond == 5))
      }
      #expect(byMilliseconds.fingerprint == byTicks.fingerprint)
    }
  }

  @Test("The same seed gives the same run, another seed another one")
  func deterministic() throws {
    func sum(_ seed: UInt64) throws -> UInt64 {
      let bench = try RunningBench(seed: seed)
      bench.start()
      return bench.boards.underTest.fingerprint
    }
    let first = try sum(5)
    #expect(try sum(5) == first)
    #expect(try sum(6) != first)
  }
}

@Suite("The rig's hardware on a computer without any")
struct RigOpeningTests {
  @Test("What is not there is told with its mend, and nothing stands in for it")
  func absent() throws {
    let bench = try #require(
      try BenchFiles.bench([
        ("/dev/i2c-1", "/dev/i2c-no-such-adapter"), ("gpio: GPIO17", "gpio: NO-SUCH-LINE"),
      ]))
    var opening = RigOpening(bench)
    opening.examineChips(bench)
    #expect(!opening.isGood)
    let bus = try #require(opening.findings.first { $0.subject == "bus play" })
    #expect(bus.seen.contains("/dev/i2c-no-such-adapter"))
    #expect(!bus.mend.isEmpty)
    let chip = try #require(opening.findings.first { $0.subject == "chip playFast" })
    #expect(!chip.isGood && chip.mend.contains("bus play"))
    let line = try #require(opening.findings.first { $0.subject == "line playBubble" })
    #expect(!line.isGood && !line.mend.isEmpty)
  }
}
