import PerfusionCore

/// TI INA226, current and power monitor (data sheet SBOS547).
///
/// Nets: 0 amperes through the shunt, 1 volts on the bus. Output pin 0: ALERT (open drain with
/// pull-up). A conversion takes (shunt time + bus time) x averages and samples at its end.
/// `wrong`: the current reads 5 % of `maximumCurrent` too high and the die identity is 0x2300.
public final class INA226Model: WordRegisterChip {
  private let shunt: Double
  private let maximumCurrent: Double
  private var config: UInt16 = 0x4127
  private var calibration: UInt16 = 0
  private var mask: UInt16 = 0
  private var alertLimit: UInt16 = 0
  private var shuntCode: Int64 = 0
  private var busCode: Int64 = 0
  private var currentCode: Int64 = 0
  private var powerCode: Int64 = 0
  private var hasOverflowed = false
  private var isReady = false
  private var isAlerting = false
  private var start: Int64 = -1_000_000
  private var count: Int64 = 0
  private var cycle: Int64 = 1

  /// A part with a shunt in ohms; `maximumCurrent` in amperes sizes the fault word `wrong`.
  public init(nets: Nets, firstNet: Int, shunt: Double, maximumCurrent: Double) {
    self.shunt = shunt
    self.maximumCurrent = maximumCurrent
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(inputs: 2, outputs: 1, outputsAreDigital: true, lag: 0.01))
    restart(at: Instant(microseconds: -1_000_000))
  }

  private func conversionTime(_ field: Int) -> Int64 {
    switch field {
    case 0: 140
    case 1: 204
    case 2: 332
    case 3: 588
    case 4: 1_100
    case 5: 2_116
    case 6: 4_156
    default: 8_244
    }
  }
  private var averages: Int64 {
    let field = config.field(9, 3)
    return field < 4 ? 1 << Int64(field * 2) : 128 << Int64(field - 4)
  }
  private var measuresShunt: Bool { config.has(0) }
  private var measuresBus: Bool { config.has(1) }
  private var configuredCycle: Int64 {
    let shuntTime = measuresShunt ? conversionTime(config.field(3, 3)) : 0
    let busTime = measuresBus ? conversionTime(config.field(6, 3)) : 0
    return (shuntTime &+ busTime) &* averages
  }

  override func restart(at now: Instant) {
    config = 0x4127
    calibration = 0
    mask = 0
    alertLimit = 0
    shuntCode = 0
    busCode = 0
    currentCode = 0
    powerCode = 0
    hasOverflowed = false
    isReady = false
    isAlerting = false
    pointer = 0
    begin(at: now)
  }

  override func load(_ register: UInt8, at now: Instant) -> RegisterContent {
    advance(to: now)
    switch register {
    case 0: return .word(config)
    case 1: return .word(shuntCode.word)
    case 2: return .word(busCode.word)
    case 3: return .word(powerCode.word)
    case 4: return .word(currentCode.word)
    case 5: return .word(calibration)
    case 6:
      let flags: UInt16 =
        (isAlerting ? 0x10 : 0) | (isReady ? 0x08 : 0) | (hasOverflowed ? 0x04 : 0)
      isReady = false
      if mask.has(0) { isAlerting = false }
      return .word(mask | flags)
    case 7: return .word(alertLimit)
    case 0xFE: return .word(0x5449)
    case 0xFF: return .word(fault == .wrong ? 0x2300 : 0x2260)
    default: return .word(0)
    }
  }

  override func store(_ value: UInt16, width: Int, in register: UInt8, at now: Instant) {
    guard width == 2 else { return }
    advance(to: now)
    switch register {
    case 0:
      if value.has(15) { return restart(at: now) }
      config = value & 0x0FFF | 0x4000
      if config & 3 != 0 { isReady = false }
      begin(at: now)
    case 5:
      calibration = value & 0x7FFF
      compute()
    case 6: mask = value & 0xFC03
    case 7: alertLimit = value
    default: return
    }
  }

  override func level(of pin: Int) -> Double {
    advance(to: clock)
    let isAsserted = isAlerting || mask.has(10) && isReady
    return isAsserted == mask.has(1) ? 1 : 0
  }

  override func falsified(_ truth: Double, input index: Int) -> Double {
    index == 0 ? truth + 0.05 * maximumCurrent : truth
  }

  private func begin(at now: Instant) {
    start = now.microseconds
    count = 0
    cycle = max(1, configuredCycle)
  }

  private func advance(to now: Instant) {
    guard config & 3 != 0 else { return }
    let isContinuous = config.has(2)
    guard isContinuous || count == 0 else { return }
    let complete = (now.microseconds &- start) / cycle
    guard complete > count else { return }
    count = isContinuous ? complete : 1
    let end = Instant(microseconds: start &+ count &* cycle)
    if measuresShunt {
      shuntCode = nearestCode(sample(0, at: end) * shunt, step: 2.5e-6, in: -32_768...32_767)
    }
    if measuresBus { busCode = nearestCode(sample(1, at: end), step: 1.25e-3, in: 0...32_767) }
    compute()
    isReady = true
    compare()
  }

  /// Current = shunt x calibration / 2048, power = current x bus / 20000, in codes.
  private func compute() {
    let current = shuntCode &* Int64(calibration) / 2_048
    let power = (current < 0 ? -current : current) &* busCode / 20_000
    hasOverflowed = current > 32_767 || current < -32_768 || power > 65_535
    currentCode = min(max(current, -32_768), 32_767)
    powerCode = min(power, 65_535)
  }

  /// Only the highest enabled function counts.
  private func compare() {
    let signedLimit = Int64(Int16(bitPattern: alertLimit))
    let isBeyond: Bool
    if mask.has(15) {
      isBeyond = shuntCode > signedLimit
    } else if mask.has(14) {
      isBeyond = shuntCode < signedLimit
    } else if mask.has(13) {
      isBeyond = busCode > signedLimit
    } else if mask.has(12) {
      isBeyond = busCode < signedLimit
    } else {
      isBeyond = mask.has(11) && powerCode > Int64(alertLimit)
    }
    isAlerting = isBeyond || mask.has(0) && isAlerting
  }
}
