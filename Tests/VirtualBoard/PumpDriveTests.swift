import PerfusionCore
import TestSupport
import Testing

@testable import VirtualBoard

/// How a pump's drive turns.
@Suite("Pump drives")
struct PumpDriveTests {
  private func drive(_ kind: PumpKind = .roller, seed: UInt64 = 1) -> PumpDrive {
    let most = kind == .roller ? 250.0 : 4500
    return PumpDrive(kind: kind, maximumSpeed: most, random: SplitMix64(seed: seed))
  }

  private func run(
    _ drive: inout PumpDrive, _ milliseconds: Int, load: Double = 0, supplied: Bool = true
  ) {
    for _ in 0..<milliseconds { drive.step(load: load, supplied: supplied) }
  }

  private func steer(
    _ drive: inout PumpDrive, to reference: Double, _ milliseconds: Int, load: Double = 0
  ) {
    drive.reference = reference
    run(&drive, milliseconds, load: load)
  }

  @Test("A drive settles within 3.5 % of its reference", arguments: 0..<50 as Range<UInt64>)
  func settles(seed: UInt64) {
    var drive = self.drive(seed: seed)
    drive.reference = 100
    run(&drive, 1000, load: 3)
    #expect(abs(drive.motorSpeed - 100) < 3.5)
    #expect(drive.isAlive)
  }

  @Test("Drives of different boards have different errors of their reference")
  func errorsDiffer() {
    let speeds = (0..<10 as Range<UInt64>).map { seed in
      var drive = self.drive(seed: seed)
      drive.reference = 100
      run(&drive, 1000)
      return drive.motorSpeed
    }
    #expect(Set(speeds).count == 10)
  }

  @Test("A roller follows a small step with 30 ms and a large one at 2000 rpm/s")
  func rollerLag() {
    var drive = self.drive()
    drive.reference = 20
    run(&drive, 30)
    #expect(drive.motorSpeed > 11 && drive.motorSpeed < 14)
    drive.reference = 250
    run(&drive, 50)
    #expect(drive.motorSpeed > 95 && drive.motorSpeed < 125)
  }

  @Test("A centrifugal drive speeds up at 5000 rpm/s at most")
  func centrifugalAcceleration() {
    var drive = self.drive(.centrifugal)
    drive.reference = 4000
    run(&drive, 500)
    #expect(drive.motorSpeed > 2400 && drive.motorSpeed < 2600)
  }

  @Test(
    "Without torque a roller stands within 400 ms, a centrifugal runs down with 0.3 s",
    .verifies("HZ-10"))
  func torqueOff() {
    var roller = drive()
    roller.reference = 100
    run(&roller, 500)
    roller.torqueAllowed.second = false
    run(&roller, 1)
    #expect(roller.torqueIsOff && !roller.isAlive)
    run(&roller, 400)
    #expect(roller.motorSpeed == 0)
    var centrifugal = drive(.centrifugal)
    centrifugal.reference = 3000
    run(&centrifugal, 2000)
    let before = centrifugal.motorSpeed
    centrifugal.torqueAllowed.first = false
    run(&centrifugal, 300)
    #expect(abs(centrifugal.motorSpeed / before - 0.367) < 0.01)
  }

  @Test("Removing torque stops a drive that runs away", .verifies("HZ-10"))
  func runawayStops() {
    var drive = self.drive()
    drive.reference = 50
    run(&drive, 300)
    drive.setFault(.wrong, random: SplitMix64(seed: 3))
    drive.isEnabled = false
    run(&drive, 300)
    #expect(drive.motorSpeed > 280)
    drive.torqueAllowed.first = false
    run(&drive, 500)
    #expect(drive.motorSpeed == 0)
  }

  @Test("A stuck drive ignores its reference and its enable input, not its torque input")
  func stuck() {
    var drive = self.drive()
    drive.reference = 80
    run(&drive, 300)
    drive.setFault(.stuck, random: SplitMix64(seed: 3))
    drive.reference = 0
    drive.isEnabled = false
    run(&drive, 500)
    #expect(drive.motorSpeed > 75)
  }

  @Test("A jammed rotor draws stall current and the drive reports the fault after 500 ms")
  func jam() {
    var drive = self.drive()
    drive.reference = 80
    run(&drive, 300, load: 3)
    let loaded = drive.current
    drive.setShaftFault(.stuck, random: SplitMix64(seed: 3))
    run(&drive, 200, load: 3)
    #expect(drive.rotorSpeed == 0)
    #expect(drive.current > 1.8 * loaded)
    #expect(!drive.hasFault)
    run(&drive, 350, load: 3)
    #expect(drive.hasFault && !drive.isAlive)
  }

  @Test("A broken coupling leaves the motor turning with less current and the rotor standing")
  func decoupled() {
    var drive = self.drive(.centrifugal)
    drive.reference = 3000
    run(&drive, 2000, load: 0.045)
    let loaded = drive.current
    drive.setShaftFault(.off, random: SplitMix64(seed: 3))
    run(&drive, 4000, load: 0.045)
    #expect(drive.rotorSpeed == 0)
    #expect(drive.motorSpeed > 2800)
    #expect(drive.current < 0.6 * loaded)
  }

  @Test("Swapped motor leads turn the rotor backwards", .verifies("HZ-07"))
  func swapped() {
    var drive = self.drive()
    drive.setShaftFault(.wrong, random: SplitMix64(seed: 3))
    drive.reference = 50
    run(&drive, 500)
    #expect(drive.rotorSpeed < -45)
    #expect(drive.encoderTurns < -0.2)
  }

  @Test("Each word that a drive knows changes how it turns", arguments: PumpDriveFaults.driveWords)
  func everyWord(word: FaultWord) {
    var sound = drive()
    var faulty = drive()
    steer(&sound, to: 50, 500)
    steer(&faulty, to: 50, 500)
    faulty.setFault(word, random: SplitMix64(seed: 9))
    var greatest = 0.0
    for millisecond in 0..<1500 {
      steer(&sound, to: millisecond < 700 ? 120 : 30, 1, load: 2)
      steer(&faulty, to: millisecond < 700 ? 120 : 30, 1, load: 2)
      greatest = max(greatest, abs(sound.motorSpeed - faulty.motorSpeed))
    }
    #expect(greatest > 10)
  }

  @Test("Angle is the integral of speed")
  func angle() {
    var drive = self.drive()
    drive.reference = 60
    run(&drive, 1000)
    let before = drive.rotorTurns
    run(&drive, 10_000)
    #expect(abs(drive.rotorTurns - before - drive.rotorSpeed / 6) < 0.001)
  }
}
