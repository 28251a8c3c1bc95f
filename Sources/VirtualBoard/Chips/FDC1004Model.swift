import PerfusionCore

/// TI FDC1004, four-channel capacitance converter (data sheet SNOSCY5).
///
/// Nets: 0...3 picofarads at CIN1...CIN4. Enabled measurements follow each other at the sample
/// rate; each samples when it is complete. A done flag is cleared by reading that result's high
/// word and by a new start. A result is capacitance minus CAPDAC (or minus the second electrode),
/// in units of 2^-19 pF, +-16 pF.
/// `wrong`: 3.125 pF (one CAPDAC step) too high and the device identity reads 0x1003.
public final class FDC1004Model: WordRegisterChip {
  private static let step = 1.0 / 524_288
  private static let capdacStep = 3.125

  private var results = InlineArray<4, Int64>(repeating: 0)
  private var latched = InlineArray<4, Int64>(repeating: 0)
  private var configs = InlineArray<4, UInt16>(repeating: 0)
  private var offsets = InlineArray<4, UInt16>(repeating: 0)
  private var gains = InlineArray<4, UInt16>(repeating: 0)
  private var control: UInt16 = 0
  private var done: UInt16 = 0
  private var start: Int64 = 0
  private var counts = InlineArray<4, Int64>(repeating: 0)

  /// A part whose first net is `firstNet`.
  public init(nets: Nets, firstNet: Int) {
    super.init(nets: nets, firstNet: firstNet, traits: ChipTraits(inputs: 4, lag: 0.1))
    restart(at: .start)
  }

  private var period: Int64 {
    switch control.field(10, 2) {
    case 2: 5_000
    case 3: 2_500
    default: 10_000
    }
  }

  override func restart(at now: Instant) {
    results = InlineArray(repeating: 0)
    latched = InlineArray(repeating: 0)
    configs = InlineArray(repeating: 0x1C00)
    offsets = InlineArray(repeating: 0)
    gains = InlineArray(repeating: 0x4000)
    control = 0
    done = 0
    pointer = 0
  }

  override func load(_ register: UInt8, at now: Instant) -> RegisterContent {
    advance(to: now)
    switch register {
    case 0x00...0x07:
      let index = Int(register >> 1)
      if register & 1 == 1 { return .word((latched[index] << 8).word) }
      latched[index] = results[index]
      done &= ~(8 >> UInt16(index))
      return .word((latched[index] >> 8).word)
    case 0x08...0x0B: return .word(configs[Int(register) - 0x08])
    case 0x0C: return .word(control | done)
    case 0x0D...0x10: return .word(offsets[Int(register) - 0x0D])
    case 0x11...0x14: return .word(gains[Int(register) - 0x11])
    case 0xFE: return .word(0x5449)
    case 0xFF: return .word(fault == .wrong ? 0x1003 : 0x1004)
    default: return .word(0)
    }
  }

  override func store(_ value: UInt16, width: Int, in register: UInt8, at now: Instant) {
    guard width == 2 else { return }
    advance(to: now)
    switch register {
    case 0x08...0x0B: configs[Int(register) - 0x08] = value & 0xFFE0
    case 0x0C:
      if value.has(15) { return restart(at: now) }
      control = value & 0x0DF0
      done = 0
      start = now.microseconds
      counts = InlineArray(repeating: 0)
    case 0x0D...0x10: offsets[Int(register) - 0x0D] = value
    case 0x11...0x14: gains[Int(register) - 0x11] = value
    default: return
    }
  }

  override func falsified(_ truth: Double, input index: Int) -> Double { truth + 3.125 }

  private func advance(to now: Instant) {
    guard control & 0x00F0 != 0 else { return }
    let enabled = Int64((control & 0x00F0).nonzeroBitCount)
    let repeats = control.has(8)
    var position: Int64 = 0
    for index in 0..<4 where control.has(7 - index) {
      position &+= 1
      let since = now.microseconds &- start &- position &* period
      guard since >= 0 else { return }
      let complete = repeats ? since / (enabled &* period) &+ 1 : 1
      guard complete > counts[index] else { continue }
      counts[index] = complete
      let end = start &+ (position &+ (complete &- 1) &* enabled) &* period
      measure(index, at: Instant(microseconds: end))
    }
    // A single pass clears its own enable bits when the last measurement is complete.
    if !repeats { control &= 0xFF0F }
  }

  private func measure(_ index: Int, at end: Instant) {
    let config = configs[index]
    let second = config.field(10, 3)
    let first = config.field(13, 3)
    var value = first < 4 ? corrected(first, at: end) : 0
    if second == 4 { value -= Double(config.field(5, 5)) * Self.capdacStep }
    if second < 4 { value -= corrected(second, at: end) }
    results[index] = nearestCode(value, step: Self.step, in: -0x80_0000...0x7F_FFFF)
    done |= 8 >> UInt16(index)
  }

  /// Gain is Q2.14, offset Q5.11 in picofarads.
  private func corrected(_ electrode: Int, at end: Instant) -> Double {
    let gain = Double(gains[electrode]) / 16_384
    let offset = Double(Int16(bitPattern: offsets[electrode])) / 2_048
    return sample(electrode, at: end) * gain + offset
  }
}
