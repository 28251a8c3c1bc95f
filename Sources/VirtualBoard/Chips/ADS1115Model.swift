import PerfusionCore

/// TI ADS1115, 16-bit ADC with comparator (data sheet SBAS444).
///
/// Nets: 0...3 volts at AIN0...AIN3 against ground. Output pin 0: ALERT/RDY.
/// A single-shot conversion samples when it is started; a continuous one when it is complete.
/// `wrong`: every input reads 5 % of the full scale too high.
public final class ADS1115Model: WordRegisterChip {
  private static let wakeUp: Int64 = 25
  private static let readyPulse: Int64 = 8
  private static let comparatorOff = 3

  private let usualFullScale: Double
  private var config: UInt16 = 0
  private var lowThreshold: UInt16 = 0
  private var highThreshold: UInt16 = 0
  private var conversion: UInt16 = 0
  private var isConverting = false
  private var runningCode: UInt16 = 0
  private var runningEnd: Int64 = 0
  private var gridStart: Int64 = 0
  private var gridCount: Int64 = 0
  private var lastEnd: Int64 = 0
  private var isReady = false
  private var streak: Int64 = 0
  private var isAlerting = false

  /// A part whose first net is `firstNet`; `fullScale` in volts sizes the fault word `wrong`.
  public init(nets: Nets, firstNet: Int, fullScale: Double = 4.096) {
    usualFullScale = fullScale
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(inputs: 4, outputs: 1, outputsAreDigital: true, lag: 0.05))
    restart(at: Instant(microseconds: -1_000_000))
  }

  private var isContinuous: Bool { !config.has(8) }
  private var period: Int64 {
    switch config.field(5, 3) {
    case 0: 125_000
    case 1: 62_500
    case 2: 31_250
    case 3: 15_625
    case 4: 7_813
    case 5: 4_000
    case 6: 2_106
    default: 1_163
    }
  }
  private var fullScale: Double {
    switch config.field(9, 3) {
    case 0: 6.144
    case 1: 4.096
    case 2: 2.048
    case 3: 1.024
    case 4: 0.512
    default: 0.256
    }
  }

  override func restart(at now: Instant) {
    pointer = 0
    config = 0x0583
    lowThreshold = 0x8000
    highThreshold = 0x7FFF
    conversion = 0
    isConverting = false
    isReady = false
    streak = 0
    isAlerting = false
  }

  override func acceptGeneralCall(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    if bytes.count == 1, bytes[0] == 0x06 { restart(at: now) }
    return true
  }

  override func load(_ register: UInt8, at now: Instant) -> RegisterContent {
    advance(to: now)
    switch register & 3 {
    case 0:
      isAlerting = isAlerting && !config.has(2)
      return .word(conversion)
    case 1: return .word(config | (isConverting || isContinuous ? 0 : 0x8000))
    case 2: return .word(lowThreshold)
    default: return .word(highThreshold)
    }
  }

  override func store(_ value: UInt16, width: Int, in register: UInt8, at now: Instant) {
    guard width == 2 else { return }
    advance(to: now)
    switch register & 3 {
    case 1: configure(value, at: now)
    case 2: lowThreshold = value
    case 3: highThreshold = value
    default: return
    }
  }

  override func level(of pin: Int) -> Double {
    advance(to: clock)
    guard config.field(0, 2) != Self.comparatorOff else { return 1 }
    return isAsserted(at: clock.microseconds) == config.has(3) ? 1 : 0
  }

  override func falsified(_ truth: Double, input index: Int) -> Double {
    truth + 0.05 * usualFullScale
  }

  private var signalsReady: Bool { highThreshold.has(15) && !lowThreshold.has(15) }

  private func isAsserted(at now: Int64) -> Bool {
    guard signalsReady else { return isAlerting }
    return isContinuous ? isReady && now &- lastEnd < Self.readyPulse : isReady
  }

  private func configure(_ value: UInt16, at now: Instant) {
    let start = now.microseconds
    if isContinuous, !isConverting {
      // The conversion that runs is completed with the old settings.
      runningEnd = gridStart &+ (gridCount &+ 1) &* period
      runningCode = convert(at: now)
      isConverting = true
    }
    let startsOne = value.has(15) && value.has(8) && !isConverting
    config = value & 0x7FFF
    if isContinuous {
      gridStart = isConverting ? runningEnd : start &+ Self.wakeUp
      gridCount = 0
    } else if startsOne {
      runningCode = convert(at: now)
      runningEnd = start &+ Self.wakeUp &+ period
      isConverting = true
      isReady = false
    }
  }

  private func advance(to now: Instant) {
    let time = now.microseconds
    if isConverting, time >= runningEnd {
      isConverting = false
      finish(runningCode, conversions: 1, at: runningEnd)
    }
    guard isContinuous, !isConverting, time > gridStart else { return }
    let complete = (time &- gridStart) / period
    guard complete > gridCount else { return }
    let end = gridStart &+ complete &* period
    finish(convert(at: Instant(microseconds: end)), conversions: complete &- gridCount, at: end)
    gridCount = complete
  }

  private func convert(at now: Instant) -> UInt16 {
    let volts: Double
    switch config.field(12, 3) {
    case 0: volts = sample(0, at: now) - sample(1, at: now)
    case 1: volts = sample(0, at: now) - sample(3, at: now)
    case 2: volts = sample(1, at: now) - sample(3, at: now)
    case 3: volts = sample(2, at: now) - sample(3, at: now)
    case let single: volts = sample(single - 4, at: now)
    }
    return nearestCode(volts, step: fullScale / 32_768, in: -32_768...32_767).word
  }

  private func finish(_ code: UInt16, conversions: Int64, at end: Int64) {
    conversion = code
    lastEnd = end
    isReady = true
    guard config.field(0, 2) != Self.comparatorOff else { return }
    let value = Int16(bitPattern: code)
    let isHigh = value > Int16(bitPattern: highThreshold)
    let isLow = value < Int16(bitPattern: lowThreshold)
    let isWindow = config.has(4)
    let isOutside = isHigh || isWindow && isLow
    streak = isOutside ? streak &+ conversions : 0
    if isOutside, streak >= 1 << Int64(config.field(0, 2)) {
      isAlerting = true
    } else if !config.has(2), isWindow ? !isOutside : isLow {
      isAlerting = false
    }
  }
}
