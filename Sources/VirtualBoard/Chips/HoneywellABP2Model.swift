import PerfusionCore

/// Honeywell ABP2 pressure sensor, I2C, transfer function A (10...90 % of 2^24 counts).
///
/// Nets: 0 mmHg at the port, 1 degC. AA 00 00 starts a conversion of 5 ms, which samples when it
/// starts; the status byte is 0x60 while it runs and 0x40 after. A command while busy is ignored.
/// `wrong`: 5 % of the span too high; the temperature stays right.
public final class HoneywellABP2Model: FaultyChip {
  private static let startUp: Int64 = 5_000
  private static let duration: Int64 = 5_000
  private static let powered: UInt8 = 0x40
  private static let busy: UInt8 = 0x20

  private let lowest: Double
  private let span: Double
  private var readyAt: Int64 = -1_000_000
  private var busyUntil: Int64 = -1_000_000
  private var result: UInt64 = 0
  private var running: UInt64 = 0

  /// A part for `lowest...highest` mmHg.
  public init(nets: Nets, firstNet: Int, lowest: Double, highest: Double) {
    self.lowest = lowest
    span = highest - lowest
    super.init(nets: nets, firstNet: firstNet, traits: ChipTraits(inputs: 2, lag: 0.05))
  }

  override func restart(at now: Instant) {
    readyAt = now.microseconds &+ Self.startUp
    busyUntil = now.microseconds
    result = 0
    running = 0
  }

  override func accept(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    let time = now.microseconds
    guard time >= readyAt else { return false }
    guard bytes.count == 3, bytes[0] == 0xAA, bytes[1] == 0, bytes[2] == 0, time >= busyUntil
    else { return true }
    result = running
    running = measure(at: now)
    busyUntil = time &+ Self.duration
    return true
  }

  override func answer(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool {
    guard now.microseconds >= readyAt else { return false }
    let isBusy = now.microseconds < busyUntil
    if !isBusy { result = running }
    let status = isBusy ? Self.powered | Self.busy : Self.powered
    for index in bytes.indices {
      switch index {
      case 0: bytes[0] = status
      case 1...6: bytes[index] = UInt8(truncatingIfNeeded: result >> UInt64((6 - index) * 8))
      default: bytes[index] = 0xFF
      }
    }
    return true
  }

  override func falsified(_ truth: Double, input index: Int) -> Double {
    index == 0 ? truth + 0.05 * span : truth
  }

  private func measure(at now: Instant) -> UInt64 {
    let least = 1_677_722.0
    let most = 15_099_494.0
    let pressure = nearestCode(
      (sample(0, at: now) - lowest) / span * (most - least) + least, step: 1, in: 0...16_777_215)
    let temperature = nearestCode(
      (sample(1, at: now) + 50) / 200 * 16_777_215, step: 1, in: 0...16_777_215)
    return UInt64(pressure) << 24 | UInt64(temperature)
  }
}
