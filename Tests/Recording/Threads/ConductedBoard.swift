import CLinux
import ChipDrivers
import Firmware
import Foundation
import PerfusionCore
import Synchronization

/// The outside of a machine whose threads are real and whose time is not: it moves on when all of
/// them sleep, so that a run is quick and whoever is late is late by the firmware's own doing.
///
/// Everything here is relaxed, so that this world puts no order between threads that the firmware's
/// own hand-overs lack: ThreadSanitizer would see less of them.
final class ConductedWorld: Sendable {
  /// The moment, nanoseconds.
  let now = Atomic<Int64>(1)
  /// Levels of the outputs, as the keeper drove them last.
  let outputs = Atomic<UInt64>(0)
  /// Bytes of the alarm log.
  let appended = Atomic<Int>(0)
  /// Records that were stored.
  let stored = Atomic<Int>(0)
  private let isOver = Atomic<Bool>(false)
  /// Threads by their identity, in the order in which they slept first, and until when.
  private let threads: InlineArray<16, Atomic<UInt>>
  private let sleepers: InlineArray<16, Atomic<Int64>>

  /// Everybody is still to come.
  init() {
    threads = InlineArray { _ in Atomic<UInt>(0) }
    sleepers = InlineArray { _ in Atomic<Int64>(0) }
  }

  /// Sleeps until a moment of this world, a microsecond at least: nobody may hold time up by asking
  /// again and again.
  func sleep(until wanted: Int64) {
    let place = place(of: pthread_self())
    let moment = max(wanted, now.load(ordering: .relaxed) + 1000)
    sleepers[place].store(moment, ordering: .relaxed)
    while now.load(ordering: .relaxed) < moment && !isOver.load(ordering: .relaxed) { rest() }
  }

  private func place(of thread: UInt) -> Int {
    for place in 0..<16 {
      let known = threads[place].load(ordering: .relaxed)
      if known == thread { return place }
      guard known == 0 else { continue }
      let claim = threads[place].compareExchange(
        expected: 0, desired: thread, ordering: .relaxed)
      if claim.exchanged || claim.original == thread { return place }
    }
    return 15
  }

  /// Moves time on while the tick runs, then freely until `end` is called.
  func conduct(threads count: Int, isPaced: @Sendable () -> Bool) {
    while !isOver.load(ordering: .relaxed) {
      var next = now.load(ordering: .relaxed) + 1_000_000
      if isPaced() {
        var asleep = 0
        for place in 0..<16 {
          let until = sleepers[place].load(ordering: .relaxed)
          guard until > now.load(ordering: .relaxed) else { continue }
          next = min(next, until)
          asleep += 1
        }
        guard asleep >= count else {
          rest()
          continue
        }
      } else {
        rest()
      }
      now.store(next, ordering: .relaxed)
    }
  }

  /// Nobody sleeps any more.
  func end() { isOver.store(true, ordering: .relaxed) }

  private func rest() { _ = pc_clock_sleep_until(pc_clock_now() + 200_000) }
}

/// A handle on this world for one thread.
struct ConductedBoard: ThreadedBoard, Sendable {
  let world: ConductedWorld
  let chip: PaperThermometer
  var nanoseconds: Int64 { world.now.load(ordering: .relaxed) }
  func sleep(until nanoseconds: Int64) { world.sleep(until: nanoseconds) }
  func bus(_ index: Int) -> PaperBus { PaperBus(chip: chip) }
  mutating func recoverBus(_ index: Int, by step: BusRecovery) {}
  mutating func readLines() throws(BusError) -> LineLevels {
    world.outputs.load(ordering: .relaxed)
  }
  func wakeKeeper() {}
  func waitAsKeeper(until nanoseconds: Int64) {
    world.sleep(until: min(nanoseconds, self.nanoseconds + 2_000_000))
  }
  mutating func writeLines(_ levels: LineLevels, changed: LineLevels) throws(BusError) {
    let before = world.outputs.load(ordering: .relaxed)
    world.outputs.store((before & ~changed) | (levels & changed), ordering: .relaxed)
  }
  mutating func collectEdges(
    until nanoseconds: Int64, into ring: borrowing RecordRing<LineEdgeEvent>
  ) {
    let now = self.nanoseconds / 1000
    ring.put {
      $0 = LineEdgeEvent(line: 3, isAsserted: now % 2 == 0, at: Instant(microseconds: now))
    }
    world.sleep(until: nanoseconds)
  }
  mutating func store(_ bytes: borrowing Span<UInt8>, in place: KeptPlace) -> Bool {
    world.stored.add(1, ordering: .relaxed)
    return true
  }
  mutating func add(_ bytes: borrowing Span<UInt8>, to place: KeptPlace) -> Bool {
    world.appended.add(bytes.count, ordering: .relaxed)
    return true
  }
  mutating func recall(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int { 0 }
}

/// A TMP117 at 0x48. Only the thread of its bus touches it, and nothing here guards that.
final class PaperThermometer: @unchecked Sendable {
  private var pointer: UInt8 = 0
  private var configuration: UInt16 = 0
  private var conversions: UInt16 = 0

  func transfer(
    _ write: Span<UInt8>, _ read: inout MutableSpan<UInt8>
  ) {
    if write.count > 0 { pointer = write[0] }
    if write.count == 3, pointer == 1 { configuration = UInt16(write[1]) << 8 | UInt16(write[2]) }
    guard read.count == 2 else { return }
    let word: UInt16
    switch pointer {
    case 0:
      conversions &+= 1
      word = 0x1280 &+ conversions & 0x3F
    case 1: word = configuration | 0x2000
    case 15: word = 0x0117
    default: word = 0
    }
    read[0] = UInt8(word >> 8)
    read[1] = UInt8(word & 255)
  }
}

/// The bus that it is on.
struct PaperBus: I2CBus {
  let chip: PaperThermometer
  mutating func transfer(
    _ address: I2CAddress, write: Span<UInt8>, read: inout MutableSpan<UInt8>
  ) throws(BusError) {
    guard address.bits == 0x48 else { throw .noAcknowledge }
    chip.transfer(write, &read)
  }
}
