import TestSupport
import Testing

@testable import PerfusionCore

/// What outlives a restart, as bytes (docs/domain.md 8.4).
@Suite("Retained record")
struct RetainedRecordTests {
  private let board: UInt32 = 0x1234_5678

  /// With a water circuit, so that a thermal set-point can be asked.
  private static func adult() -> MachineConfiguration {
    var machine = PaperMachine.adult()
    machine.patientCircuit.isFitted = true
    return machine
  }

  private func written(_ adjust: (inout PaperMachine) -> Void = { _ in }) -> (
    machine: PaperMachine, bytes: [UInt8]
  ) {
    var machine = PaperMachine(Self.adult())
    machine.goOnBypass(flow: 4.5)
    adjust(&machine)
    return (machine, bytes(of: &machine.controller))
  }

  private func bytes(of controller: inout Controller) -> [UInt8] {
    var buffer = RecordBuffer()
    controller.writeRetained(
      into: &buffer, sequence: 7, board: board, now: Instant(microseconds: 5_000_000))
    var bytes: [UInt8] = []
    for index in 0..<buffer.count { bytes.append(buffer.byte(index)) }
    return bytes
  }

  private func read(
    _ bytes: [UInt8], count: Int? = nil, board: UInt32 = 0x1234_5678
  ) throws(RecordFault) -> RetainedRecord {
    var buffer = RecordBuffer()
    buffer.fill(bytes.span, from: 0)
    return try RetainedRecord.read(
      &buffer, count: count ?? bytes.count, configuration: Self.adult(), board: board)
  }

  private func restarted(_ record: RetainedRecord, at microseconds: Int64) -> Controller {
    Controller(
      configuration: Self.adult(), restartingFrom: record, isDoubtful: false,
      now: Instant(microseconds: microseconds))
  }

  /// Puts the check sum right after bytes were changed.
  private func summed(_ bytes: [UInt8]) -> [UInt8] {
    var sum = RecordSum()
    for byte in bytes.dropLast(4) { sum.add(byte) }
    return bytes.dropLast(4)
      + (0..<4).map { UInt8(truncatingIfNeeded: sum.value >> UInt32($0 * 8)) }
  }

  @Test("Everything that was set comes back as it was")
  func roundTrip() throws {
    var thermal: EventKind?
    let (machine, bytes) = written {
      thermal = $0.answer(.setThermal(.patient, .cool, .celsius(28)))
      _ = $0.answer(.override(0, .arterialAir))
      _ = $0.answer(.startTimer(.crossClamp))
    }
    let record = try read(bytes)
    var again = restarted(record, at: 5_000_000)
    guard case .accepted = thermal else {
      Issue.record("the set-point of the water circuit was refused: \(thermal as Any)")
      return
    }
    #expect(record.hadDuty(PaperMachine.adult()) && record.sequence == 7)
    #expect(again.phase == machine.controller.phase)
    #expect(again.intents[0].setFlow == machine.controller.intents[0].setFlow)
    #expect(again.intents[0].isStarted)
    #expect(again.thermalIntents[0].target == .celsius(28))
    #expect(again.interlocks.hasOverride)
    #expect(again.timers.isRunning(.crossClamp))
    #expect(again.pumps[0].tube.isConfirmed)
    #expect(again.occlusion.passed[0])
    #expect(again.zeros.isZeroed(.arterialLinePressure))
    #expect(again.clamp.isWantedOpen)
    #expect(self.bytes(of: &again).count == bytes.count)
  }

  @Test("Timers go on through the time that the restart took")
  func timers() throws {
    let (machine, bytes) = written()
    let again = restarted(try read(bytes), at: 20_000_000)
    let gone = again.timers[.bypass] - machine.controller.timers[.bypass]
    #expect((gone.seconds - 15).magnitude < 0.001)
  }

  @Test("After a reboot, whose clock begins anew, a timer gains what the computer has been up")
  func reboot() throws {
    let (machine, bytes) = written()
    let again = restarted(try read(bytes), at: 4_000_000)
    let gone = again.timers[.bypass] - machine.controller.timers[.bypass]
    #expect((gone.seconds - 4).magnitude < 0.001)
  }

  @Test("A stop that was latched is latched after the restart", .verifies("HZ-01", "HZ-55"))
  func latch() throws {
    let (_, bytes) = written {
      $0.air = true
      $0.run(seconds: 1)
      $0.air = false
      $0.run(seconds: 1)
    }
    var again = PaperMachine(Self.adult())
    again.controller = restarted(try read(bytes), at: 0)
    again.run(seconds: 4)
    #expect(again.controller.interlocks.verdicts[0].needsResume)
    #expect(again.actuators.drives[0].speed == .zero)
  }

  @Test("Every single bit that is wrong refuses the record", .verifies("HZ-50"))
  func everyBit() {
    let (_, bytes) = written()
    var accepted = 0
    for bit in stride(from: 0, to: bytes.count * 8, by: 3) {
      var damaged = bytes
      damaged[bit >> 3] ^= 1 << UInt8(bit & 7)
      do throws(RecordFault) {
        _ = try read(damaged)
        accepted += 1
      } catch {
        if !error.isDamage { accepted += 1 }
      }
    }
    #expect(accepted == 0)
  }

  @Test("Every length that is too short refuses the record")
  func everyLength() {
    let (_, bytes) = written()
    for count in 0..<bytes.count {
      #expect(throws: count == 0 ? RecordFault.absent : .truncated) {
        _ = try read(bytes, count: count)
      }
    }
  }

  @Test("A sound record of another board image is refused for that", .verifies("HZ-50"))
  func otherBoard() {
    let (_, bytes) = written()
    #expect(throws: RecordFault.otherBoard) { _ = try read(bytes, board: 1) }
  }

  @Test(
    "A limit that the operator moved is still his after a crash, and is kept in a pair",
    .verifies("HZ-55", "AL-09"))
  func movedLimit() throws {
    let (_, bytes) = written {
      $0.controller.configuration.limits.pressureAlert = .mmHg(280)
    }
    var again = restarted(try read(bytes), at: 6_000_000)
    #expect(again.configuration.limits.pressureAlert == .mmHg(280))
    for tick in 1...2000 {
      again.tick = Tick(count: UInt64(tick))
      again.watchItself()
    }
    #expect(!again.limitPairs.isBroken)
    #expect(again.isConfigurationSound)
  }

  @Test("The age of the watchdog's test goes on through a restart", .verifies("AL-60", "HZ-15"))
  func watchdogTestAge() throws {
    let (_, bytes) = written { $0.controller.watchdogTestAge = .minutes(24 * 60 - 0.1) }
    var again = restarted(try read(bytes), at: 5_000_000)
    var facts = InterlockFacts()
    again.statePlatformFacts(&facts, SensorSnapshot())
    let overdue = UInt128(1) << UInt128(MachineRow.watchdogTestOverdue.rawValue)
    #expect(facts.machine & overdue == 0)
    again.tick = Tick(count: 2000)
    again.watchItself()
    facts = InterlockFacts()
    again.statePlatformFacts(&facts, SensorSnapshot())
    #expect(facts.machine & overdue != 0)
  }

  @Test("A sound record of the layout before this one is refused for that", .verifies("HZ-50"))
  func versionBefore() {
    var (_, bytes) = written()
    #expect(RetainedRecord.version == 4)
    bytes[4] = 3
    #expect(throws: RecordFault.otherVersion) { _ = try read(summed(bytes)) }
  }

  @Test("A sound record of another version is refused for that", .verifies("HZ-50"))
  func otherVersion() {
    var (_, bytes) = written()
    bytes[4] = 9
    #expect(throws: RecordFault.otherVersion) { _ = try read(summed(bytes)) }
  }

  @Test("Any fields behind a sound sum give a record or a cause", arguments: 0..<60 as Range<Int>)
  func anyBytes(seed: Int) {
    var (_, bytes) = written()
    var state = UInt64(seed) &* 2_654_435_761 &+ 1
    for _ in 0..<20 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes[18 + Int(state >> 33) % (bytes.count - 22)] = UInt8(truncatingIfNeeded: state >> 24)
    }
    do throws(RecordFault) {
      var machine = PaperMachine(Self.adult())
      machine.controller = restarted(try read(summed(bytes)), at: 0)
      machine.run(ticks: 400)
      #expect(machine.actuators.drives[0].speed.isFinite)
    } catch {
      #expect(error == .malformed || error == .otherBoard || error == .truncated)
    }
  }

  @Test("The check sum is that of zip")
  func checkSum() {
    var sum = RecordSum()
    for byte in "123456789".utf8 { sum.add(byte) }
    #expect(sum.value == 0xCBF4_3926)
  }
}
