public import PerfusionCore

/// ams AS5600, magnetic angle encoder of 12 bits, unwrapped to counts since start-up.
///
/// Channel 0: accumulated counts (4096 a turn), channel 1: the magnet status bits. The unwrapping
/// expects the rotor to go on at the speed of the visits before, so that one missed visit at
/// 5000 rpm does not lose a turn. How many turns were made while the chip was away for longer than
/// `continuityMicroseconds` nothing says: the count is then set anew, by `anew` counts away from
/// where it was, so that nobody takes the difference for travel, or for a rotor that ran backwards.
/// One of 256 visits reads the settings back instead and leaves the count as it is; so does the second visit
/// after a transfer that failed, so that no three in a row come without an angle.
public struct AS5600: BitwiseCopyable, Sendable {
  // AS5600 data sheet v1-06, figures 21 and 22.
  @usableFromInline static var configuration: UInt8 { 0x07 }
  @usableFromInline static var status: UInt8 { 0x0B }
  /// Slow filter at its fastest, no hysteresis, always on.
  @usableFromInline static var settings: UInt16 { 0x0300 }
  @usableFromInline static var magnetDetected: UInt8 { 0x20 }
  /// Longest gap over which the expected speed is trusted.
  @inlinable public static var continuityMicroseconds: Int64 { 60_000 }
  /// How far away a count that is set anew begins: further than a rotor comes in ten days.
  @inlinable public static var anew: Int64 { 1 << 40 }
  /// 5500 rpm in counts per microsecond; a speed above it is not believed.
  @usableFromInline static var fastest: Double { 5500.0 * 4096 / 60_000_000 }

  @usableFromInline var address: I2CAddress
  @usableFromInline var isConfigured = false
  @usableFromInline var isStarted = false
  @usableFromInline var visits: UInt8 = 0
  @usableFromInline var angle: UInt16 = 0
  @usableFromInline var counts: Int64 = 0
  @usableFromInline var rate: Double = 0
  @usableFromInline var readAt = Instant.start

  /// Makes the driver.
  public init(address: I2CAddress) { self.address = address }
  /// Forgets that the chip was configured; the counts stay.
  @inlinable public mutating func restart() { isConfigured = false }
  /// The chip is configured.
  @inlinable public var isReady: Bool { isConfigured }

  /// Reads status and raw angle in one burst.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    if !isConfigured { try configure(&bus) }
    visits &+= 1
    if visits == 0 { return try verify(&bus) }
    let bytes: InlineArray<3, UInt8> = try bus.read(address, register: AS5600.status)
    samples.set(1, Double(bytes[0] & 0x38), at: now)
    guard bytes[0] & AS5600.magnetDetected != 0 else {
      return samples.mark(0, .faulted, at: now)
    }
    advance(to: Words.unsigned16(bytes[1] & 0x0F, bytes[2]), now: now)
    samples.set(0, Double(counts), at: now)
  }

  @inlinable func verify(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    let found = try bus.readWord(address, register: AS5600.configuration)
    guard found & 0x3FFF == AS5600.settings else { throw .verifyFailed }
  }

  @inlinable mutating func configure(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    try bus.writeWord(address, register: AS5600.configuration, AS5600.settings)
    try verify(&bus)
    isConfigured = true
  }

  @inlinable mutating func advance(to raw: UInt16, now: Instant) {
    let elapsed = now.microseconds &- readAt.microseconds
    if isStarted && elapsed <= AS5600.continuityMicroseconds {
      let expected = Int64(rate * Double(max(0, elapsed)))
      let step = AS5600.nearest(Int64(raw) &- Int64(angle), to: expected)
      counts &+= step
      rate = elapsed > 0 ? AS5600.clamped(Double(step) / Double(elapsed)) : 0
    } else {
      let isFar = counts > AS5600.anew / 2
      counts = Int64(raw) &+ (isStarted && !isFar ? AS5600.anew : 0)
      rate = 0
    }
    isStarted = true
    angle = raw
    readAt = now
  }

  /// The step that is `difference` modulo one turn and lies nearest to `expected`.
  @inlinable static func nearest(_ difference: Int64, to expected: Int64) -> Int64 {
    let offset = (difference &- expected) & 0xFFF
    return expected &+ (offset >= 2048 ? offset &- 4096 : offset)
  }

  @inlinable static func clamped(_ rate: Double) -> Double {
    rate > fastest ? fastest : (rate < -fastest ? -fastest : rate)
  }
}
