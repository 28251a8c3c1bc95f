import ChipDrivers
import Firmware
import PerfusionCore
import TestSupport
import Testing

/// Any record, out of a seed.
private func someRecord(_ seed: UInt32) -> AlarmRecord {
  var entry = AlarmLogEntry(
    AlarmLogKind(rawValue: UInt8(seed % 12)) ?? .raised, alarm: AlarmID(UInt8(seed % 68)),
    priority: AlarmPriority(rawValue: UInt8(seed % 3)) ?? .low)
  entry.phase = Phase(rawValue: UInt8(seed % 15)) ?? .off
  entry.source = CommandSource(rawValue: UInt8(seed % 4))
  entry.decision = seed &* 2_654_435_761
  entry.limit = Double(seed) * 0.5 - 60
  entry.cause = AlarmCause(row: UInt8(seed % 160), pumps: UInt8(seed / 3 % 256))
  entry.value = Double(seed) * 0.25
  return AlarmRecord(
    sequence: seed, start: seed / 7 + 1, at: Instant(microseconds: Int64(seed) * 5000),
    civilTime: 1_764_000_000 + Int64(seed), entry: entry)
}

private func bytes(_ record: AlarmRecord) -> [UInt8] {
  let bytes = record.bytes
  return bytes.indices.map { bytes[$0] }
}

/// The record that its own bytes give.
private func read(_ record: AlarmRecord) -> AlarmRecord? {
  let bytes = record.bytes
  return AlarmRecord(bytes.span, at: 0)
}

/// Firmware that starts on what a store holds.
private func started(on kept: [UInt8]) -> FirmwareOnPaper {
  let world = FakeWorld()
  world.kept[.alarmLog] = kept
  return FirmwareOnPaper(world)
}

private struct FirmwareOnPaper: ~Copyable {
  let world: FakeWorld
  var firmware: Firmware<FakeBoard>

  init(_ world: FakeWorld, _ machine: MachineConfiguration = MachineConfiguration()) {
    self.world = world
    firmware = Firmware(
      platform: FakeBoard(world: world), machine: machine, wiring: RigWiring().wiring)
    firmware.start()
  }

  mutating func tick(_ count: Int, _ actions: OperatorAction...) {
    var queue = CommandQueue()
    for (index, action) in actions.enumerated() {
      queue.append(
        OperatorCommand(decision: UInt32(index + 41), source: .link, action: action))
    }
    for _ in 0..<count {
      world.now = world.now.advanced(microseconds: 5000)
      firmware.tick(queue)
      queue.removeAll()
    }
  }

  /// Newest first.
  var history: [AlarmRecord] {
    var records: [AlarmRecord] = []
    for age in 0..<firmware.alarmHistory.count {
      if let record = firmware.alarmHistory.record(age) { records.append(record) }
    }
    return records
  }
}

@Suite("The alarm log survives power cuts (docs/domain.md 7.2)")
struct AlarmLogTests {
  @Test("A record comes back as it was written", arguments: UInt32(0)..<120)
  func roundTrip(_ seed: UInt32) throws {
    let record = someRecord(seed)
    let back = try #require(read(record))
    #expect(back == record)
  }

  @Test("A record without numbers keeps that it has none")
  func noNumbers() throws {
    let record = AlarmRecord(
      sequence: 1, start: 1, at: .start, civilTime: 0, entry: AlarmLogEntry(.powerDown))
    let back = try #require(read(record))
    #expect(back.entry.limit.isNaN && back.entry.value.isNaN && back.entry.source == nil)
  }

  @Test("A record that a power cut tears is lost alone, wherever it is cut", arguments: 0..<64)
  func torn(_ cut: Int) {
    var kept: [UInt8] = []
    for seed in 1...5 as ClosedRange<UInt32> {
      let record = bytes(someRecord(seed))
      kept += seed == 3 ? Array(record.prefix(cut)) : record
    }
    let history = started(on: kept).history
    // The newest is the start that read it.
    #expect(history.dropFirst() == [someRecord(5), someRecord(4), someRecord(2), someRecord(1)])
  }

  @Test("A damaged bit costs its record and no other", arguments: 0..<512)
  func damaged(_ bit: Int) {
    var kept = bytes(someRecord(1)) + bytes(someRecord(2)) + bytes(someRecord(3))
    kept[64 + bit / 8] ^= 1 << UInt8(bit % 8)
    let rig = started(on: kept)
    #expect(rig.history.dropFirst() == [someRecord(3), someRecord(1)])
    #expect(rig.firmware.alarmHistory.damaged == 1)
  }

  @Test("A store of any bytes is read without a record and without a trap", arguments: 0..<20)
  func garbage(_ seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    let kept = (0..<5000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    #expect(started(on: kept).history.map(\.entry.kind) == [.powerUp])
  }

  @Test("The newest 256 records are at hand after a start")
  func newest() {
    let kept = (1...400 as ClosedRange<UInt32>).flatMap { bytes(someRecord($0)) }
    let history = started(on: kept).history
    #expect(history.count == 256)
    #expect(history[1] == someRecord(400))
    #expect(history[255] == someRecord(146))
    #expect(history[0].sequence == 401)
  }

  @Test("Starts are counted, and an orderly end is told from a power cut")
  func starts() {
    let world = FakeWorld()
    var first = FirmwareOnPaper(world)
    first.firmware.recordPowerDown()
    _ = consume first
    _ = FirmwareOnPaper(world)
    let third = FirmwareOnPaper(world)
    #expect(third.history.map(\.entry.kind) == [.powerUp, .powerUp, .powerDown, .powerUp])
    #expect(third.history.map(\.start) == [3, 2, 1, 1])
    #expect(third.history.map(\.sequence) == [4, 3, 2, 1])
  }

  @Test("An alarm is recorded with limit, value, phase, and who acknowledged it")
  func alarm() throws {
    var machine = MachineConfiguration()
    machine.reservoir.isFitted = true
    let world = FakeWorld()
    var rig = FirmwareOnPaper(world, machine)
    rig.tick(200, .pauseAudio)
    rig.tick(10, .setAlarmLimit(AlarmID(9), .mmHg(280)))
    let limit = try #require(rig.history.first)
    #expect(limit.entry.kind == .limitChanged)
    #expect(limit.entry.alarm == AlarmID(9))
    #expect(limit.entry.limit == 280)
    #expect(limit.entry.source == .link)
    #expect(limit.entry.decision == 41)
    #expect(limit.entry.phase == .post)
    #expect(rig.history[1].entry.kind == .paused)
    let after = FirmwareOnPaper(world, machine)
    #expect(after.history.dropFirst().map(\.sequence) == rig.history.map(\.sequence))
  }
}
