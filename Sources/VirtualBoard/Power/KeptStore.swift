import Firmware
import PerfusionCore

/// The computer's storage that outlives its power: every write is on it at once, unless a fault
/// says otherwise.
final class KeptStore {
  private var contents: [KeptPlace: [UInt8]] = [:]
  /// What each place held before its last write.
  private var before: [KeptPlace: [UInt8]] = [:]
  private var fault: FaultWord?
  private var random = SplitMix64(seed: 0)
  /// Writes that reached the store.
  private(set) var writes = 0
  /// Writes that it did not take.
  private(set) var failures: UInt64 = 0

  /// What it may suffer: `off` holds nothing, `stuck` is full and takes nothing more, `garbage`
  /// gives random bytes, `bitFlip` turns a bit of every write, `intermittent` tears every other
  /// write at a random byte.
  static var faultWords: [FaultWord] { [.off, .stuck, .garbage, .bitFlip, .intermittent] }

  /// Applies or ends a fault.
  func setFault(_ word: FaultWord?, random: SplitMix64) {
    fault = word
    self.random = random
  }

  /// Replaces what a place holds.
  func keep(_ bytes: [UInt8], in place: KeptPlace) {
    write(Array(bytes.prefix(place.capacity)), to: place)
  }

  /// Adds to the end of a place; the oldest bytes give way.
  func append(_ bytes: [UInt8], to place: KeptPlace) {
    write(((contents[place] ?? []) + bytes).suffix(place.capacity), to: place)
  }

  /// What a place gives when it is read.
  func read(_ place: KeptPlace) -> [UInt8] {
    let bytes = contents[place] ?? []
    switch fault {
    case .off: return []
    case .garbage: return bytes.map { _ in UInt8(truncatingIfNeeded: random.next()) }
    default: return bytes
    }
  }

  /// The same into a room: its last bytes where it is too much; how many.
  func read(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int {
    let kept = read(place).suffix(bytes.count)
    for (index, byte) in kept.enumerated() { bytes[index] = byte }
    return kept.count
  }

  /// Undoes the last write of a place from a byte on, as a power cut in the middle of it does.
  func tear(_ place: KeptPlace, at byte: Int) {
    let old = before[place] ?? []
    let new = contents[place] ?? []
    contents[place] = KeptStore.torn(new, over: old, at: byte)
  }

  /// Turns one bit of what a place holds; a bit past its end is ignored.
  func flip(_ place: KeptPlace, bit: Int) {
    guard bit >= 0, contents[place]?.indices.contains(bit >> 3) == true else { return }
    contents[place]?[bit >> 3] ^= 1 << UInt8(bit & 7)
  }

  /// Puts any bytes into a place.
  func replace(_ place: KeptPlace, by bytes: [UInt8]) { contents[place] = bytes }

  private func write<Bytes: Collection<UInt8>>(_ bytes: Bytes, to place: KeptPlace) {
    guard fault != .off, fault != .stuck else {
      failures &+= 1
      return
    }
    var new = Array(bytes)
    let old = contents[place] ?? []
    if fault == .bitFlip, !new.isEmpty {
      let bit = Int(random.next() % UInt64(new.count * 8))
      new[bit >> 3] ^= 1 << UInt8(bit & 7)
    }
    if fault == .intermittent, !new.isEmpty, random.next() & 1 == 0 {
      new = KeptStore.torn(new, over: old, at: Int(random.next() % UInt64(new.count)))
    }
    before[place] = old
    contents[place] = new
    writes += 1
  }

  private static func torn(_ new: [UInt8], over old: [UInt8], at byte: Int) -> [UInt8] {
    let kept = min(max(byte, 0), new.count)
    return Array(new.prefix(kept)) + old.dropFirst(kept)
  }
}
