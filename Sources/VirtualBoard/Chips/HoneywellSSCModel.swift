import PerfusionCore

/// Honeywell SSC pressure sensor, I2C, transfer function A (10...90 % of 2^14 counts).
///
/// Nets: 0 mmHg at the port, 1 degC. A net that is not a number is a broken bridge: status 3.
/// The sensor converts every 0.46 ms; a second read of the same conversion carries status 2
/// (stale). It answers from 3 ms after power-on. Three bytes 0xA0 0 0 in the first 3 ms after
/// that enter the command mode (status 1), 0x80 0 0 leaves it.
/// `wrong`: 5 % of the span too high; the temperature stays right.
public final class HoneywellSSCModel: FaultyChip {
  private static let startUp: Int64 = 3_000
  private static let commandWindow: Int64 = 6_000
  private static let period: Int64 = 460

  private let lowest: Double
  private let span: Double
  private var poweredAt: Int64 = -1_000_000
  private var lastRead: Int64 = -1
  private var pressure: UInt16 = 0
  private var temperature: UInt16 = 0
  private var isBroken = false
  private var isInCommandMode = false

  /// A part for `lowest...highest` mmHg.
  public init(nets: Nets, firstNet: Int, lowest: Double, highest: Double) {
    self.lowest = lowest
    span = highest - lowest
    super.init(nets: nets, firstNet: firstNet, traits: ChipTraits(inputs: 2, lag: 0.05))
  }

  override func restart(at now: Instant) {
    poweredAt = now.microseconds
    lastRead = -1
    pressure = 0
    temperature = 0
    isBroken = false
    isInCommandMode = false
  }

  override func accept(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    let age = now.microseconds &- poweredAt
    guard age >= Self.startUp else { return false }
    if bytes.count == 3, bytes[1] == 0, bytes[2] == 0 {
      if bytes[0] == 0xA0, age <= Self.commandWindow { isInCommandMode = true }
      if bytes[0] == 0x80 { isInCommandMode = false }
    }
    return true
  }

  override func answer(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool {
    let age = now.microseconds &- poweredAt
    guard age >= Self.startUp else { return false }
    let status = status(at: age / Self.period)
    for index in bytes.indices {
      switch index {
      case 0: bytes[0] = status << 6 | UInt8(pressure >> 8)
      case 1: bytes[1] = UInt8(truncatingIfNeeded: pressure)
      case 2: bytes[2] = UInt8(truncatingIfNeeded: temperature >> 3)
      case 3: bytes[3] = UInt8(truncatingIfNeeded: temperature << 5)
      default: bytes[index] = 0xFF
      }
    }
    return true
  }

  override func falsified(_ truth: Double, input index: Int) -> Double {
    index == 0 ? truth + 0.05 * span : truth
  }

  private func status(at conversion: Int64) -> UInt8 {
    if isInCommandMode { return 1 }
    if conversion == lastRead { return isBroken ? 3 : 2 }
    lastRead = conversion
    let taken = Instant(microseconds: poweredAt &+ conversion &* Self.period)
    let port = sample(0, at: taken)
    isBroken = port != port
    pressure = nearestCode((port - lowest) / span * 13_107 + 1_638, step: 1, in: 0...16_383).word
    temperature = nearestCode(sample(1, at: taken) + 50, step: 200.0 / 2_047, in: 0...2_047).word
    return isBroken ? 3 : 0
  }
}
