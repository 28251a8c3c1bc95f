import ChipDrivers

/// What a bus, or one chip's place on it, suffers from.
struct BusFault {
  let word: FaultWord
  private var random: SplitMix64

  /// A fault that begins now.
  init(_ word: FaultWord, random: SplitMix64) {
    self.word = word
    self.random = random
  }

  /// The words that a bus knows: `off` the adapter is gone, `intermittent` half of the transfers
  /// are not acknowledged, `slow` ten times the time, and five of the bus words.
  static var busWords: [FaultWord] {
    [.off, .slow, .intermittent, .nack, .timeout, .hang, .arbitrationLost, .bitFlip]
  }
  /// The words that every chip knows at its place on the bus, beside its own.
  static var chipWords: [FaultWord] {
    [.nack, .timeout, .hang, .latched, .arbitrationLost, .bitFlip]
  }

  /// The error that a transfer ends with, nothing when it goes through.
  mutating func strike() -> BusError? {
    switch word {
    case .off, .hang, .latched: .busFault
    case .nack: .noAcknowledge
    case .timeout: .timeout
    case .arbitrationLost: .arbitrationLost
    case .intermittent: random.next() & 1 == 0 ? .noAcknowledge : nil
    case .stuck, .garbage, .wrong, .drift, .swapped, .slow, .delayed, .bitFlip: nil
    }
  }

  /// Turns one bit of what was read.
  mutating func flip(_ bytes: inout MutableSpan<UInt8>) {
    guard word == .bitFlip, bytes.count > 0 else { return }
    let bit = Int(random.next() % UInt64(bytes.count * 8))
    bytes[bit >> 3] ^= 1 << UInt8(bit & 7)
  }
}
