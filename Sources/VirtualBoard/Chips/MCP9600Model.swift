import PerfusionCore

/// Microchip MCP9600, thermocouple converter (data sheet DS20005426), at most 100 kHz.
///
/// Nets: 0 hot junction, 1 cold junction, degC. Output pins 0...3: alerts 1...4 (comparator mode).
/// It stretches the clock by 60 us in every phase. Both junctions are sampled when the conversion
/// of the hot one is complete. The type register selects the range; the electromotive force is
/// linear in the nets.
/// `wrong`: the hot junction reads 5 degC too high and the identity is 0x41 (MCP9601).
public final class MCP9600Model: WordRegisterChip {
  private static let stretching: Int64 = 60
  private static let microvoltsPerDegree = 41.0

  private var bytes = InlineArray<16, UInt8>(repeating: 0)
  private var limits = InlineArray<4, UInt16>(repeating: 0)
  private var status: UInt8 = 0
  private var hot: Double = 0
  private var cold: Double = 0
  private var isFirst = true
  private var alerts: UInt8 = 0
  private var start: Int64 = -1_000_000
  private var count: Int64 = 0

  /// A part whose first net is `firstNet`.
  public init(nets: Nets, firstNet: Int) {
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(inputs: 2, outputs: 4, outputsAreDigital: true, lag: 0.5))
  }

  private var deviceConfig: UInt8 { bytes[6] }
  private var duration: Int64 {
    switch deviceConfig.field(5, 2) {
    case 0: 320_000
    case 1: 80_000
    case 2: 20_000
    default: 5_000
    }
  }
  private var range: ClosedRange<Double> {
    switch bytes[5].field(4, 3) {
    case 1: -150...1_200
    case 2, 5: -200...(bytes[5].field(4, 3) == 2 ? 400 : 1_000)
    case 3: -150...1_300
    case 4, 7: 250...1_664
    case 6: 1_000...1_800
    default: -200...1_372
    }
  }

  override func restart(at now: Instant) {
    bytes = InlineArray(repeating: 0)
    limits = InlineArray(repeating: 0)
    status = 0
    hot = 0
    cold = 0
    isFirst = true
    alerts = 0
    pointer = 0
    begin(at: now)
  }

  override func load(_ register: UInt8, at now: Instant) -> RegisterContent {
    stretchMicroseconds = Self.stretching
    advance(to: now)
    switch register {
    case 0: return temperature(hot, step: 0.0625)
    case 1: return temperature(hot - cold, step: 0.0625)
    case 2: return temperature(cold, step: deviceConfig.has(7) ? 0.25 : 0.0625)
    case 3:
      let code = nearestCode(
        (hot - cold) * Self.microvoltsPerDegree, step: 2, in: -0x2_0000...0x1_FFFF)
      return RegisterContent(UInt64(truncatingIfNeeded: code) & 0xFF_FFFF, width: 3)
    case 4: return .byte(status | alerts | (range.contains(hot) ? 0 : 0x10))
    case 5, 6, 0x08...0x0F: return .byte(bytes[Int(register)])
    case 0x10...0x13: return .word(limits[Int(register) - 0x10])
    case 0x20: return .word(fault == .wrong ? 0x4112 : 0x4012)
    default: return .byte(0)
    }
  }

  override func store(_ value: UInt16, width: Int, in register: UInt8, at now: Instant) {
    stretchMicroseconds = Self.stretching
    advance(to: now)
    let byte = UInt8(truncatingIfNeeded: width == 1 ? value : value >> 8)
    switch register {
    case 4: status &= byte & 0xC0
    case 5: bytes[5] = byte & 0x77
    case 6:
      bytes[6] = byte
      begin(at: now)
    case 0x08...0x0F: bytes[Int(register)] = byte
    case 0x10...0x13 where width == 2: limits[Int(register) - 0x10] = value & 0xFFFC
    default: return
    }
  }

  override func level(of pin: Int) -> Double {
    advance(to: clock)
    let isHigh = bytes[8 + pin].has(2)
    return alerts.has(pin) == isHigh ? 1 : 0
  }

  override func falsified(_ truth: Double, input index: Int) -> Double {
    index == 0 ? truth + 5 : truth
  }

  private func temperature(_ value: Double, step: Double) -> RegisterContent {
    let code = nearestCode(value, step: step, in: -32_768...32_767)
    return .word((step == 0.0625 ? code : code &* 4).word)
  }

  private func begin(at now: Instant) {
    start = now.microseconds
    count = 0
  }

  private func advance(to now: Instant) {
    let mode = deviceConfig.field(0, 2)
    guard mode == 0 || mode == 2 && count == 0 else { return }
    let samples: Int64 = mode == 2 ? 1 << Int64(deviceConfig.field(2, 3)) : 1
    let complete = (now.microseconds &- start) / (duration &* samples)
    guard complete > count else { return }
    count = mode == 2 ? 1 : complete
    convert(at: Instant(microseconds: start &+ count &* duration &* samples))
    status |= mode == 2 ? 0xC0 : 0x40
  }

  private func convert(at end: Instant) {
    let truth = sample(0, at: end)
    cold = sample(1, at: end)
    let weight = 2 / Double((1 << bytes[5].field(0, 3)) + 1)
    hot = isFirst ? truth : weight * truth + (1 - weight) * hot
    isFirst = false
    for index in 0..<4 { compare(index) }
  }

  private func compare(_ index: Int) {
    let config = bytes[8 + index]
    let bit = UInt8(1) << UInt8(index)
    guard config.has(0) else {
      alerts &= ~bit
      return
    }
    let limit = Double(Int16(bitPattern: limits[index])) * 0.0625
    let hysteresis = Double(bytes[12 + index])
    let value = config.has(4) ? cold : hot
    let isRising = config.has(3)
    let isPast = isRising ? value > limit : value < limit
    let isBack = isRising ? value < limit - hysteresis : value > limit + hysteresis
    if isPast { alerts |= bit }
    if isBack { alerts &= ~bit }
  }
}
