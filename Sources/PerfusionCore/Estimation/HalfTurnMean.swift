/// The mean of a pressure over one ripple period of a roller pump: the ripple falls out, so servos
/// can act on what is left (docs/domain.md 2.4 b).
///
/// With two rollers a ripple period is half a turn. The period is cut into 16 slices of rotor
/// travel; the mean is that of the last 16 full slices. A slice ends early after 1/16 s, so that the
/// mean never looks back over more than 1 s however slowly the rotor turns (below 30 rpm it follows
/// the ripple in part), and after 1/32 s while the rotor stands: a fixed window of 0.5 s.
public struct HalfTurnMean: Sendable {
  /// The mean; its quality is that of the last reading, and `absent` before the first slice.
  public private(set) var mean = Reading<Pressure>.absent

  private struct Slice: BitwiseCopyable, Sendable {
    var sum: Double = 0
    var count: Double = 0
  }
  private static var slices: Int { 16 }

  private let countsPerSlice: Double
  private var ring = InlineArray<16, Slice>(repeating: Slice())
  private var next = 0
  private var total = Slice()
  private var open = Slice()
  private var openCounts: Double = 0
  private var openMicroseconds: Int64 = 0
  private var lastTaken: Int64 = .min
  private var lastNow: Int64 = 0

  /// A mean for a rotor with this many counts and rollers a turn.
  public init(countsPerRevolution: Double, rollers: UInt8) {
    let periods = Double(rollers > 0 ? rollers : 1)
    countsPerSlice = max(countsPerRevolution, 1) / (periods * Double(HalfTurnMean.slices))
  }

  /// Takes this tick's reading and the counts the rotor has travelled since the last one.
  public mutating func update(_ reading: Reading<Pressure>, advance: Int64, now: Instant) {
    if reading.quality == .valid && reading.takenAt.microseconds > lastTaken
      && reading.value.isFinite
    {
      lastTaken = reading.takenAt.microseconds
      open.sum += reading.value.millimetersOfMercury
      open.count += 1
    }
    openCounts += Double(advance.magnitude)
    openMicroseconds += max(0, now.microseconds &- lastNow)
    lastNow = now.microseconds
    closeSlices(now)
    if mean.isPresent { mean.quality = reading.quality }
  }

  private mutating func closeSlices(_ now: Instant) {
    if openCounts >= countsPerSlice {
      var closed = 0
      while openCounts >= countsPerSlice && closed < HalfTurnMean.slices {
        openCounts -= countsPerSlice
        close()
        closed += 1
      }
      if closed == HalfTurnMean.slices { openCounts = 0 }
    } else {
      let longest: Int64 = openCounts * 64 >= countsPerSlice ? 62_500 : 31_250
      guard openMicroseconds >= longest else { return }
      openCounts = 0
      close()
    }
    openMicroseconds = 0
    guard total.count > 0 else { return }
    mean = Reading(.mmHg(total.sum / total.count), takenAt: now)
  }

  private mutating func close() {
    total.sum += open.sum - ring[next].sum
    total.count += open.count - ring[next].count
    ring[next] = open
    open = Slice()
    next = (next + 1) & 15
    if next == 0 { recount() }
  }

  /// Adds the slices up anew once a round, so that rounding does not pile up over days.
  private mutating func recount() {
    total = Slice()
    for index in 0..<HalfTurnMean.slices {
      total.sum += ring[index].sum
      total.count += ring[index].count
    }
  }
}
