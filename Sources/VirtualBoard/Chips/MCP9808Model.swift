import PerfusionCore

/// Microchip MCP9808, digital temperature sensor (data sheet DS25095).
///
/// Net 0: degC. Output pin 0: Alert (open drain with pull-up), comparator output.
/// The temperature is sampled when a conversion is complete.
/// `wrong`: 2 degC too high and the device identity reads 0x0500.
public final class MCP9808Model: WordRegisterChip {
  private var config: UInt16 = 0
  private var upper: UInt16 = 0
  private var lower: UInt16 = 0
  private var critical: UInt16 = 0
  private var resolution: UInt16 = 3
  private var temperature: Int64 = 0
  private var start: Int64 = -1_000_000
  private var count: Int64 = 0
  private var isAlerting = false
  private var wasAlerting = false

  /// A part whose net is `firstNet`.
  public init(nets: Nets, firstNet: Int) {
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(inputs: 1, outputs: 1, outputsAreDigital: true, lag: 1))
  }

  private var duration: Int64 {
    switch resolution {
    case 0: 30_000
    case 1: 65_000
    case 2: 130_000
    default: 250_000
    }
  }

  override func restart(at now: Instant) {
    config = 0
    upper = 0
    lower = 0
    critical = 0
    resolution = 3
    temperature = 0
    pointer = 0
    isAlerting = false
    wasAlerting = false
    begin(at: now)
  }

  override func load(_ register: UInt8, at now: Instant) -> RegisterContent {
    advance(to: now)
    switch register & 0x0F {
    case 1: return .word(config | (isAsserted ? 0x0010 : 0))
    case 2: return .word(upper)
    case 3: return .word(lower)
    case 4: return .word(critical)
    case 5: return .word(ambient)
    case 6: return .word(0x0054)
    case 7: return .word(fault == .wrong ? 0x0500 : 0x0400)
    case 8: return .byte(UInt8(resolution))
    default: return .word(0)
    }
  }

  override func store(_ value: UInt16, width: Int, in register: UInt8, at now: Instant) {
    advance(to: now)
    let windowIsLocked = config.has(6)
    switch (register & 0x0F, width) {
    case (1, 2): configure(value, at: now)
    case (2, 2): if !windowIsLocked { upper = value & 0x1FFC }
    case (3, 2): if !windowIsLocked { lower = value & 0x1FFC }
    case (4, 2): if !config.has(7) { critical = value & 0x1FFC }
    case (8, 1):
      resolution = value & 3
      begin(at: now)
    default: return
    }
  }

  override func level(of pin: Int) -> Double {
    advance(to: clock)
    return !config.has(3) || isAsserted == config.has(1) ? 1 : 0
  }

  override func falsified(_ truth: Double, input index: Int) -> Double { truth + 2 }

  /// In interrupt mode the output is latched until it is cleared, in comparator mode it follows.
  private var isAsserted: Bool { config.has(3) && (config.has(0) ? wasAlerting : isAlerting) }

  private var ambient: UInt16 {
    let value = temperature
    var word = value.word & 0x1FFF
    if value >= limit(critical) { word |= 0x8000 }
    if value > limit(upper) { word |= 0x4000 }
    if value < limit(lower) { word |= 0x2000 }
    return word
  }

  /// A 13-bit limit in two's complement, in 1/16 degC.
  private func limit(_ register: UInt16) -> Int64 {
    Int64(Int16(bitPattern: register << 3) >> 3)
  }

  private func configure(_ value: UInt16, at now: Instant) {
    let isLocked = config & 0x00C0 != 0
    let before = config
    var accepted = value & 0x07CF
    if isLocked {
      // Lock bits go only with power; hysteresis, shutdown and the alert selection stay too.
      accepted = before & 0x06CF | accepted & 0x00C0
      accepted |= value & before & 0x0100
    }
    if value.has(5) { wasAlerting = false }
    config = accepted
    if before.has(8), !config.has(8) { begin(at: now) }
  }

  private func begin(at now: Instant) {
    start = now.microseconds
    count = 0
  }

  private func advance(to now: Instant) {
    guard !config.has(8) else { return }
    let complete = (now.microseconds &- start) / duration
    guard complete > count else { return }
    count = complete
    let end = Instant(microseconds: start &+ complete &* duration)
    let coarse: Int64 = 8 >> Int64(resolution)
    let code = nearestCode(sample(0, at: end), step: 0.0625, in: -640...2_000)
    temperature = code & ~(coarse &- 1)
    compare()
  }

  private func compare() {
    let step = Int64(config.field(9, 2))
    let hysteresis: Int64 = step == 0 ? 0 : 12 << step
    let isHot = temperature >= limit(critical) &- (isAlerting ? hysteresis : 0)
    let isOutside =
      temperature > limit(upper) &- (isAlerting ? hysteresis : 0) || temperature < limit(lower)
    let now = isHot || !config.has(2) && isOutside
    if now != isAlerting { wasAlerting = true }
    isAlerting = now
  }
}
