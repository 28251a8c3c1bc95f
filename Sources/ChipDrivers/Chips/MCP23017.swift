public import PerfusionCore

/// Microchip MCP23017, sixteen pins.
///
/// Channel 0: the pin levels as a word, channel 1: driven pins that do not follow (0 when all is
/// well, a short otherwise). Outputs get their rest level in the latch before they become
/// outputs. Every visit reads pins and latches in one burst; a latch that is not as written, or
/// directions or polarities that are not ours, mean that the chip was reset or upset. Pins that turn
/// over all at once are not believed (`isTurnedOver`).
public struct MCP23017: BitwiseCopyable, Sendable {
  // MCP23017 data sheet DS20001952C, table 3-3 (BANK = 0).
  @usableFromInline static var directions: UInt8 { 0x00 }
  @usableFromInline static var polarities: UInt8 { 0x02 }
  @usableFromInline static var configuration: UInt8 { 0x0A }
  /// The same register while BANK = 1; with BANK = 0 an interrupt enable that nobody uses.
  @usableFromInline static var bankedConfiguration: UInt8 { 0x05 }
  @usableFromInline static var pullUps: UInt8 { 0x0C }
  @usableFromInline static var pins: UInt8 { 0x12 }
  @usableFromInline static var latches: UInt8 { 0x14 }
  @usableFromInline static var resetDirections: UInt16 { 0xFFFF }
  @usableFromInline static var refreshVisits: UInt8 { 64 }
  /// Wired inputs from which on it is incredible that all of them change between two visits.
  @usableFromInline static var manyInputs: Int { 8 }

  @usableFromInline enum Stage: UInt8, BitwiseCopyable, Sendable {
    case addressMap, latch, direction, running
  }
  @usableFromInline var stage = Stage.addressMap
  @usableFromInline var address: I2CAddress
  @usableFromInline var use: ExpanderPins
  @usableFromInline var latch: UInt16
  @usableFromInline var isLatchKnown = false
  @usableFromInline var hasRun = false
  @usableFromInline var shown = RepeatedRead<6>()
  @usableFromInline var visitsToRefresh: UInt8 = 64
  /// The pins of the last good visit; they outlive the loss of the chip.
  @usableFromInline var lastPins: UInt16?

  /// Makes the driver.
  public init(address: I2CAddress, use: ExpanderPins) {
    self.address = address
    self.use = use
    latch = use.restHigh
  }
  /// Begins initialisation anew.
  @inlinable public mutating func restart() {
    stage = .addressMap
    isLatchKnown = false
    shown = RepeatedRead()
  }
  /// The chip runs.
  @inlinable public var isReady: Bool { stage == .running }

  /// One step of initialisation, or drive and read.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples,
    outputs: inout ChannelOutputs
  ) throws(BusError) {
    switch stage {
    case .addressMap: try settleAddressMap(&bus)
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

  /// An upset configuration register may have put all others at other addresses.
  @inlinable mutating func settleAddressMap(
    _ bus: inout some I2CBus & ~Copyable
  ) throws(BusError) {
    try bus.write(address, [MCP23017.bankedConfiguration, 0])
    try bus.write(address, [MCP23017.configuration, 0])
    stage = .latch
  }

  @inlinable mutating func prepareLatch(
    _ bus: inout some I2CBus & ~Copyable, _ outputs: inout ChannelOutputs
  ) throws(BusError) {
    if !hasRun { guard try adopt(&bus) else { return } }
    latch = wanted(&outputs)
    try write(MCP23017.latches, latch, &bus)
    guard try read(MCP23017.latches, &bus) == latch else { throw .verifyFailed }
    isLatchKnown = true
    stage = .direction
  }

  /// Takes over what the chip drives, once it has been read alike three times; false before that.
  @inlinable mutating func adopt(_ bus: inout some I2CBus & ~Copyable) throws(BusError) -> Bool {
    let settings: InlineArray<4, UInt8> = try bus.read(address, register: MCP23017.directions)
    let driven: InlineArray<2, UInt8> = try bus.read(address, register: MCP23017.latches)
    let found: InlineArray<6, UInt8> = [
      settings[0], settings[1], settings[2], settings[3], driven[0], driven[1],
    ]
    guard try shown.confirm(found) else { return false }
    let isReset = Words.unsigned16(found[1], found[0]) == MCP23017.resetDirections
    // A chip that kept its directions also kept its outputs: leave them until commanded.
    latch = isReset ? use.restHigh : Words.unsigned16(found[5], found[4]) & use.outputs
    return true
  }

  @inlinable mutating func setDirections(
    _ bus: inout some I2CBus & ~Copyable
  ) throws(BusError) {
    try write(MCP23017.polarities, 0, &bus)
    try write(MCP23017.pullUps, use.pullUps, &bus)
    try write(MCP23017.directions, ~use.outputs, &bus)
    guard try isSetUp(&bus), try read(MCP23017.pullUps, &bus) == use.pullUps
    else { throw .verifyFailed }
    stage = .running
    hasRun = true
  }

  /// Directions are ours and no input is read inverted.
  @inlinable func isSetUp(_ bus: inout some I2CBus & ~Copyable) throws(BusError) -> Bool {
    let bytes: InlineArray<4, UInt8> = try bus.read(address, register: MCP23017.directions)
    return Words.unsigned16(bytes[1], bytes[0]) == ~use.outputs && bytes[2] | bytes[3] == 0
  }

  /// All wired inputs but at most one have another level than at the last visit. Covers, floats and
  /// drives do not act as one within milliseconds; a chip that lost its ground or polarity does.
  @inlinable func isTurnedOver(_ pins: UInt16) -> Bool {
    guard let lastPins, use.inputs.nonzeroBitCount >= MCP23017.manyInputs else { return false }
    return (~(pins ^ lastPins) & use.inputs).nonzeroBitCount <= 1
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
    } else if try !isSetUp(&bus) {
      throw .verifyFailed
    }
    let bytes: InlineArray<4, UInt8> = try bus.read(address, register: MCP23017.pins)
    guard Words.unsigned16(bytes[3], bytes[2]) == latch else { throw .verifyFailed }
    let pins = Words.unsigned16(bytes[1], bytes[0])
    guard !isTurnedOver(pins) else { throw .verifyFailed }
    lastPins = pins
    samples.set(0, Double(pins), at: now)
    samples.set(1, Double((pins ^ latch) & use.outputs), at: now)
  }
}
