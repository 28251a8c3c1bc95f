import PerfusionCore

/// ams AS5600, 12-bit magnetic rotary encoder (data sheet v1-06), at 3.3 V.
///
/// Nets: 0 angle in turns (accumulated, any number), 1 magnet strength (1 is nominal, below 0.5
/// too weak, above 1.5 too strong, below 0.2 no magnet). The angle is sampled every 150 us.
/// Reads of the two-byte results stay on their register, as the data sheet says. Burning is not
/// possible: ZMCO stays 0.
/// `wrong`: the direction pin is the wrong way, the angle runs backwards.
public final class AS5600Model: ByteRegisterChip {
  private static let period: Int64 = 150

  private var registers = InlineArray<9, UInt8>(repeating: 0)
  private var start: Int64 = -1_000_000
  private var lastSample: Int64 = -1
  private var rawAngle: UInt16 = 0
  private var strength = 0.0
  private var wander: ChipNoise

  /// A part whose first net is `firstNet`; the seed moves the angle when there is no magnet.
  public init(nets: Nets, firstNet: Int, seed: UInt64) {
    wander = ChipNoise(seed: seed)
    super.init(nets: nets, firstNet: firstNet, traits: ChipTraits(inputs: 2, lag: 0.0022))
  }

  override func restart(at now: Instant) {
    registers = InlineArray(repeating: 0)
    pointer = 0
    start = now.microseconds
    lastSample = -1
  }

  override func latch(at now: Instant) {
    let index = (now.microseconds &- start) / Self.period
    guard index != lastSample else { return }
    lastSample = index
    let taken = Instant(microseconds: start &+ index &* Self.period)
    strength = sample(1, at: taken)
    let turns = sample(0, at: taken)
    let fraction = turns - Double(wholePart(turns))
    rawAngle = UInt16(truncatingIfNeeded: wholePart(fraction * 4_096)) & 0x0FFF
    if !hasMagnet { rawAngle = UInt16(truncatingIfNeeded: wander.next()) & 0x0FFF }
  }

  override func load(_ register: UInt8, at now: Instant) -> UInt8 {
    switch register {
    case 0x00...0x08: registers[Int(register)]
    case 0x0B:
      (strength > 1.5 ? 0x08 : 0) | (strength < 0.5 ? 0x10 : 0) | (hasMagnet ? 0x20 : 0)
    case 0x0C: UInt8(rawAngle >> 8)
    case 0x0D: UInt8(truncatingIfNeeded: rawAngle)
    case 0x0E: UInt8(angle >> 8)
    case 0x0F: UInt8(truncatingIfNeeded: angle)
    case 0x1A: gain
    case 0x1B: UInt8(magnitude >> 8)
    case 0x1C: UInt8(truncatingIfNeeded: magnitude)
    default: 0
    }
  }

  override func store(_ byte: UInt8, in register: UInt8, at now: Instant) {
    switch register {
    case 0x01, 0x03, 0x05: registers[Int(register)] = byte & 0x0F
    case 0x07: registers[7] = byte & 0x3F
    case 0x02, 0x04, 0x06, 0x08: registers[Int(register)] = byte
    default: return
    }
  }

  override func next(after register: UInt8) -> UInt8 {
    switch register {
    case 0x0D: 0x0C
    case 0x0F: 0x0E
    case 0x1C: 0x1B
    default: register &+ 1
    }
  }

  override func falsified(_ truth: Double, input index: Int) -> Double {
    index == 0 ? -truth : truth
  }

  private var hasMagnet: Bool { strength >= 0.2 }
  private func word(_ register: Int) -> UInt16 {
    UInt16(registers[register]) << 8 | UInt16(registers[register + 1])
  }

  /// The angle between the programmed zero and stop positions, stretched over 12 bits.
  private var angle: UInt16 {
    let relative = (rawAngle &- word(1)) & 0x0FFF
    let span = word(5) != 0 ? word(5) : (word(3) &- word(1)) & 0x0FFF
    guard word(3) != 0 || word(5) != 0, span > 0 else { return relative }
    return relative >= span ? 0x0FFF : UInt16(UInt32(relative) * 4_096 / UInt32(span))
  }

  /// The gain is at its lower end with too strong a magnet and at its upper end with too weak a
  /// one; 128 steps at 3.3 V.
  private var gain: UInt8 {
    UInt8(truncatingIfNeeded: nearestCode((1.5 - strength) * 128, step: 1, in: 0...128))
  }

  private var magnitude: UInt16 {
    nearestCode(strength * (1 + Double(gain)) * 31.5, step: 1, in: 0...4_095).word
  }
}
