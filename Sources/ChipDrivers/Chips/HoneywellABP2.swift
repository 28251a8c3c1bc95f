public import PerfusionCore

/// Honeywell ABP2, 24-bit pressure sensor: a command starts a conversion, a later read takes it.
///
/// Channel 0: mmHg, channel 1: degC.
public struct HoneywellABP2: BitwiseCopyable, Sendable {
  // Honeywell ABP2 data sheet 32350268, tables 16...20; docs/domain.md 10.1.
  @usableFromInline static var lowestCounts: Double { 1_677_721.6 }
  @usableFromInline static var spanCounts: Double { 13_421_772.8 }
  @usableFromInline static var conversionMicroseconds: Int64 { 5000 }
  @usableFromInline static var giveUpMicroseconds: Int64 { 50_000 }
  @usableFromInline static var busy: UInt8 { 0x20 }
  /// Bit 6 powered, bit 2 memory fault, bit 0 saturated.
  @usableFromInline static var healthMask: UInt8 { 0x45 }

  @usableFromInline var address: I2CAddress
  @usableFromInline var isConverting = false
  @usableFromInline var isReadOnce = false
  @usableFromInline var lowest: Double
  @usableFromInline var perCount: Double
  @usableFromInline var startedAt = Instant.start

  /// Makes the driver; `lowest` and `highest` in mmHg stand at 10 and 90 % of the counts.
  public init(address: I2CAddress, lowest: Double, highest: Double) {
    self.address = address
    self.lowest = lowest
    perCount = (highest - lowest) / HoneywellABP2.spanCounts
  }

  /// Forgets what was started.
  @inlinable public mutating func restart() {
    isConverting = false
    isReadOnce = false
  }
  /// The chip has answered.
  @inlinable public var isReady: Bool { isReadOnce }

  /// Takes the conversion of the visit before when it is done, and starts the next one.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    if isConverting {
      let bytes: InlineArray<7, UInt8> = try bus.read(address)
      if bytes[0] & HoneywellABP2.busy != 0 {
        let age = now.microseconds &- startedAt.microseconds
        if age > HoneywellABP2.giveUpMicroseconds { throw .notReady }
        return
      }
      try take(bytes, now: now, samples: &samples)
    }
    isConverting = false
    try bus.write(address, [0xAA, 0x00, 0x00])
    startedAt = now
    isConverting = true
  }

  @inlinable mutating func take(
    _ bytes: InlineArray<7, UInt8>, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    let health = bytes[0] & HoneywellABP2.healthMask
    guard health & 0x44 == 0x40 else { throw .chipFault }
    isReadOnce = true
    let taken = min(now, startedAt.advanced(microseconds: HoneywellABP2.conversionMicroseconds))
    guard health & 1 == 0 else { return samples.mark(0, .outOfRange, at: taken) }
    let counts = Double(Words.unsigned24(bytes[1], bytes[2], bytes[3]))
    samples.set(0, lowest + (counts - HoneywellABP2.lowestCounts) * perCount, at: taken)
    let warmth = Double(Words.unsigned24(bytes[4], bytes[5], bytes[6]))
    samples.set(1, warmth * (200.0 / 16_777_216) - 50, at: taken)
  }
}
