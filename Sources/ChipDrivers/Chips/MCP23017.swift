public import PerfusionCore

/// Microchip MCP23017, sixteen pins.
///
/// Channel 0: the pin levels as a word, channel 1: driven pins that do not follow (0 when all is
/// well, a short otherwise). Outputs get their rest level in the latch before they become
/// outputs. Every visit reads pins and latches in one burst; a latch that is not as written, or
/// directions that are not ours, mean that the chip was reset.
public struct MCP23017: BitwiseCopyable, Sendable {
  // MCP23017 data sheet DS20001952C, table 3-3 (BANK = 0).
  @usableFromInline static var directions: UInt8 { 0x00 }
  @usableFromInline static var pullUps: UInt8 { 0x0C }
  @usableFromInline static var pins: UInt8 { 0x12 }
  @usableFromInline static var latches: UInt8 { 0x14 }
  @usableFromInline static var resetDirections: UInt16 { 0xFFFF }
  @usableFromInline static var refreshVisits: UInt8 { 64 }

  @usableFromInline enum Stage: UInt8, BitwiseCopyable, Sendable { case latch, direction, running }
  @usableFromInline var stage = Stage.latch
  @usableFromInline var address: I2CAddress
  @usableFromInline var use: ExpanderPins
  @usableFromInline var latch: UInt16
  @usableFromInline var isLatchKnown = false
  @usableFromInline var visitsToRefresh: UInt8 = 64

  /// Makes the driver.
  public init(address: I2CAddress, use: ExpanderPins) {
    self.address = address
    self.use = use
    latch = use.restHigh
  }
  /// Begins initialisation anew.
  @inlinable public mutating func restart() {
    stage = .latch
    isLatchKnown = false
  }
  /// The chip runs.
  @inlinable public var isReady: Bool { stage == .running }

  /// One step of initialisation, or drive and read.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples,
    outputs: inout ChannelOutputs
  ) throws(BusError) {
    switch stage {
    case .latch: try prepareLatch(&bus, &outputs)
    case .direction: try setDirections(&bus)
    case .running: try drive(&bus, now: now, samples: &samples, &outputs)
    }
  }

  /// The levels to drive: commanded ones, the others as they were (at first: at rest).
  @inlinable func wanted(_ outputs: inout ChannelOutputs) -> UInt16 {
    let commanded = outputs.commandedPins & use.outputs
    return (latch & ~commanded) | (outputs.pins & commanded)
  }

  /// The data sheet's register order is A then B, so the low byte goes first.
  @inlinable func write(
    _ register: UInt8, _ word: UInt16, _ bus: inout some I2CBus & ~Copyable
  ) throws(BusError) {
    try bus.write(address, [register, Words.low(word), Words.high(word)])
  }
  @inlinable func read(
    _ register: UInt8, _ bus: inout some I2CBus & ~Copyable
  ) throws(BusError) -> UInt16 {
    let bytes: InlineArray<2, UInt8> = try bus.read(address, register: register)
    return Words.unsigned16(bytes[1], bytes[0])
  }

  @inlinable mutating func prepareLatch(
    _ bus: inout some I2CBus & ~Copyable, _ outputs: inout ChannelOutputs
  ) throws(BusError) {
    let isReset = try read(MCP23017.directions, &bus) == MCP23017.resetDirections
    // A chip that kept its directions also kept its outputs: leave them until commanded.
    latch = isReset ? use.restHigh : try read(MCP23017.latches, &bus) & use.outputs
    latch = wanted(&outputs)
    try write(MCP23017.latches, latch, &bus)
    guard try read(MCP23017.latches, &bus) == latch else { throw .verifyFailed }
    isLatchKnown = true
    stage = .direction
  }

  @inlinable mutating func setDirections(
    _ bus: inout some I2CBus & ~Copyable
  ) throws(BusError) {
    try write(MCP23017.pullUps, use.pullUps, &bus)
    try write(MCP23017.directions, ~use.outputs, &bus)
    guard try read(MCP23017.directions, &bus) == ~use.outputs,
      try read(MCP23017.pullUps, &bus) == use.pullUps
    else { throw .verifyFailed }
    stage = .running
  }

  @inlinable mutating func drive(
    _ bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples,
    _ outputs: inout ChannelOutputs
  ) throws(BusError) {
    let levels = wanted(&outputs)
    visitsToRefresh &-= 1
    if visitsToRefresh == 0 {
      visitsToRefresh = MCP23017.refreshVisits
      isLatchKnown = false
    }
    if levels != latch || !isLatchKnown {
      isLatchKnown = false
      latch = levels
      try write(MCP23017.latches, levels, &bus)
      isLatchKnown = true
    } else if try read(MCP23017.directions, &bus) != ~use.outputs {
      throw .verifyFailed
    }
    let bytes: InlineArray<4, UInt8> = try bus.read(address, register: MCP23017.pins)
    guard Words.unsigned16(bytes[3], bytes[2]) == latch else { throw .verifyFailed }
    let pins = Words.unsigned16(bytes[1], bytes[0])
    samples.set(0, Double(pins), at: now)
    samples.set(1, Double((pins ^ latch) & use.outputs), at: now)
  }
}
