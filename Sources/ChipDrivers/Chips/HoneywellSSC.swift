public import PerfusionCore

/// Honeywell SSC/HSC/ABP digital pressure sensor with a four-byte frame.
///
/// Channel 0: mmHg, channel 1: degC. The part measures by itself every 0.46 ms and has no
/// identity; its status bits say whether the frame is fresh.
public struct HoneywellSSC: BitwiseCopyable, Sendable {
  // Honeywell SSC data sheet and technical note "I2C communications"; docs/domain.md 10.1.
  @usableFromInline static var lowestCounts: Double { 1638 }
  @usableFromInline static var spanCounts: Double { 13107 }
  /// A frame that has been read already for longer than this means that the part stands still.
  @usableFromInline static var stuckMicroseconds: Int64 { 20_000 }

  @usableFromInline var address: I2CAddress
  @usableFromInline var isReadOnce = false
  @usableFromInline var lowest: Double
  @usableFromInline var perCount: Double
  @usableFromInline var freshAt = Instant.start

  /// Makes the driver; `lowest` and `highest` in mmHg stand at 10 and 90 % of the counts.
  public init(address: I2CAddress, lowest: Double, highest: Double) {
    self.address = address
    self.lowest = lowest
    perCount = (highest - lowest) / HoneywellSSC.spanCounts
  }

  /// Forgets that the chip answered.
  @inlinable public mutating func restart() { isReadOnce = false }
  /// The chip has answered.
  @inlinable public var isReady: Bool { isReadOnce }

  /// Reads one frame.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    let bytes: InlineArray<4, UInt8> = try bus.read(address)
    switch bytes[0] >> 6 {
    case 0: take(bytes, now: now, samples: &samples)
    case 2: try checkFreshness(now)
    case 3: throw .chipFault
    default: throw .notReady
    }
  }

  @inlinable mutating func checkFreshness(_ now: Instant) throws(BusError) {
    if !isReadOnce { freshAt = now }
    isReadOnce = true
    guard now.microseconds &- freshAt.microseconds <= HoneywellSSC.stuckMicroseconds else {
      throw .notReady
    }
  }

  @inlinable mutating func take(
    _ bytes: InlineArray<4, UInt8>, now: Instant, samples: inout ChannelSamples
  ) {
    isReadOnce = true
    freshAt = now
    let counts = Words.unsigned16(bytes[0] & 0x3F, bytes[1])
    let isClipped = counts == 0 || counts == 0x3FFF
    let pressure = lowest + (Double(counts) - HoneywellSSC.lowestCounts) * perCount
    samples.set(0, pressure, at: now, quality: isClipped ? .outOfRange : .valid)
    let warmth = Words.unsigned16(bytes[2], bytes[3]) >> 5
    samples.set(1, Double(warmth) * (200.0 / 2047) - 50, at: now)
  }
}
