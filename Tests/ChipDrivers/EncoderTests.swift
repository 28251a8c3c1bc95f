import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@Suite("The rotor encoder") struct EncoderTests {
  @Test(
    "Counts follow the rotor at any speed, both ways",
    arguments: [1.0, 101, 250, 3058, 5000, -60, -250])
  func follows(rpm: Double) {
    let chip = FakeParts.as5600(100)
    var bench = Bench(.as5600, at: 0x36, chip)
    // From standstill at 1000 rpm/s, as a drive does it.
    var turned = 0.0
    var speed = 0.0
    bench.visit()
    let origin = bench.value(0)
    #expect(origin == 100)
    var withoutAngle = 0
    for _ in 0..<2000 {
      speed += max(-5, min(5, rpm - speed))
      turned += speed / 60 * 0.005
      let angle = Int64((100 + turned * 4096).rounded())
      FakeParts.turn(chip, to: UInt16(truncatingIfNeeded: angle & 0xFFF))
      let now = bench.now
      bench.visit()
      if bench.samples[0].takenAt == now {
        #expect(bench.value(0) == Double(angle))
      } else {
        withoutAngle += 1
      }
    }
    #expect(withoutAngle == 7, "one visit in 256 looks at the settings")
  }

  @Test("Two missed visits at 5000 rpm lose no turn")
  func missedVisits() {
    let chip = FakeParts.as5600()
    var bench = Bench(.as5600, at: 0x36, chip)
    var angle: Int64 = 0
    for step in 0..<600 {
      angle += Int64(min(step, 400)) * 4  // up to 1600 counts in 5 ms: 4688 rpm
      FakeParts.turn(chip, to: UInt16(truncatingIfNeeded: angle & 0xFFF))
      // One failure is tolerated; the second loses the chip for a visit.
      if step % 97 == 50 { bench.wire.script = [.noAcknowledge] }
      bench.visit()
    }
    #expect(bench.value(0) == Double(angle))
    #expect(bench.errors.count == 6)
  }

  @Test("Without a magnet the angle is faulted and the counts stand")
  func magnetLost() {
    let chip = FakeParts.as5600(500)
    var bench = Bench(.as5600, at: 0x36, chip)
    bench.visit(3)
    chip.memory[0x0B] = 0x10
    FakeParts.turn(chip, to: 3000)
    bench.visit(3)
    #expect(bench.quality(0) == .faulted && bench.value(0) == 500)
    chip.memory[0x0B] = 0x20
    FakeParts.turn(chip, to: 510)
    bench.visit()
    #expect(bench.quality(0) == .valid && bench.value(0) == 510)
  }

  @Test(
    "After a longer gap the count is set anew: no difference that could be travel backwards",
    .verifies("HZ-07", "HZ-47"), arguments: [0, 100, 2000, 4000])
  func gap(angle: Int) {
    let chip = FakeParts.as5600(3000)
    var bench = Bench(.as5600, at: 0x36, chip)
    bench.visit(3)
    for _ in 0..<3 {
      // The bench waits its interval after a visit: this one is followed by the gap.
      bench.interval = AS5600.continuityMicroseconds + 5000
      bench.visit()
      let before = bench.value(0)
      bench.interval = 5000
      FakeParts.turn(chip, to: UInt16(angle))
      bench.visit()
      #expect(abs(bench.value(0) - before) > Double(AS5600.anew / 2))
      bench.visit(3)
    }
    #expect(abs(bench.value(0)) < 2 * Double(AS5600.anew))
  }
}
