import PerfusionCore

/// TI TMP117, digital temperature sensor (data sheet SNOSD82).
///
/// Net 0: degC. Output pin 0: ALERT (open drain with pull-up). The temperature is sampled when a
/// conversion is complete. EEPROM locations: configuration, limits, offset and the three free
/// words; writing needs the unlock bit and takes 7 ms.
/// `wrong`: 2 degC too high and the identity reads 0x0116 (another part of the family).
public final class TMP117Model: WordRegisterChip {
  private static let oneConversion: Int64 = 15_500
  private static let powerUp: Int64 = 1_500
  private static let softReset: Int64 = 2_000
  private static let programming: Int64 = 7_000

  /// The registers that the EEPROM holds too.
  private struct Settings {
    var config: UInt16 = 0x0220
    var high: UInt16 = 0x6000
    var low: UInt16 = 0x8000
    var offset: UInt16 = 0
    var free: InlineArray<3, UInt16>
  }

  private var settings: Settings
  private var memory: Settings
  private var isUnlocked = false
  private var busyUntil: Int64 = -1_000_000
  private var temperature: UInt16 = 0x8000
  private var start: Int64 = 0
  private var count: Int64 = 0
  private var isOneShotRunning = false
  private var isReady = false
  private var isHigh = false
  private var isLow = false

  /// A part with a factory-programmed serial number drawn from `seed`.
  public init(nets: Nets, firstNet: Int, seed: UInt64) {
    var noise = ChipNoise(seed: seed)
    memory = Settings(free: [
      noise.next().low, noise.next().low, noise.next().low,
    ])
    settings = memory
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(inputs: 1, outputs: 1, outputsAreDigital: true, lag: 1))
    start = -1_000_000
  }

  private var averages: Int64 {
    switch settings.config.field(5, 2) {
    case 0: 1
    case 1: 8
    case 2: 32
    default: 64
    }
  }
  private var active: Int64 { averages &* Self.oneConversion }
  /// Time between two conversions: table 7-7 of the data sheet.
  private var cycle: Int64 {
    let standby: Int64
    switch settings.config.field(7, 3) {
    case 0: standby = Self.oneConversion
    case 1: standby = 125_000
    case 2: standby = 250_000
    case 3: standby = 500_000
    case 4: standby = 1_000_000
    case 5: standby = 4_000_000
    case 6: standby = 8_000_000
    default: standby = 16_000_000
    }
    let least: Int64
    switch averages {
    case 1: least = Self.oneConversion
    case 8: least = 125_000
    case 32: least = 500_000
    default: least = 1_000_000
    }
    return max(standby, least)
  }
  private var isContinuous: Bool { !settings.config.has(10) }

  override func restart(at now: Instant) {
    settings = memory
    isUnlocked = false
    pointer = 0
    temperature = 0x8000
    isReady = false
    isHigh = false
    isLow = false
    isOneShotRunning = false
    busyUntil = now.microseconds
    begin(at: now.microseconds &+ Self.powerUp)
  }

  override func acceptGeneralCall(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    if bytes.count == 1, bytes[0] == 0x06 { restart(at: now) }
    return true
  }

  override func load(_ register: UInt8, at now: Instant) -> RegisterContent {
    advance(to: now)
    let isBusy = now.microseconds < busyUntil
    switch register & 0x0F {
    case 0:
      isReady = false
      return .word(temperature)
    case 1:
      let value = flags | settings.config | (isBusy ? 0x1000 : 0)
      isReady = false
      if !settings.config.has(4) {
        isHigh = false
        isLow = false
      }
      return .word(value)
    case 2: return .word(settings.high)
    case 3: return .word(settings.low)
    case 4: return .word((isUnlocked ? 0x8000 : 0) | (isBusy ? 0x4000 : 0))
    case 5: return .word(settings.free[0])
    case 6: return .word(settings.free[1])
    case 7: return .word(settings.offset)
    case 8: return .word(settings.free[2])
    case 15: return .word(fault == .wrong ? 0x0116 : 0x0117)
    default: return .word(0)
    }
  }

  override func store(_ value: UInt16, width: Int, in register: UInt8, at now: Instant) {
    guard width == 2, now.microseconds >= busyUntil else { return }
    advance(to: now)
    if register & 0x0F == 4 {
      isUnlocked = value.has(15)
      return
    }
    if register & 0x0F == 1 {
      configure(value, at: now)
    } else {
      guard set(value, register & 0x0F, in: &settings) else { return }
    }
    guard isUnlocked else { return }
    _ = set(value & (register & 0x0F == 1 ? 0x0FFC : 0xFFFF), register & 0x0F, in: &memory)
    busyUntil = now.microseconds &+ Self.programming
  }

  override func level(of pin: Int) -> Double {
    advance(to: clock)
    let isAsserted = settings.config.has(2) ? isReady : isHigh || isLow
    return isAsserted == settings.config.has(3) ? 1 : 0
  }

  override func falsified(_ truth: Double, input index: Int) -> Double { truth + 2 }

  private var flags: UInt16 {
    (isHigh ? 0x8000 : 0) | (isLow ? 0x4000 : 0) | (isReady ? 0x2000 : 0)
  }

  private func set(_ value: UInt16, _ register: UInt8, in target: inout Settings) -> Bool {
    switch register {
    case 1: target.config = value
    case 2: target.high = value
    case 3: target.low = value
    case 5: target.free[0] = value
    case 6: target.free[1] = value
    case 7: target.offset = value
    case 8: target.free[2] = value
    default: return false
    }
    return true
  }

  private func configure(_ value: UInt16, at now: Instant) {
    if value.has(1) {
      restart(at: now)
      begin(at: now.microseconds &+ Self.softReset)
      return
    }
    settings.config = value & 0x0FFC
    begin(at: now.microseconds)
    isOneShotRunning = value.field(10, 2) == 3
  }

  private func begin(at moment: Int64) {
    start = moment
    count = 0
  }

  private func advance(to now: Instant) {
    guard isContinuous || isOneShotRunning else { return }
    let since = now.microseconds &- start &- active
    guard since >= 0 else { return }
    let complete = isContinuous ? since / cycle &+ 1 : 1
    guard complete > count else { return }
    count = complete
    let end = start &+ active &+ (complete &- 1) &* cycle
    finish(at: Instant(microseconds: end))
    if isOneShotRunning {
      isOneShotRunning = false
      settings.config = settings.config & 0xF3FF | 0x0400
    }
  }

  private func finish(at end: Instant) {
    let code = nearestCode(sample(0, at: end), step: 0.0078125, in: -32_768...32_767)
    let sum = code &+ Int64(Int16(bitPattern: settings.offset))
    let value = Int16(clamping: sum)
    temperature = UInt16(bitPattern: value)
    isReady = true
    let isAbove = value > Int16(bitPattern: settings.high)
    let isBelow = value < Int16(bitPattern: settings.low)
    if settings.config.has(4) {
      isHigh = isAbove || isHigh && !isBelow
      isLow = false
    } else {
      isHigh = isHigh || isAbove
      isLow = isLow || isBelow
    }
  }
}

extension UInt64 {
  /// The low 16 bits.
  fileprivate var low: UInt16 { UInt16(truncatingIfNeeded: self) }
}
