import PerfusionCore

/// Sensirion SLF3S-0600F, -1300F or -4000B liquid flow sensor.
///
/// Nets: 0 ml/min, 1 degC, 2 air in line (1 with air). After a start command the first result is
/// ready in 12 ms; until then, and while it does not measure, a read is not acknowledged. While
/// it measures only the stop command is acknowledged. A general call 0x06 resets it, for 25 ms.
/// Both liquids (0x3608 water, 0x3615 isopropanol) give the flow of the net.
/// `wrong`: mounted the wrong way round, the flow has the other sign.
public final class SLF3SModel: FaultyChip {
  private static let firstResult: Int64 = 12_000
  private static let period: Int64 = 500
  private static let stopping: Int64 = 500
  private static let startUp: Int64 = 25_000

  private enum Mode { case idle, measuring, identity, identityHalf }

  private let scale: Double
  private let productNumber: UInt32
  private let serialNumber: UInt64
  private var mode = Mode.idle
  private var startedAt: Int64 = 0
  private var readyAt: Int64 = -1_000_000
  private var words = InlineArray<3, UInt16>(repeating: 0)

  /// A part with `scale` counts per ml/min (10000, 500 or 32) and a serial number of the seed.
  public init(nets: Nets, firstNet: Int, scale: Double, seed: UInt64) {
    self.scale = scale
    productNumber = scale >= 5_000 ? 0x0703_0302 : scale >= 200 ? 0x0703_0202 : 0x0703_0501
    var noise = ChipNoise(seed: seed)
    serialNumber = noise.next()
    super.init(nets: nets, firstNet: firstNet, traits: ChipTraits(inputs: 3, lag: 0.02))
  }

  override func restart(at now: Instant) {
    mode = .idle
    readyAt = now.microseconds &+ Self.startUp
  }

  override func acceptGeneralCall(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    if bytes.count == 1, bytes[0] == 0x06 { restart(at: now) }
    return true
  }

  override func accept(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    guard now.microseconds >= readyAt else { return false }
    guard bytes.count >= 2 else { return true }
    let command = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
    if mode == .measuring, command != 0x3FF9 { return false }
    switch command {
    case 0x3608, 0x3615:
      mode = .measuring
      startedAt = now.microseconds
    case 0x3FF9:
      mode = .idle
      readyAt = now.microseconds &+ Self.stopping
    case 0x367C: mode = .identityHalf
    case 0xE102: mode = mode == .identityHalf ? .identity : .idle
    default: return false
    }
    return true
  }

  override func answer(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool {
    guard now.microseconds >= readyAt else { return false }
    switch mode {
    case .measuring: return answerMeasurement(into: &bytes, at: now)
    case .identity:
      mode = .idle
      for index in bytes.indices { bytes[index] = framed(index, words: 6, of: identityWord) }
      return true
    case .idle, .identityHalf: return false
    }
  }

  override func falsified(_ truth: Double, input index: Int) -> Double {
    index == 0 ? -truth : truth
  }

  private func answerMeasurement(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool {
    let age = now.microseconds &- startedAt
    guard age >= Self.firstResult else { return false }
    measure(at: Instant(microseconds: now.microseconds &- age % Self.period))
    for index in bytes.indices { bytes[index] = framed(index, words: 3, of: { self.words[$0] }) }
    return true
  }

  /// The flow saturates at 32,500 counts (3.25, 65 or 1,016 ml/min) and raises the high-flow flag.
  private func measure(at taken: Instant) {
    let flow = nearestCode(sample(0, at: taken) * scale, step: 1, in: -32_500...32_500)
    let isHigh = flow == 32_500 || flow == -32_500
    words[0] = flow.word
    words[1] = nearestCode(sample(1, at: taken), step: 0.005, in: -32_768...32_767).word
    words[2] = (sample(2, at: taken) >= 0.5 ? 1 : 0) | (isHigh ? 2 : 0)
  }

  private func identityWord(_ index: Int) -> UInt16 {
    index < 2
      ? UInt16(truncatingIfNeeded: productNumber >> UInt32(16 * (1 - index)))
      : UInt16(truncatingIfNeeded: serialNumber >> UInt64(16 * (5 - index)))
  }

  /// Byte `index` of words that each carry their check sum; 0xFF past the last.
  private func framed(_ index: Int, words: Int, of word: (Int) -> UInt16) -> UInt8 {
    guard index < words * 3 else { return 0xFF }
    let value = word(index / 3)
    let high = UInt8(truncatingIfNeeded: value >> 8)
    let low = UInt8(truncatingIfNeeded: value)
    switch index % 3 {
    case 0: return high
    case 1: return low
    default: return sensirionChecksum(high, low)
    }
  }
}
