import PerfusionCore

/// Microchip MCP4725, 12-bit DAC with EEPROM (data sheet DS22039).
///
/// No nets. Output pin 0: volts. At power-on the output is what the EEPROM says; ex factory that
/// is half scale. An EEPROM write takes 25 to 50 ms by seed; write commands in that time are
/// acknowledged and ignored.
/// `wrong`: the output is 5 % of the reference too high.
public final class MCP4725Model: FaultyChip {
  /// The 14 bits that the DAC register and the EEPROM both hold.
  private struct Setting {
    var powerDown: UInt8 = 0
    var code: UInt16 = 0x800
  }

  private let reference: Double
  private var memory: Setting
  private var setting: Setting
  private var next = Setting()
  private var isProgramming = false
  private var busyUntil: Int64 = -1_000_000
  private var noise: ChipNoise

  /// A part at `reference` volts; `stored` is the code in its EEPROM.
  public init(
    nets: Nets, firstNet: Int, reference: Double, seed: UInt64, stored: UInt16 = 0x800
  ) {
    self.reference = reference
    memory = Setting(code: stored & 0x0FFF)
    setting = memory
    noise = ChipNoise(seed: seed)
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(outputs: 1, outputSpan: reference, faults: FaultWord.ofDrivers))
  }

  override func restart(at now: Instant) {
    settle(at: now)
    isProgramming = false
    busyUntil = now.microseconds
    setting = memory
  }

  override func acceptGeneralCall(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    guard bytes.count == 1 else { return false }
    if bytes[0] == 0x06 { restart(at: now) }
    if bytes[0] == 0x09 { setting.powerDown = 0 }
    return bytes[0] == 0x06 || bytes[0] == 0x09
  }

  override func accept(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    settle(at: now)
    guard bytes.count >= 2, now.microseconds >= busyUntil else { return true }
    if bytes[0] & 0xC0 == 0 {
      let last = (bytes.count / 2 - 1) * 2
      setting = Setting(
        powerDown: bytes[last] >> 4 & 3,
        code: UInt16(bytes[last] & 0x0F) << 8 | UInt16(bytes[last + 1]))
      return true
    }
    let command = bytes[0] >> 5
    guard command == 2 || command == 3, bytes.count >= 3 else { return true }
    setting = Setting(
      powerDown: bytes[0] >> 1 & 3, code: UInt16(bytes[1]) << 4 | UInt16(bytes[2] >> 4))
    if command == 3 {
      next = setting
      busyUntil = now.microseconds &+ 25_000 &+ Int64(noise.nextFraction() * 25_000)
      isProgramming = true
    }
    return true
  }

  override func answer(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool {
    settle(at: now)
    let ready: UInt8 = now.microseconds >= busyUntil ? 0x80 : 0
    for index in bytes.indices {
      switch index {
      case 0: bytes[0] = ready | 0x40 | setting.powerDown << 1
      case 1: bytes[1] = UInt8(setting.code >> 4)
      case 2: bytes[2] = UInt8(setting.code & 0x0F) << 4
      case 3: bytes[3] = memory.powerDown << 5 | UInt8(memory.code >> 8)
      case 4: bytes[4] = UInt8(truncatingIfNeeded: memory.code)
      default: bytes[index] = 0xFF
      }
    }
    return true
  }

  override func level(of pin: Int) -> Double {
    setting.powerDown == 0 ? reference * Double(setting.code) / 4_096 : 0
  }

  override func falsified(_ level: Double, output pin: Int) -> Double {
    min(level + 0.05 * reference, reference)
  }

  /// Ends an EEPROM write that is due; one that power cut short leaves the old contents.
  private func settle(at now: Instant) {
    guard isProgramming, now.microseconds >= busyUntil else { return }
    memory = next
    isProgramming = false
  }
}
