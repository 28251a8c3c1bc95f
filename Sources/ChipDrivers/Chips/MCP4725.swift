public import PerfusionCore

/// Microchip MCP4725, 12-bit DAC with a power-up memory.
///
/// Output channel 0: volts, 0...`reference`. A part whose memory would put out anything but 0 V at
/// power-up is set to 0 V and its memory programmed with 0 before it is used (docs/domain.md
/// HZ-54). Found with an output that differs from its memory, the chip was driven before the
/// firmware restarted: the output then stays until it is commanded. Once it has run it is never
/// programmed: when it is lost, the code that it should show is written again.
public struct MCP4725: BitwiseCopyable, Sendable {
  // MCP4725 data sheet DS22039D, figures 6-1...6-3.
  @usableFromInline static var writeWithMemory: UInt8 { 0x60 }
  @usableFromInline static var isReadyBit: UInt8 { 0x80 }
  @usableFromInline static var powerDownBits: UInt8 { 0x06 }
  @usableFromInline static var programmingMicroseconds: Int64 { 200_000 }
  @usableFromInline static var refreshVisits: UInt8 { 64 }

  @usableFromInline enum Stage: UInt8, BitwiseCopyable, Sendable {
    case inspect, programming, running
  }
  @usableFromInline var stage = Stage.inspect
  @usableFromInline var address: I2CAddress
  @usableFromInline var scale: TwelveBitScale
  /// What was written last; nothing while that is not known.
  @usableFromInline var written: UInt16?
  /// What it is to show while nobody commands it: as found, or as commanded last.
  @usableFromInline var kept: UInt16 = 0
  @usableFromInline var hasRun = false
  @usableFromInline var shown = RepeatedRead<5>()
  @usableFromInline var visitsToRefresh: UInt8 = 64
  @usableFromInline var programmedAt = Instant.start

  /// Makes the driver; `reference` in volts stands at 4096 counts.
  public init(address: I2CAddress, reference: Double) {
    self.address = address
    scale = TwelveBitScale(reference: reference)
  }
  /// Begins initialisation anew.
  @inlinable public mutating func restart() {
    stage = .inspect
    written = nil
    shown = RepeatedRead()
  }
  /// The chip is driven.
  @inlinable public var isReady: Bool { stage == .running }

  /// One step of initialisation, or write and verify.
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
    let found: InlineArray<5, UInt8> = try bus.read(address)
    guard found[0] & MCP4725.isReadyBit != 0 else { return }
    guard try shown.confirm(found) else { return }
    let output = Words.unsigned16(found[1], found[2]) >> 4
    let memory = Words.unsigned16(found[3] & 0x0F, found[4])
    let isMemorySafe = memory == 0 && found[3] & 0x60 == 0
    if output == memory && !isMemorySafe {
      try bus.write(address, [MCP4725.writeWithMemory, 0, 0])
      programmedAt = now
      stage = .programming
      return
    }
    // An output that is powered down shows 0 V, whatever its code.
    run(found[0] & MCP4725.powerDownBits == 0 ? output : 0)
  }

  @usableFromInline mutating func run(_ code: UInt16) {
    kept = code
    written = code
    hasRun = true
    stage = .running
  }

  /// The code that it should show.
  @inlinable mutating func restore(
    _ bus: inout some I2CBus & ~Copyable, _ outputs: inout ChannelOutputs
  ) throws(BusError) {
    try write(wanted(&outputs), &bus)
    stage = .running
  }

  @inlinable mutating func wanted(_ outputs: inout ChannelOutputs) -> UInt16 {
    if outputs.isCommanded(0) { kept = scale.code(outputs.read(0)) }
    return kept
  }

  @inlinable mutating func awaitMemory(
    _ bus: inout some I2CBus & ~Copyable, now: Instant
  ) throws(BusError) {
    let found: InlineArray<5, UInt8> = try bus.read(address)
    guard found[0] & MCP4725.isReadyBit != 0 else {
      let age = now.microseconds &- programmedAt.microseconds
      if age > MCP4725.programmingMicroseconds { throw .notReady }
      return
    }
    let isSafe =
      found[0] & MCP4725.powerDownBits == 0 && found[1] == 0 && found[2] & 0xF0 == 0
      && found[3] & 0x6F == 0 && found[4] == 0
    guard isSafe else { throw .verifyFailed }
    run(0)
  }

  @inlinable mutating func drive(
    _ bus: inout some I2CBus & ~Copyable, _ outputs: inout ChannelOutputs
  ) throws(BusError) {
    visitsToRefresh &-= 1
    if visitsToRefresh == 0 {
      visitsToRefresh = MCP4725.refreshVisits
      written = nil
    }
    let code = wanted(&outputs)
    if written != code { return try write(code, &bus) }
    try verify(&bus)
  }

  @inlinable mutating func write(
    _ code: UInt16, _ bus: inout some I2CBus & ~Copyable
  ) throws(BusError) {
    written = nil
    try bus.write(address, [Words.high(code), Words.low(code)])
    written = code
    try verify(&bus)
  }

  /// Reads the output register back.
  @inlinable mutating func verify(_ bus: inout some I2CBus & ~Copyable) throws(BusError) {
    let found: InlineArray<3, UInt8> = try bus.read(address)
    guard let wanted = written else { return }
    let isSame =
      found[0] & MCP4725.powerDownBits == 0 && Words.unsigned16(found[1], found[2]) >> 4 == wanted
    guard isSame else {
      written = nil
      throw .verifyFailed
    }
  }
}
