import PerfusionCore

/// NXP PCA9685, 16-channel PWM chip (data sheet revision 4).
///
/// Net 0: the OE pin, 0 lets the outputs through, 1 puts them where OUTNE says. Output pins
/// 0...15: duty 0...1. Reset: asleep, all outputs full off. The prescaler is written only asleep.
/// Sub-addresses and the all-call address are not answered: the board file gives one address.
/// `wrong`: each pair of neighbouring outputs is exchanged.
public final class PCA9685Model: ByteRegisterChip {
  private static let sleep: UInt8 = 0x10
  private static let restartBit: UInt8 = 0x80
  private static let external: UInt8 = 0x40
  private static let fullBit: UInt8 = 0x10

  private var mode1: UInt8 = 0x11
  private var mode2: UInt8 = 0x04
  private var addresses = InlineArray<4, UInt8>(repeating: 0)
  private var channels = InlineArray<64, UInt8>(repeating: 0)
  private var prescale: UInt8 = 0x1E
  private var isHalted = false

  /// A part whose OE pin is net `firstNet`.
  public init(nets: Nets, firstNet: Int) {
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(inputs: 1, outputs: 16, faults: FaultWord.ofDrivers))
    restart(at: .start)
  }

  /// Frequency of the outputs in hertz, from the internal 25 MHz oscillator.
  public var frequency: Double { 25_000_000 / (4_096 * (Double(prescale) + 1)) }

  override func restart(at now: Instant) {
    mode1 = 0x11
    mode2 = 0x04
    addresses = [0xE2, 0xE4, 0xE8, 0xE0]
    channels = InlineArray(repeating: 0)
    for channel in 0..<16 { channels[channel * 4 + 3] = Self.fullBit }
    prescale = 0x1E
    isHalted = false
    pointer = 0
  }

  override func acceptGeneralCall(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    if bytes.count == 1, bytes[0] == 0x06 { restart(at: now) }
    return true
  }

  override func load(_ register: UInt8, at now: Instant) -> UInt8 {
    switch register {
    case 0x00: mode1 | (isHalted ? Self.restartBit : 0)
    case 0x01: mode2
    case 0x02...0x05: addresses[Int(register) - 2]
    case 0x06...0x45: channels[Int(register) - 6]
    case 0xFE: prescale
    default: 0
    }
  }

  override func store(_ byte: UInt8, in register: UInt8, at now: Instant) {
    switch register {
    case 0x00: setMode(byte)
    case 0x01: mode2 = byte & 0x1F
    case 0x02...0x05: addresses[Int(register) - 2] = byte & 0xFE
    case 0x06...0x45: set(byte, Int(register) - 6)
    case 0xFA...0xFD:
      for channel in 0..<16 { set(byte, channel * 4 + Int(register) - 0xFA) }
    case 0xFE: if mode1 & Self.sleep != 0 { prescale = max(3, byte) }
    default: return
    }
  }

  override func next(after register: UInt8) -> UInt8 {
    guard mode1.has(5) else { return register }
    return register == 0x45 || register >= 0xFE ? 0 : register &+ 1
  }

  override func level(of pin: Int) -> Double {
    let duty = isHalted || mode1 & Self.sleep != 0 ? 0 : duty(of: pin)
    return gated(mode2.has(4) ? 1 - duty : duty, output: pin)
  }

  /// The OE pin works whatever else the chip does.
  override func gated(_ level: Double, output pin: Int) -> Double {
    guard nets.value(firstNet, at: clock) >= 0.5 else { return level }
    return mode2.field(0, 2) == 1 && mode2.has(2) ? 1 : 0
  }

  override func falsified(_ level: Double, output pin: Int) -> Double { self.level(of: pin ^ 1) }

  private func setMode(_ byte: UInt8) {
    let wasAsleep = mode1 & Self.sleep != 0
    let sleeps = byte & Self.sleep != 0
    if !wasAsleep, sleeps, isAnyRunning { isHalted = true }
    if byte & Self.restartBit != 0, !sleeps { isHalted = false }
    let external = mode1 & Self.external | (wasAsleep ? byte & Self.external : 0)
    mode1 = byte & 0x3F | external
  }

  private func set(_ byte: UInt8, _ index: Int) {
    channels[index] = index & 1 == 1 ? byte & 0x1F : byte
    if mode1 & Self.sleep == 0 { isHalted = false }
  }

  private var isAnyRunning: Bool {
    for channel in 0..<16 where duty(of: channel) > 0 { return true }
    return false
  }

  /// Full off wins over full on; equal counts never turn the output on.
  private func duty(of channel: Int) -> Double {
    let base = channel * 4
    if channels[base + 3] & Self.fullBit != 0 { return 0 }
    if channels[base + 1] & Self.fullBit != 0 { return 1 }
    let on = Int(channels[base]) | Int(channels[base + 1] & 0x0F) << 8
    let off = Int(channels[base + 2]) | Int(channels[base + 3] & 0x0F) << 8
    return Double((off - on) & 0x0FFF) / 4_096
  }
}
