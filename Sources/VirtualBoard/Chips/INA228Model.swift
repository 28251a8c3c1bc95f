import PerfusionCore

/// TI INA228, 20-bit current, energy and charge monitor (data sheet SLYS021).
///
/// Nets: 0 amperes through the shunt, 1 volts on the bus, 2 degC of the die. Output pin 0: ALERT
/// (open drain with pull-up). A cycle takes the enabled conversion times x averages and samples
/// at its end; energy and charge add up over continuous cycles, the time since the last look at
/// what is measured now. The shunt's temperature compensation is stored but not applied.
/// `wrong`: the trim memory is damaged: MEMSTAT reads 0 and the current is 5 % of
/// `maximumCurrent` too high.
public final class INA228Model: WordRegisterChip {
  private let shunt: Double
  private let maximumCurrent: Double
  private var config: UInt16 = 0
  private var conversion: UInt16 = 0xFB68
  private var calibration: UInt16 = 0x1000
  private var compensation: UInt16 = 0
  private var limits = InlineArray<6, UInt16>(repeating: 0)
  private var diagnostics: UInt16 = 0
  private var flags: UInt16 = 0
  private var shuntCode: Int64 = 0
  private var busCode: Int64 = 0
  private var temperatureCode: Int64 = 0
  private var currentCode: Int64 = 0
  private var powerCode: Int64 = 0
  private var energy = 0.0
  private var charge = 0.0
  private var start: Int64 = -1_000_000
  private var count: Int64 = 0
  private var cycle: Int64 = 1

  /// A part with a shunt in ohms; `maximumCurrent` in amperes sizes the fault word `wrong`.
  public init(nets: Nets, firstNet: Int, shunt: Double, maximumCurrent: Double) {
    self.shunt = shunt
    self.maximumCurrent = maximumCurrent
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(inputs: 3, outputs: 1, outputsAreDigital: true, lag: 0.01))
    restart(at: Instant(microseconds: -1_000_000))
  }

  private func conversionTime(_ field: Int) -> Int64 {
    switch field {
    case 0: 50
    case 1: 84
    case 2: 150
    case 3: 280
    case 4: 540
    case 5: 1_052
    case 6: 2_074
    default: 4_120
    }
  }
  private var averages: Int64 {
    let field = conversion.field(0, 3)
    return field < 4 ? 1 << Int64(field * 2) : 128 << Int64(field - 4)
  }
  private var measuresBus: Bool { conversion.has(12) }
  private var measuresShunt: Bool { conversion.has(13) }
  private var measuresTemperature: Bool { conversion.has(14) }
  private var isContinuous: Bool { conversion.has(15) }
  private var isRunning: Bool { conversion.field(12, 3) != 0 }
  private var configuredCycle: Int64 {
    let bus = measuresBus ? conversionTime(conversion.field(9, 3)) : 0
    let shunt = measuresShunt ? conversionTime(conversion.field(6, 3)) : 0
    let temperature = measuresTemperature ? conversionTime(conversion.field(3, 3)) : 0
    return (bus &+ shunt &+ temperature) &* averages
  }
  /// Initial delay in steps of 2 ms.
  private var delay: Int64 { Int64(config.field(6, 8)) &* 2_000 }

  override func restart(at now: Instant) {
    config = 0
    conversion = 0xFB68
    calibration = 0x1000
    compensation = 0
    limits = [0x7FFF, 0x8000, 0x7FFF, 0x0000, 0x7FFF, 0xFFFF]
    diagnostics = 0
    flags = 0
    shuntCode = 0
    busCode = 0
    temperatureCode = 0
    currentCode = 0
    powerCode = 0
    energy = 0
    charge = 0
    pointer = 0
    begin(at: now)
  }

  override func load(_ register: UInt8, at now: Instant) -> RegisterContent {
    advance(to: now)
    switch register {
    case 0x00: return .word(config)
    case 0x01: return .word(conversion)
    case 0x02: return .word(calibration)
    case 0x03: return .word(compensation)
    case 0x04: return twentyBits(shuntCode)
    case 0x05: return twentyBits(busCode)
    case 0x06: return .word(temperatureCode.word)
    case 0x07: return twentyBits(currentCode)
    case 0x08: return RegisterContent(UInt64(powerCode), width: 3)
    case 0x09: return accumulator(energy, clearing: 0x0800)
    case 0x0A: return accumulator(charge, clearing: 0x0400)
    case 0x0B: return .word(readDiagnostics())
    case 0x0C...0x11: return .word(limits[Int(register) - 0x0C])
    case 0x3E: return .word(0x5449)
    case 0x3F: return .word(0x2281)
    default: return .word(0)
    }
  }

  override func store(_ value: UInt16, width: Int, in register: UInt8, at now: Instant) {
    guard width == 2 else { return }
    advance(to: now)
    switch register {
    case 0x00:
      if value.has(15) { return restart(at: now) }
      if value.has(14) {
        energy = 0
        charge = 0
        flags &= ~0x0C00
      }
      config = value & 0x3FF0
    case 0x01:
      conversion = value
      flags &= ~0x0002
      begin(at: now)
    case 0x02: calibration = value & 0x7FFF
    case 0x03: compensation = value & 0x3FFF
    case 0x0B: diagnostics = value & 0xF000
    case 0x0C...0x11: limits[Int(register) - 0x0C] = value
    default: return
    }
  }

  override func level(of pin: Int) -> Double {
    advance(to: clock)
    let isReady = diagnostics.has(14) && flags.has(1)
    let isAsserted = flags & 0x02FC != 0 || isReady
    return isAsserted == diagnostics.has(12) ? 1 : 0
  }

  override func falsified(_ truth: Double, input index: Int) -> Double {
    index == 0 ? truth + 0.05 * maximumCurrent : truth
  }

  private func twentyBits(_ code: Int64) -> RegisterContent {
    RegisterContent(UInt64(truncatingIfNeeded: code << 4) & 0xFF_FFFF, width: 3)
  }

  /// A 40-bit accumulator, wrapping; reading it clears its overflow flag.
  private func accumulator(_ sum: Double, clearing flag: UInt16) -> RegisterContent {
    flags &= ~flag
    return RegisterContent(UInt64(truncatingIfNeeded: wholePart(sum)) & 0xFF_FFFF_FFFF, width: 5)
  }

  private func readDiagnostics() -> UInt16 {
    let value = diagnostics | flags | (fault == .wrong ? 0 : 1)
    flags &= ~0x0002
    if diagnostics.has(15) { flags &= ~0x02FC }
    return value
  }

  private func begin(at now: Instant) {
    start = now.microseconds &+ delay
    count = 0
    cycle = max(1, configuredCycle)
  }

  private func advance(to now: Instant) {
    guard isRunning, isContinuous || count == 0, now.microseconds > start else { return }
    let complete = isContinuous ? (now.microseconds &- start) / cycle : 1
    guard complete > count, now.microseconds >= start &+ cycle else { return }
    let cycles = complete &- count
    count = complete
    convert(at: Instant(microseconds: start &+ complete &* cycle))
    if isContinuous { accumulate(seconds: Double(cycles &* cycle) / 1_000_000) }
    flags |= 0x0002
    compare()
  }

  private func convert(at end: Instant) {
    let range: ClosedRange<Int64> = -0x8_0000...0x7_FFFF
    if measuresShunt {
      let step = config.has(4) ? 78.125e-9 : 312.5e-9
      shuntCode = nearestCode(sample(0, at: end) * shunt, step: step, in: range)
    }
    if measuresBus {
      busCode = nearestCode(sample(1, at: end), step: 195.3125e-6, in: 0...0x7_FFFF)
    }
    if measuresTemperature {
      temperatureCode = nearestCode(
        sample(2, at: end), step: 0.0078125, in: -32_768...32_767)
    }
    // SHUNT_CAL = 13107.2e6 x LSB x R (x 4 in the narrow range) makes current = 4096 V / SHUNT_CAL.
    let exact = calibration == 0 ? 0 : Double(shuntCode) * 4_096 / Double(calibration)
    currentCode = nearestCode(exact, step: 1, in: range)
    let magnitude = Double(currentCode < 0 ? -currentCode : currentCode)
    powerCode = nearestCode(magnitude * Double(busCode), step: 16_384, in: 0...0xFF_FFFF)
    flags = exact > 524_287 || exact < -524_288 ? flags | 0x0200 : flags & ~0x0200
  }

  /// Energy counts 16 power steps for a second, charge one current step.
  private func accumulate(seconds: Double) {
    energy += Double(powerCode) * seconds / 16
    charge += Double(currentCode) * seconds
    if energy >= 0x1p40 {
      energy -= 0x1p40
      flags |= 0x0800
    }
    if charge >= 0x1p39 || charge < -0x1p39 {
      charge += charge < 0 ? 0x1p40 : -0x1p40
      flags |= 0x0400
    }
  }

  private func compare() {
    let shuntLimitStep: Int64 = 16
    var found: UInt16 = 0
    if shuntCode > signed(0) &* shuntLimitStep { found |= 0x0040 }
    if shuntCode < signed(1) &* shuntLimitStep { found |= 0x0020 }
    if busCode > Int64(limits[2]) &* 16 { found |= 0x0010 }
    if busCode < Int64(limits[3]) &* 16 { found |= 0x0008 }
    if temperatureCode > signed(4) { found |= 0x0080 }
    if powerCode > Int64(limits[5]) &* 256 { found |= 0x0004 }
    flags = diagnostics.has(15) ? flags | found : flags & ~0x00FC | found
  }

  private func signed(_ index: Int) -> Int64 { Int64(Int16(bitPattern: limits[index])) }
}
