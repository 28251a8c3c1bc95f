/// How much a signal swings between about 1 and 6 Hz, as a root mean square.
///
/// Venous chatter lives there (docs/domain.md 3.4). Two first-order high-passes at 0.6 Hz and two
/// low-passes at 12 Hz frame the band, the mean square is taken over about 1 s. At 3 Hz it shows
/// about 0.9 of the true value.
public struct BandPower: BitwiseCopyable, Sendable {
  private var highFirst = LowPass()
  private var highSecond = LowPass()
  private var lowFirst: Double = 0
  private var lowSecond: Double = 0
  /// Mean square of the swing.
  public private(set) var meanSquare: Double = 0

  /// A detector at rest.
  public init() {}

  /// Root mean square of the swing.
  public var rootMeanSquare: Double { meanSquare.squareRoot() }

  /// Takes one value a tick.
  public mutating func update(_ value: Double, tick: Seconds) {
    guard value.isFinite else { return }
    let lowCorner = Seconds(seconds: 0.265)
    highFirst.update(value, timeConstant: lowCorner, tick: tick)
    let first = value - highFirst.value
    highSecond.update(first, timeConstant: lowCorner, tick: tick)
    let second = first - highSecond.value
    let highShare = tick.seconds / (0.01326 + tick.seconds)
    lowFirst += (second - lowFirst) * highShare
    lowSecond += (lowFirst - lowSecond) * highShare
    meanSquare += (lowSecond * lowSecond - meanSquare) * (tick.seconds / (1 + tick.seconds))
  }

  /// Starts over.
  public mutating func reset() { self = BandPower() }
}
