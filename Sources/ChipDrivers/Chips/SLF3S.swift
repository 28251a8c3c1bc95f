public import PerfusionCore

/// Sensirion SLF3S liquid flow sensor in continuous water mode.
///
/// Channel 0: ml/min, channel 1: degC, channel 2: 1 with air in the line. Every word carries a
/// CRC-8.
public struct SLF3S: BitwiseCopyable, Sendable {
  // SLF3S-1300F data sheet section 4: commands 3608 start water, 3FF9 stop, 367C + E102 product.
  /// Product numbers of the SLF3S family begin with this word.
  @usableFromInline static var family: UInt16 { 0x0703 }
  @usableFromInline static var warmUpMicroseconds: Int64 { 60_000 }

  @usableFromInline enum Stage: UInt8, BitwiseCopyable, Sendable { case stop, identify, running }
  @usableFromInline var stage = Stage.stop
  @usableFromInline var address: I2CAddress
  @usableFromInline var perCount: Double
  @usableFromInline var goodAfter = Instant.start

  /// Makes the driver; `scale` counts are one ml/min.
  public init(address: I2CAddress, scale: Double) {
    self.address = address
    perCount = scale > 0 ? 1 / scale : 0
  }
  /// Begins initialisation anew.
  @inlinable public mutating func restart() { stage = .stop }
  /// The sensor measures.
  @inlinable public var isReady: Bool { stage == .running }

  /// One step of initialisation, or one frame.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    switch stage {
    case .stop:
      try bus.write(address, [0x3F, 0xF9])
      stage = .identify
    case .identify:
      try identify(&bus)
      try bus.write(address, [0x36, 0x08])
      goodAfter = now.advanced(microseconds: SLF3S.warmUpMicroseconds)
      stage = .running
    case .running:
      guard now >= goodAfter else { return }
      try collect(&bus, now: now, samples: &samples)
    }
  }

  @inlinable func identify(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    try bus.write(address, [0x36, 0x7C])
    try bus.write(address, [0xE1, 0x02])
    let bytes: InlineArray<18, UInt8> = try bus.read(address)
    for word in 0..<6 {
      let first = word * 3
      guard Checksum.sensirion(bytes[first], bytes[first + 1]) == bytes[first + 2] else {
        throw .checksum
      }
    }
    guard Words.unsigned16(bytes[0], bytes[1]) == SLF3S.family else { throw .wrongIdentity }
  }

  @inlinable func collect(
    _ bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    let bytes: InlineArray<9, UInt8> = try bus.read(address)
    guard Checksum.sensirion(bytes[0], bytes[1]) == bytes[2],
      Checksum.sensirion(bytes[3], bytes[4]) == bytes[5],
      Checksum.sensirion(bytes[6], bytes[7]) == bytes[8]
    else { throw .checksum }
    let flags = bytes[7]
    let flow = Words.signed16(bytes[0], bytes[1]) * perCount
    samples.set(0, flow, at: now, quality: flags & 2 != 0 ? .outOfRange : .valid)
    samples.set(1, Words.signed16(bytes[3], bytes[4]) / 200, at: now)
    samples.set(2, flags & 1 != 0 ? 1 : 0, at: now)
  }
}
