import Firmware
import TestSupport
import Testing

@testable import VirtualBoard

/// Storage that outlives the firmware (docs/domain.md 8.4).
@Suite("Kept store")
struct KeptStoreTests {
  private let store = KeptStore()

  @Test("A record replaces the one before, appended bytes follow those before")
  func replacesAndAppends() {
    store.keep([1, 2, 3], in: .retainedFirst)
    store.keep([4], in: .retainedFirst)
    store.append([5, 6], to: .alarmLog)
    store.append([7], to: .alarmLog)
    #expect(store.read(.retainedFirst) == [4])
    #expect(store.read(.alarmLog) == [5, 6, 7])
    #expect(store.read(.retainedSecond).isEmpty)
  }

  @Test("When the log is full its oldest bytes give way")
  func full() {
    let capacity = KeptPlace.alarmLog.capacity
    store.append(Array(repeating: 1, count: capacity), to: .alarmLog)
    store.append([2, 3], to: .alarmLog)
    #expect(store.read(.alarmLog).count == capacity)
    #expect(store.read(.alarmLog).suffix(3) == [1, 2, 3])
  }

  @Test("A torn write leaves the old bytes from there on", arguments: 0...4)
  func torn(byte: Int) {
    store.keep([1, 2, 3, 4], in: .retainedFirst)
    store.keep([5, 6, 7, 8], in: .retainedFirst)
    store.tear(.retainedFirst, at: byte)
    let whole = Array([5, 6, 7, 8].prefix(byte) + [1, 2, 3, 4].dropFirst(byte)) as [UInt8]
    #expect(store.read(.retainedFirst) == whole)
  }

  @Test("A full store keeps what it has, a dead one gives nothing")
  func faults() {
    store.keep([1], in: .retainedFirst)
    store.setFault(.stuck, random: SplitMix64(seed: 1))
    store.keep([2], in: .retainedFirst)
    #expect(store.read(.retainedFirst) == [1])
    store.setFault(.off, random: SplitMix64(seed: 1))
    #expect(store.read(.retainedFirst).isEmpty)
    store.setFault(nil, random: SplitMix64(seed: 1))
    #expect(store.read(.retainedFirst) == [1])
  }

  @Test("A bit flip turns exactly one bit of each write", arguments: 0..<20 as Range<UInt64>)
  func bitFlip(seed: UInt64) {
    store.setFault(.bitFlip, random: SplitMix64(seed: seed))
    store.keep([0, 0, 0, 0], in: .retainedSecond)
    #expect(store.read(.retainedSecond).map(\.nonzeroBitCount).reduce(0, +) == 1)
  }
}
