import ChipDrivers
import Firmware
import PerfusionCore

/// Registers of two bytes, or of a burst of any length, at an address.
final class FakeChip {
  var registers: [UInt8: [UInt8]]
  var pointer: UInt8 = 0
  var transfers = 0
  init(_ registers: [UInt8: [UInt8]]) { self.registers = registers }

  /// The register at the pointer and, where more is asked for, those behind it.
  func read(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var place = pointer
    while bytes.count < count {
      let own = registers[place] ?? [0]
      bytes += own
      place &+= UInt8(own.count)
    }
    return Array(bytes.prefix(count))
  }
}

/// The outside of a machine: lines, edges, chips and the clock.
final class FakeWorld {
  var now = Instant.start
  var levels: LineLevels = 0
  var readFails = false
  var writeFails = false
  var edges: [LineEdgeEvent] = []
  var written: [(line: Int, isAsserted: Bool, at: Instant)] = []
  var outputs: LineLevels = 0
  /// Chips by bus, multiplexer channel (0 for none) and address.
  var chips: [Int: FakeChip] = [:]
  var joined: UInt8 = 0
  var hasMultiplexer = false
  var busFault: BusError?
  var failedWrites: UInt64 = 0
  /// By how much the computer's clock is ahead of the monotonic one, seconds; nothing: not known.
  var civilOffset: Double?
  var transfers = 0
  var recoveries: [BusRecovery] = []
  /// What outlives the firmware.
  var kept: [KeptPlace: [UInt8]] = [:]
  /// What was stored by place, and in which order.
  var stored: [Int: [UInt8]] = [:]
  var storeOrder: [KeptPlace] = []
  var storeFails = false
  /// Lines that the machine runs without.
  var missing: LineLevels = 0
  /// Called when a thread has slept.
  var onSleep: (FakeWorld) -> Void = { _ in }
  /// Called when the lines are read.
  var onRead: (FakeWorld) -> Void = { _ in }
  /// Called when a line is written, to let a detector follow its test line.
  var onWrite: (FakeWorld, Int, Bool) -> Void = { _, _, _ in }

  static func place(_ address: UInt8, bus: Int = 0, joined: UInt8 = 0) -> Int {
    bus << 16 | Int(joined) << 8 | Int(address)
  }

  /// Changes an input and leaves its edge, as the kernel does.
  func set(_ line: Int, _ isAsserted: Bool, at microseconds: Int64, leavesEdge: Bool = true) {
    let bit: LineLevels = 1 << UInt64(line)
    guard (levels & bit != 0) != isAsserted else { return }
    levels = isAsserted ? levels | bit : levels & ~bit
    if leavesEdge {
      edges.append(
        LineEdgeEvent(
          line: UInt8(line), isAsserted: isAsserted, at: Instant(microseconds: microseconds)))
    }
  }
  func isAsserted(_ line: Int) -> Bool { outputs >> UInt64(line) & 1 != 0 }

  func transfer(
    _ bus: Int, _ address: UInt8, _ write: [UInt8], _ count: Int
  ) throws(BusError) -> [UInt8] {
    transfers += 1
    if let busFault { throw busFault }
    if hasMultiplexer && address == 0x71 {
      if let last = write.last { joined = last }
      return [UInt8](repeating: joined, count: count)
    }
    let direct = chips[FakeWorld.place(address, bus: bus)]
    guard let chip = direct ?? chips[FakeWorld.place(address, bus: bus, joined: joined)] else {
      throw .noAcknowledge
    }
    chip.transfers += 1
    if let first = write.first { chip.pointer = first }
    if write.count > 1 { chip.registers[chip.pointer] = Array(write.dropFirst()) }
    return chip.read(count)
  }
}

/// A handle on one bus of the world.
struct FakeBus: I2CBus {
  let world: FakeWorld
  let index: Int
  mutating func transfer(
    _ address: I2CAddress, write: Span<UInt8>, read: inout MutableSpan<UInt8>
  ) throws(BusError) {
    var bytes: [UInt8] = []
    for place in 0..<write.count { bytes.append(write[place]) }
    let answer = try world.transfer(index, address.bits, bytes, read.count)
    for place in 0..<read.count { read[place] = answer[place] }
  }
}

/// The platform of these tests.
struct FakeBoard: Platform, ~Copyable {
  let world: FakeWorld
  var now: Instant { world.now }
  var failedWrites: UInt64 { world.failedWrites }
  var civilTime: Int64 {
    world.civilOffset.map { Int64(Double(now.microseconds) / 1_000_000 + $0) } ?? 0
  }
  func bus(_ index: Int) -> FakeBus { FakeBus(world: world, index: index) }
  mutating func readLines() throws(BusError) -> LineLevels {
    if world.readFails { throw .busFault }
    return world.levels
  }
  mutating func writeLine(_ index: Int, isAsserted: Bool) throws(BusError) {
    if world.writeFails { throw .busFault }
    world.written.append((index, isAsserted, world.now))
    let bit: LineLevels = 1 << UInt64(index)
    world.outputs = isAsserted ? world.outputs | bit : world.outputs & ~bit
    world.onWrite(world, index, isAsserted)
  }
  mutating func takeEdge() -> LineEdgeEvent? {
    world.edges.isEmpty ? nil : world.edges.removeFirst()
  }
  mutating func recoverBus(_ index: Int, by step: BusRecovery) { world.recoveries.append(step) }
  mutating func keep(_ bytes: borrowing Span<UInt8>, in place: KeptPlace) {
    world.kept[place] = bytes.indices.map { bytes[$0] }
  }
  mutating func append(_ bytes: borrowing Span<UInt8>, to place: KeptPlace) {
    world.kept[place, default: []] += bytes.indices.map { bytes[$0] }
  }
  mutating func recall(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int {
    let kept = world.kept[place, default: []].suffix(bytes.count)
    for (index, byte) in kept.enumerated() { bytes[index] = byte }
    return kept.count
  }
}
