public import PerfusionCore

/// Microchip MCP4728, four 12-bit DACs with a power-up memory.
///
/// Output channels 0...3: volts, 0...`reference`; 2.048 and 4.096 V select the internal reference
/// with gain 1 and 2, any other the supply. A part that was just powered and whose memory would put
/// out anything but 0 V with these settings is set to 0 V and programmed before use (docs/domain.md
/// HZ-54); outputs that differ from the memory were driven before the firmware restarted and stay
/// until they are commanded. Once it has run it is never programmed: when it is lost, codes and
/// settings as they should be are written again, which moves nothing that was right. Writes go out
/// when something changed; a read-back of all four follows at once when nothing else changes, and
/// every fourth visit otherwise.
public struct MCP4728: BitwiseCopyable, Sendable {
  // MCP4728 data sheet DS22187E, figures 5-7, 5-8, 5-9 and 5-15.
  @usableFromInline static var multiWrite: UInt8 { 0x40 }
  @usableFromInline static var sequentialWrite: UInt8 { 0x50 }
  @usableFromInline static var isReadyBit: UInt8 { 0x80 }
  /// Channel number, and a bit that is always 0.
  @usableFromInline static var headMask: UInt8 { 0x38 }
  /// Reference, power-down and gain bits beside the four upper bits of the code.
  @usableFromInline static var modeMask: UInt8 { 0xF0 }
  @usableFromInline static var powerDownBits: UInt8 { 0x60 }
  @usableFromInline static var programmingMicroseconds: Int64 { 400_000 }
  @usableFromInline static var verifyVisits: UInt8 { 4 }
  @usableFromInline static var refreshVisits: UInt8 { 64 }

  @usableFromInline enum Stage: UInt8, BitwiseCopyable, Sendable {
    case inspect, programming, running
  }
  @usableFromInline var stage = Stage.inspect
  @usableFromInline var address: I2CAddress
  @usableFromInline var scale: TwelveBitScale
  @usableFromInline var modeBits: UInt8
  @usableFromInline var hasRun = false
  @usableFromInline var shown = RepeatedRead<24>()
  @usableFromInline var isKnown = false
  @usableFromInline var isVerified = false
  @usableFromInline var visitsToVerify: UInt8 = 4
  @usableFromInline var visitsToRefresh: UInt8 = 64
  @usableFromInline var written = InlineArray<4, UInt16>(repeating: 0)
  @usableFromInline var programmedAt = Instant.start

  /// Makes the driver; `reference` in volts stands at 4096 counts.
  public init(address: I2CAddress, reference: Double) {
    self.address = address
    scale = TwelveBitScale(reference: reference)
    let isInternal = reference == 2.048 || reference == 4.096
    modeBits = isInternal ? (reference == 4.096 ? 0x90 : 0x80) : 0x00
  }
  /// Begins initialisation anew.
  @inlinable public mutating func restart() {
    stage = .inspect
    isKnown = false
    shown = RepeatedRead()
  }
  /// The chip is driven.
  @inlinable public var isReady: Bool { stage == .running }

  /// One step of initialisation, or one write, or one verification.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, outputs: inout ChannelOutputs
  ) throws(BusError) {
    switch stage {
    case .inspect:
      if hasRun { try restore(&bus, &outputs) } else { try inspect(&bus, now: now) }
    case .programming: try awaitMemory(&bus, now: now)
    case .running: try drive(&bus, &outputs)
    }
  }

  @inlinable mutating func inspect(
    _ bus: inout some I2CBus & ~Copyable, now: Instant
  ) throws(BusError) {
    let found: InlineArray<24, UInt8> = try bus.read(address)
    guard found[0] & MCP4728.isReadyBit != 0 else { return }
    try checkHeads(found)
    guard try shown.confirm(found) else { return }
    var isPowerUpState = true
    var isMemorySafe = true
    for channel in 0..<4 {
      let base = channel * 6
      if found[base + 1] != found[base + 4] || found[base + 2] != found[base + 5] {
        isPowerUpState = false
      }
      if found[base + 4] != modeBits || found[base + 5] != 0 { isMemorySafe = false }
      // A channel that is powered down shows 0 V, whatever its code.
      let isDriven = found[base + 1] & MCP4728.powerDownBits == 0
      written[channel] = isDriven ? Words.unsigned16(found[base + 1] & 0x0F, found[base + 2]) : 0
    }
    if isPowerUpState && !isMemorySafe { return try program(&bus, now: now) }
    // Settings that are not ours under outputs that were driven: the first verification says so, and
    // they are mended without a move to 0 V.
    run()
  }

  @inlinable func checkHeads(_ found: InlineArray<24, UInt8>) throws(BusError) {
    for half in 0..<8 {
      let channel = UInt8(truncatingIfNeeded: half / 2)
      guard found[half * 3] & MCP4728.headMask == channel << 4 else { throw .verifyFailed }
    }
  }

  @usableFromInline mutating func run() {
    isKnown = true
    isVerified = false
    hasRun = true
    stage = .running
  }

  /// Codes and settings as they should be, into the outputs but not into the memory.
  @inlinable mutating func restore(
    _ bus: inout some I2CBus & ~Copyable, _ outputs: inout ChannelOutputs
  ) throws(BusError) {
    written = wanted(&outputs)
    var bytes = InlineArray<12, UInt8>(repeating: 0)
    for channel in 0..<4 {
      bytes[channel * 3] = MCP4728.multiWrite | UInt8(truncatingIfNeeded: channel) << 1
      bytes[channel * 3 + 1] = modeBits | Words.high(written[channel])
      bytes[channel * 3 + 2] = Words.low(written[channel])
    }
    try bus.write(address, bytes)
    try verify(&bus)
    run()
  }

  /// What each channel is to show: as commanded, the others as they were.
  @inlinable mutating func wanted(_ outputs: inout ChannelOutputs) -> InlineArray<4, UInt16> {
    var codes = written
    for channel in 0..<4 where outputs.isCommanded(channel) {
      codes[channel] = scale.code(outputs.read(channel))
    }
    return codes
  }

  /// Sets all outputs and the memory to 0 V with our reference and gain.
  @inlinable mutating func program(
    _ bus: inout some I2CBus & ~Copyable, now: Instant
  ) throws(BusError) {
    try bus.write(
      address,
      [MCP4728.sequentialWrite, modeBits, 0, modeBits, 0, modeBits, 0, modeBits, 0])
    programmedAt = now
    stage = .programming
  }

  @inlinable mutating func awaitMemory(
    _ bus: inout some I2CBus & ~Copyable, now: Instant
  ) throws(BusError) {
    let found: InlineArray<24, UInt8> = try bus.read(address)
    guard found[0] & MCP4728.isReadyBit != 0 else {
      let age = now.microseconds &- programmedAt.microseconds
      if age > MCP4728.programmingMicroseconds { throw .notReady }
      return
    }
    for half in 0..<8 {
      let base = half * 3
      guard found[base + 1] == modeBits && found[base + 2] == 0 else { throw .verifyFailed }
    }
    written = InlineArray(repeating: 0)
    run()
  }

  @inlinable mutating func drive(
    _ bus: inout some I2CBus & ~Copyable, _ outputs: inout ChannelOutputs
  ) throws(BusError) {
    let codes = wanted(&outputs)
    visitsToVerify &-= 1
    visitsToRefresh &-= 1
    let isChanged = !isKnown || visitsToRefresh == 0 || MCP4728.differ(codes, written)
    if visitsToRefresh == 0 { visitsToRefresh = MCP4728.refreshVisits }
    let mustVerify = !isVerified && visitsToVerify == 0
    if visitsToVerify == 0 { visitsToVerify = MCP4728.verifyVisits }
    if isChanged && !mustVerify { return try write(codes, &bus) }
    try verify(&bus)
  }

  @inlinable static func differ(
    _ left: InlineArray<4, UInt16>, _ right: InlineArray<4, UInt16>
  ) -> Bool {
    left[0] != right[0] || left[1] != right[1] || left[2] != right[2] || left[3] != right[3]
  }

  /// Fast write: power-down bits 0 and twelve bits for each channel, A first.
  @inlinable mutating func write(
    _ codes: InlineArray<4, UInt16>, _ bus: inout some I2CBus & ~Copyable
  ) throws(BusError) {
    isKnown = false
    isVerified = false
    try bus.write(
      address,
      [
        Words.high(codes[0]), Words.low(codes[0]), Words.high(codes[1]), Words.low(codes[1]),
        Words.high(codes[2]), Words.low(codes[2]), Words.high(codes[3]), Words.low(codes[3]),
      ])
    written = codes
    isKnown = true
  }

  @inlinable mutating func verify(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    let found: InlineArray<24, UInt8> = try bus.read(address)
    for channel in 0..<4 {
      let base = channel * 6
      let code = Words.unsigned16(found[base + 1] & 0x0F, found[base + 2])
      let isSame = found[base + 1] & MCP4728.modeMask == modeBits && code == written[channel]
      guard isSame else {
        isKnown = false
        throw .verifyFailed
      }
    }
    isVerified = true
  }
}
