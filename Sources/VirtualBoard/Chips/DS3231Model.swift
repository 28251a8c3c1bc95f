public import PerfusionCore

/// Maxim DS3231, real-time clock with battery and thermometer.
///
/// Net 0: degC. Output pin 0: INT/SQW, held high (square wave and alarm matching are not
/// modelled; the alarm registers hold what is written). Time runs with virtual time, also without
/// supply: the battery keeps it. The temperature is sampled every 64 s and on CONV.
/// `stuck`: the clock and the temperature stand still. `wrong`: one hour ahead and 10 degC too
/// high. `off`: supply and battery both fail, so that afterwards OSF is set.
public final class DS3231Model: ByteRegisterChip {
  private static let conversion: Int64 = 125_000
  private static let interval: Int64 = 64_000_000
  /// 2000-01-01 was a Saturday, day 6 of a week that begins with Monday.
  private static let mondayFirst: Int64 = 5

  private var clockBase: Int64 = 0
  private var clockSetAt: Int64 = 0
  private var weekdayOffset: Int64 = 0
  private var hasTwelveHours = false
  private var hasCentury = false
  private var shown = InlineArray<7, UInt8>(repeating: 0)
  private var alarms = InlineArray<7, UInt8>(repeating: 0)
  private var control: UInt8 = 0x1C
  private var hasStopped = true
  private var drives32kHz = true
  private var aging: UInt8 = 0
  private var temperature: Int64 = 0
  private var convertedAt: Int64?
  private var convertingUntil: Int64?
  private var touchesTime = false
  private var touchesSeconds = false
  private var touchesConversion = false

  /// A new part, whose time is not valid until it is set; or, with `year` 2000...2099, one that
  /// was set to the first moment of that year at virtual time zero.
  public init(nets: Nets, firstNet: Int, year: Int? = nil) {
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(
        inputs: 1, outputs: 1, outputsAreDigital: true, lag: 6.4,
        faults: FaultWord.ofSensors.filter { $0 != .delayed }))
    if let year {
      clockBase = CivilTime(year: min(max(0, year - 2_000), 99)).seconds
      hasStopped = false
      weekdayOffset = Self.mondayFirst
    }
  }

  /// The battery is empty and the supply gone: the time is lost.
  public func loseBattery(at now: Instant) {
    clockBase = 0
    clockSetAt = now.microseconds
    weekdayOffset = 0
    hasStopped = true
    control = 0x1C
    drives32kHz = true
    alarms = InlineArray(repeating: 0)
  }

  override func restart(at now: Instant) {
    if fault == .off { loseBattery(at: now) }
    pointer = 0
    convertedAt = nil
    convertingUntil = nil
  }

  override func latch(at now: Instant) {
    convert(at: now)
    show(at: now)
  }

  override func load(_ register: UInt8, at now: Instant) -> UInt8 {
    switch register {
    case 0x00...0x06: shown[Int(register)]
    case 0x07...0x0D: alarms[Int(register) - 7]
    case 0x0E: control | (convertingUntil == nil ? 0 : 0x20)
    case 0x0F:
      (hasStopped ? 0x80 : 0) | (drives32kHz ? 0x08 : 0) | (convertingUntil == nil ? 0 : 0x04)
    case 0x10: aging
    case 0x11: UInt8(truncatingIfNeeded: temperature >> 2)
    case 0x12: UInt8(truncatingIfNeeded: temperature << 6)
    default: 0
    }
  }

  override func store(_ byte: UInt8, in register: UInt8, at now: Instant) {
    switch register {
    case 0x00...0x06:
      if !touchesTime { show(at: now) }
      touchesTime = true
      touchesSeconds = touchesSeconds || register == 0
      shown[Int(register)] = byte
    case 0x07...0x0D: alarms[Int(register) - 7] = byte
    case 0x0E:
      control = byte & 0xDF
      touchesConversion = byte.has(5)
    case 0x0F:
      hasStopped = hasStopped && byte.has(7)
      drives32kHz = byte.has(3)
    case 0x10: aging = byte
    default: return
    }
  }

  override func finishWrite(at now: Instant) {
    if touchesTime { setTime(at: now) }
    if touchesConversion {
      convert(at: now)
      if convertingUntil == nil { convertingUntil = now.microseconds &+ Self.conversion }
    }
    touchesTime = false
    touchesSeconds = false
    touchesConversion = false
  }

  override func next(after register: UInt8) -> UInt8 { register >= 0x12 ? 0 : register &+ 1 }
  override func level(of pin: Int) -> Double { 1 }
  override func falsified(_ truth: Double, input index: Int) -> Double { truth + 10 }

  private func seconds(at now: Instant) -> Int64 {
    let elapsed = (now.microseconds &- clockSetAt) / 1_000_000
    return clockBase &+ elapsed
  }

  private func show(at now: Instant) {
    if fault == .stuck { return }
    let total = seconds(at: now) &+ (fault == .wrong ? 3_600 : 0)
    let time = CivilTime(seconds: total)
    shown[0] = decimal(time.second)
    shown[1] = decimal(time.minute)
    shown[2] = shownHour(time.hour)
    let weekday = (wholePart(Double(total) / 86_400) % 7 &+ weekdayOffset &+ 7) % 7
    shown[3] = UInt8(weekday + 1)
    shown[4] = decimal(time.day)
    shown[5] = decimal(time.month) | (hasCentury ? 0x80 : 0)
    shown[6] = decimal(time.year)
  }

  private func shownHour(_ hour: Int) -> UInt8 {
    guard hasTwelveHours else { return decimal(hour) }
    let half = hour % 12 == 0 ? 12 : hour % 12
    return 0x40 | (hour >= 12 ? 0x20 : 0) | decimal(half)
  }

  private func setTime(at now: Instant) {
    hasTwelveHours = shown[2].has(6)
    hasCentury = shown[5].has(7)
    let hour =
      hasTwelveHours
      ? binary(shown[2] & 0x1F) % 12 + (shown[2].has(5) ? 12 : 0) : binary(shown[2] & 0x3F)
    let time = CivilTime(
      year: binary(shown[6]), month: max(1, min(12, binary(shown[5] & 0x1F))),
      day: max(1, binary(shown[4] & 0x3F)), hour: hour, minute: binary(shown[1] & 0x7F),
      second: binary(shown[0] & 0x7F))
    let elapsed = now.microseconds &- clockSetAt
    // Writing the seconds restarts the divider; other registers leave the running second.
    clockSetAt = touchesSeconds ? now.microseconds : now.microseconds &- elapsed % 1_000_000
    clockBase = time.seconds
    let weekday = Int64(shown[3] & 7) &- 1
    weekdayOffset = (weekday &- clockBase / 86_400 % 7 &+ 14) % 7
  }

  private func convert(at now: Instant) {
    if let end = convertingUntil, now.microseconds >= end {
      convertingUntil = nil
      take(at: end)
    } else if let last = convertedAt, now.microseconds &- last < Self.interval {
      return
    } else {
      take(at: now.microseconds)
    }
  }

  private func take(at moment: Int64) {
    convertedAt = moment
    let value = sample(0, at: Instant(microseconds: moment))
    temperature = nearestCode(value, step: 0.25, in: -512...511)
  }

  private func decimal(_ value: Int) -> UInt8 { UInt8(value / 10 * 16 + value % 10) }
  private func binary(_ value: UInt8) -> Int { Int(value >> 4) * 10 + Int(value & 0x0F) }
}
