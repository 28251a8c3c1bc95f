import Testing
import TestSupport

@testable import VirtualBoard

@Suite("PCA9685 model")
struct PCA9685ModelTests {
  let model: PCA9685Model
  let bench: ChipBench

  init() {
    let nets = Nets(count: 1)
    let model = PCA9685Model(nets: nets, firstNet: 0)
    self.model = model
    bench = ChipBench(nets: nets, chip: model)
  }

  @Test("It comes up asleep with every output full off", .verifies("HZ-54"))
  func resetValues() {
    #expect(bench.read(0x00, 1, at: 0) == [0x11])
    #expect(bench.read(0x01, 1, at: 0) == [0x04])
    #expect(bench.read(0xFE, 1, at: 0) == [0x1E])
    #expect(bench.read(0x09, 1, at: 0) == [0x10])
    for pin in 0..<16 { #expect(model.output(pin) == 0) }
  }

  @Test("Without auto-increment all bytes go to one register")
  func noIncrement() {
    #expect(bench.write([0x06, 1, 2, 3], at: 0))
    #expect(bench.read(0x06, 2, at: 0) == [3, 3])
    #expect(bench.read(0x07, 1, at: 0) == [0])
  }

  @Test("Duty is the span between on and off in 4096ths")
  func duty() {
    #expect(bench.write([0x00, 0x20], at: 0))
    #expect(bench.write([0x06, 0x00, 0x00, 0x00, 0x04, 0x00, 0x0F, 0x00, 0x01], at: 0))
    #expect(model.output(0) == 0.25)
    #expect(model.output(1) == 0.125)
  }

  @Test("Full on is 1, full off wins over full on")
  func full() {
    #expect(bench.write([0x00, 0x20], at: 0))
    #expect(bench.write([0x0A, 0x00, 0x10, 0x00, 0x00], at: 0))
    #expect(model.output(1) == 1)
    #expect(bench.write([0x0A, 0x00, 0x10, 0x00, 0x10], at: 0))
    #expect(model.output(1) == 0)
  }

  @Test("The prescaler takes a write only asleep and never less than 3")
  func prescale() {
    #expect(bench.write([0xFE, 30], at: 0))
    #expect(abs(model.frequency - 200) < 4)
    #expect(bench.write([0xFE, 1], at: 0))
    #expect(bench.read(0xFE, 1, at: 0) == [3])
    #expect(bench.write([0x00, 0x20], at: 0))
    #expect(bench.write([0xFE, 121], at: 0))
    #expect(bench.read(0xFE, 1, at: 0) == [3])
  }

  @Test("The all-outputs registers write every channel and read 0")
  func allOutputs() {
    #expect(bench.write([0x00, 0x20], at: 0))
    #expect(bench.write([0xFA, 0x00, 0x00, 0x00, 0x08], at: 0))
    for pin in 0..<16 { #expect(model.output(pin) == 0.5) }
    #expect(bench.read(0xFA, 4, at: 0) == [0, 0, 0, 0])
  }

  @Test("A high OE pin puts the outputs where OUTNE says", .verifies("HZ-54"))
  func outputEnable() {
    #expect(bench.write([0x00, 0x20], at: 0))
    #expect(bench.write([0xFA, 0x00, 0x10, 0x00, 0x00], at: 0))
    #expect(model.output(5) == 1)
    bench.nets.values[0] = 1
    #expect(model.output(5) == 0)
    #expect(bench.write([0x01, 0x05], at: 0))
    #expect(model.output(5) == 1)
  }

  @Test("After sleep the outputs stay off until RESTART is written")
  func restart() {
    #expect(bench.write([0x00, 0x20], at: 0))
    #expect(bench.write([0x06, 0x00, 0x00, 0x00, 0x08], at: 0))
    #expect(bench.write([0x00, 0x30], at: 0))
    #expect(bench.read(0x00, 1, at: 0) == [0xB0])
    #expect(bench.write([0x00, 0x20], at: 0))
    #expect(model.output(0) == 0)
    #expect(bench.write([0x00, 0xA0], at: 1_000))
    #expect(model.output(0) == 0.5)
    #expect(bench.read(0x00, 1, at: 1_000) == [0x20])
  }

  @Test("Auto-increment runs from the last output register to MODE1")
  func rollOver() {
    #expect(bench.write([0x00, 0x20], at: 0))
    #expect(bench.read(0x45, 2, at: 0) == [0x10, 0x20])
  }
}
