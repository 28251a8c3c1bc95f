import PerfusionCore

/// Nuvoton NAU7802, 24-bit bridge ADC (data sheet revision 1.7).
///
/// Nets: 0 volts between VIN1P and VIN1N, 1 the same of VIN2. Output pin 0: DRDY, high with data.
/// Full scale is +-0.5 VREF / gain with the reference on AVDD: the regulator's voltage when AVDDS is
/// set, otherwise 3.3 V at the pin. Conversions run while PUD, PUA and CS are set and PUR is up.
/// An internal calibration takes 344 ms and no conversion completes in it.
/// `wrong`: 5 % of the full scale too high, and the revision register reads 0x00.
public final class NAU7802Model: ByteRegisterChip {
  private static let wakeUp: Int64 = 200
  private static let calibration: Int64 = 344_000
  private static let pinSupply = 3.3

  private var registers = InlineArray<32, UInt8>(repeating: 0)
  private var poweredUpAt: Int64 = 0
  private var gridStart: Int64 = 0
  private var gridCount: Int64 = 0
  private var calibratedAt: Int64 = 0
  private var result: Int64 = 0
  private var latched: Int64 = 0
  private var hasResult = false

  /// A part whose first net is `firstNet`.
  public init(nets: Nets, firstNet: Int) {
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(inputs: 2, outputs: 1, outputsAreDigital: true, lag: 0.05))
    restart(at: Instant(microseconds: -1_000_000))
  }

  private var control: UInt8 { registers[0] }
  private var gain: Double { Double(1 << registers[1].field(0, 3)) }
  private var reference: Double {
    control.has(7) ? 4.5 - 0.3 * Double(registers[1].field(3, 3)) : Self.pinSupply
  }
  private var fullScale: Double { 0.5 * reference / gain }
  private var period: Int64 {
    switch registers[2].field(4, 3) {
    case 1: 50_000
    case 2: 25_000
    case 3: 12_500
    case 7: 3_125
    default: 100_000
    }
  }
  private func isUp(at now: Int64) -> Bool {
    control.has(1) && now &- poweredUpAt >= Self.wakeUp
  }

  override func restart(at now: Instant) {
    registers = InlineArray(repeating: 0)
    registers[0x07] = 0x80
    registers[0x0E] = 0x80
    registers[0x1F] = 0x0F
    pointer = 0
    result = 0
    hasResult = false
    calibratedAt = now.microseconds
  }

  override func load(_ register: UInt8, at now: Instant) -> UInt8 {
    advance(to: now)
    switch register {
    case 0x00:
      let flags: UInt8 = (isUp(at: now.microseconds) ? 0x08 : 0) | (hasResult ? 0x20 : 0)
      return control | flags
    case 0x02:
      return registers[2] | (now.microseconds < calibratedAt ? 0x04 : 0)
    case 0x12:
      latched = result
      hasResult = false
      return UInt8(truncatingIfNeeded: latched >> 16)
    case 0x13: return UInt8(truncatingIfNeeded: latched >> 8)
    case 0x14: return UInt8(truncatingIfNeeded: latched)
    case 0x1F: return fault == .wrong ? 0x00 : registers[0x1F]
    case 0...0x1E: return registers[Int(register)]
    default: return 0xFF
    }
  }

  override func store(_ byte: UInt8, in register: UInt8, at now: Instant) {
    advance(to: now)
    switch register {
    case 0x00: control(byte, at: now)
    case 0x02:
      registers[2] = byte & 0xF3
      if byte.has(2) { calibratedAt = now.microseconds &+ Self.calibration }
      restartGrid(at: max(now.microseconds, calibratedAt))
    case 0x01, 0x03...0x11, 0x15, 0x1B, 0x1C:
      guard !control.has(0) else { return }
      registers[Int(register)] = byte
      if register == 0x01 { restartGrid(at: max(now.microseconds, calibratedAt)) }
    default: return
    }
  }

  override func level(of pin: Int) -> Double {
    advance(to: clock)
    return hasResult ? 1 : 0
  }

  override func falsified(_ truth: Double, input index: Int) -> Double {
    truth + 0.05 * fullScale
  }

  private func control(_ byte: UInt8, at now: Instant) {
    let before = control
    if byte.has(0) { restart(at: now) }
    registers[0] = byte & 0xD7
    if byte.has(1), !before.has(1) || byte.has(0) { poweredUpAt = now.microseconds }
    if byte.has(4), !before.has(4) || !before.has(1) || !before.has(2) {
      restartGrid(at: max(now.microseconds, poweredUpAt &+ Self.wakeUp))
    }
    pointer = 0
  }

  private func restartGrid(at start: Int64) {
    gridStart = start
    gridCount = 0
    hasResult = false
  }

  private func advance(to now: Instant) {
    guard control & 0x17 == 0x16, isUp(at: now.microseconds), now.microseconds > gridStart
    else { return }
    let complete = (now.microseconds &- gridStart) / period
    guard complete > gridCount else { return }
    gridCount = complete
    result = convert(at: Instant(microseconds: gridStart &+ complete &* period))
    hasResult = true
  }

  private func convert(at now: Instant) -> Int64 {
    let channel = registers[2].has(7) ? 1 : 0
    let first = channel == 0 ? 0x03 : 0x0A
    let offset = Double(bits(first, 3) & 0x7F_FFFF) * (registers[first].has(7) ? -1 : 1)
    let correction = Double(bits(first + 3, 4)) / 0x80_0000
    let code = sample(channel, at: now) / fullScale * 0x80_0000
    return nearestCode((code - offset) * correction, step: 1, in: -0x80_0000...0x7F_FFFF)
  }

  private func bits(_ first: Int, _ count: Int) -> UInt32 {
    var value: UInt32 = 0
    for index in first..<(first + count) { value = value << 8 | UInt32(registers[index]) }
    return value
  }
}
