/// The fast channel of a pressure: the middle one of the last three samples.
///
/// Hard limits act on it: one wild sample neither trips nor hides anything, and a true rise is
/// seen with the second sample (docs/domain.md 2.4 a). Each sample counts once.
public struct FastPressure: BitwiseCopyable, Sendable {
  /// The middle one of the last three; its quality is that of the last reading.
  public private(set) var median = Reading<Pressure>.absent
  private var oldest: Double = 0
  private var middle: Double = 0
  private var newest: Double = 0
  private var count = 0

  /// A channel that has seen nothing.
  public init() {}

  /// Takes this tick's reading.
  public mutating func update(_ reading: Reading<Pressure>) {
    guard reading.quality == .valid && reading.value.isFinite else {
      if median.isPresent {
        median.quality = reading.quality == .valid ? .faulted : reading.quality
      }
      return
    }
    guard count == 0 || reading.takenAt > median.takenAt else {
      median.quality = .valid
      return
    }
    if count == 0 {
      oldest = reading.value.millimetersOfMercury
      middle = oldest
    } else {
      oldest = middle
      middle = newest
    }
    newest = reading.value.millimetersOfMercury
    count = min(count + 1, 3)
    let lower = min(oldest, middle)
    let upper = max(oldest, middle)
    median = Reading(.mmHg(min(max(newest, lower), upper)), takenAt: reading.takenAt)
  }

  /// The middle one lies above a limit and can be trusted.
  public func exceeds(_ limit: Pressure) -> Bool {
    median.quality == .valid && median.value > limit
  }
}
