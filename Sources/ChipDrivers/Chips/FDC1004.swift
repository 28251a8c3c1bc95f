public import PerfusionCore

/// TI FDC1004 capacitance converter: four electrodes, repeated at 400 samples a second.
///
/// Channels 0...3: picofarads at CIN1...CIN4, offset capacitor included; one finished channel a
/// visit. The offset capacitor follows the reading, so that 0...111 pF can be measured.
public struct FDC1004: BitwiseCopyable, Sendable {
  // FDC1004 data sheet SNOSCY5C, tables 3...9.
  @usableFromInline static var measurement: UInt8 { 0x08 }
  @usableFromInline static var configuration: UInt8 { 0x0C }
  @usableFromInline static var manufacturer: UInt8 { 0xFE }
  @usableFromInline static var device: UInt8 { 0xFF }
  /// Repeat all four at 400 samples a second; the low four bits say which are done.
  @usableFromInline static var settings: UInt16 { 0x0DF0 }
  @usableFromInline static var settingsMask: UInt16 { 0x0DF0 }
  @usableFromInline static var offsetStep: Double { 3.125 }
  /// Beyond this the offset capacitor is moved; the converter clips at 16 pF.
  @usableFromInline static var comfortable: Double { 14 }

  @usableFromInline enum Stage: UInt8, BitwiseCopyable, Sendable {
    case identify, inputs, running
  }
  @usableFromInline var stage = Stage.identify
  @usableFromInline var address: I2CAddress
  @usableFromInline var channel: UInt8 = 0
  @usableFromInline var pending: UInt8 = 0
  /// Inputs whose next result may still belong to the offset capacitor of before.
  @usableFromInline var doubtful: UInt8 = 0
  @usableFromInline var offsets = InlineArray<4, UInt8>(repeating: 0)

  /// Makes the driver.
  public init(address: I2CAddress) { self.address = address }
  /// Begins initialisation anew.
  @inlinable public mutating func restart() { stage = .identify }
  /// The chip is configured.
  @inlinable public var isReady: Bool { stage == .running }

  /// One step of initialisation, or one finished channel.
  @inlinable public mutating func visit(
    bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    switch stage {
    case .identify:
      let maker = try bus.readWord(address, register: FDC1004.manufacturer)
      let device = try bus.readWord(address, register: FDC1004.device)
      guard maker == 0x5449 && device == 0x1004 else { throw .wrongIdentity }
      pending = 0xF
      stage = .inputs
    case .inputs:
      if pending != 0 { return try configureInput(&bus) }
      try bus.writeWord(address, register: FDC1004.configuration, FDC1004.settings)
      stage = .running
    case .running:
      if pending != 0 { return try configureInput(&bus) }
      try collect(&bus, now: now, samples: &samples)
    }
  }

  /// Sets one input against its offset capacitor and reads the setting back.
  @inlinable mutating func configureInput(
    _ bus: inout some I2CBus & ~Copyable
  ) throws(BusError) {
    var input: UInt8 = 0
    while input < 3 && pending >> input & 1 == 0 { input += 1 }
    let word = UInt16(input) << 13 | 4 << 10 | UInt16(offsets[Int(input & 3)]) << 5
    try bus.writeWord(address, register: FDC1004.measurement + input, word)
    let found = try bus.readWord(address, register: FDC1004.measurement + input)
    guard found == word else { throw .verifyFailed }
    pending &= ~(1 << input)
    if stage == .running { doubtful |= 1 << input }
  }

  @inlinable mutating func collect(
    _ bus: inout some I2CBus & ~Copyable, now: Instant, samples: inout ChannelSamples
  ) throws(BusError) {
    let state = try bus.readWord(address, register: FDC1004.configuration)
    guard state & FDC1004.settingsMask == FDC1004.settings else { throw .verifyFailed }
    var input: UInt8? = nil
    for step: UInt8 in 0..<4 where input == nil {
      let next = (channel &+ step) & 3
      if state >> (3 - UInt16(next)) & 1 != 0 { input = next }
    }
    guard let input else { return }
    channel = (input &+ 1) & 3
    let high: InlineArray<2, UInt8> = try bus.read(address, register: input * 2)
    let low: InlineArray<2, UInt8> = try bus.read(address, register: input * 2 + 1)
    take(Words.signed24(high[0], high[1], low[0]), input: Int(input), now: now, samples: &samples)
  }

  @inlinable mutating func take(
    _ counts: Int32, input: Int, now: Instant, samples: inout ChannelSamples
  ) {
    let bit: UInt8 = 1 << UInt8(truncatingIfNeeded: input)
    guard doubtful & bit == 0 else {
      doubtful &= ~bit
      return
    }
    let difference = Double(counts) / 524_288
    let capacitance = difference + Double(offsets[input]) * FDC1004.offsetStep
    let wanted = UInt8(
      truncatingIfNeeded: Words.code(capacitance / FDC1004.offsetStep, highest: 31))
    let isFar = difference > FDC1004.comfortable || difference < -FDC1004.comfortable
    if isFar && wanted != offsets[input] {
      offsets[input] = wanted
      pending |= bit
      return
    }
    let isClipped = counts == 0x7F_FFFF || counts == -0x80_0000
    samples.set(input, capacitance, at: now, quality: isClipped ? .outOfRange : .valid)
  }
}
