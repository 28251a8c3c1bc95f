/// Turns the counts of an encoder or tachometer into speed.
///
/// Two channels stand side by side, both computed over the time stamps of the samples, never over
/// an assumed period. `fastSpeed` looks back over 50 ms (longer only while fewer than 12 counts
/// fall into it) and serves protection. `speed` looks back over at least 100 ms and as far as it
/// takes for 400 counts, at most 1 s, and serves control and display: at 1 rpm of a 4096-count
/// encoder it resolves 0.015 rpm (docs/domain.md 2.2, 10.1).
///
/// A sample that implies more than twice the highest speed is held back; when four samples in a
/// row agree with each other, the count is taken to have been set anew and the estimate starts over
/// from there, without counting the jump as travel. A sensor whose samples do not hang together
/// (`SampleTrust`), or that the pump does not believe, is `faulted`.
public struct RotorEstimator: Sendable {
  /// What is known of the rotor.
  public private(set) var motion: RotorMotion

  /// Smooth signed speed.
  public var speed: Reading<RotationalSpeed> { motion.speed }
  /// Signed speed over about 50 ms.
  public var fastSpeed: Reading<RotationalSpeed> { motion.fastSpeed }
  /// Turns travelled since start-up.
  public var turns: Revolutions { motion.turns }
  /// Who uses it has found that the sensor contradicts what cannot be otherwise.
  var isDisbelieved = false

  private struct Sample: BitwiseCopyable, Sendable {
    var at: Int64
    var counts: Int64
  }
  private static var spacing: Int64 { 16_000 }
  private static var longestGap: Int64 { 100_000 }

  private let speedPerCountRate: Double
  private let highestCountsPerMicrosecond: Double
  private var ring = InlineArray<64, Sample>(repeating: Sample(at: 0, counts: 0))
  private var newest = 0
  private var filled = 0
  private var fastBack = 0
  private var smoothBack = 0
  private var latest = Sample(at: 0, counts: 0)
  private var suspect = Sample(at: 0, counts: 0)
  private var agreeing = 0
  private var isRejecting = false
  private var trust = SampleTrust()
  /// Counts per microsecond in the two windows.
  private var fastRate: Double = 0
  private var smoothRate: Double = 0

  /// An estimator for a rotor with this many counts a turn that never turns faster than
  /// `highestSpeed`.
  public init(countsPerRevolution: Double, highestSpeed: RotationalSpeed) {
    let counts = countsPerRevolution >= 1 ? countsPerRevolution : 1
    motion = RotorMotion(countsPerRevolution: counts)
    speedPerCountRate = 60_000_000 / counts
    highestCountsPerMicrosecond = 2 * highestSpeed.revolutionsPerMinute * counts / 60_000_000
  }

  /// Takes the reading of this tick; a sample that was seen before counts once.
  public mutating func update(_ reading: Reading<Int64>, now: Instant) {
    motion.advance = 0
    motion.interval = 0
    motion.wasRebased = false
    if reading.quality == .valid {
      let sample = Sample(at: reading.takenAt.microseconds, counts: reading.value)
      if filled == 0 {
        startOver(sample)
      } else if sample.at > latest.at {
        take(sample)
      }
    }
    grade(reading.quality, now: now)
  }

  private mutating func take(_ sample: Sample) {
    guard isPlausible(sample, after: latest) else { return holdBack(sample) }
    isRejecting = false
    agreeing = 0
    motion.advance = sample.counts &- latest.counts
    let elapsed = Double(sample.at &- latest.at)
    motion.interval = elapsed
    trust.accept(counts: Double(motion.advance), microseconds: elapsed)
    motion.isUneasy = trust.isUneasy
    motion.travel &+= motion.advance
    latest = sample
    if sample.at &- ring[newest].at >= RotorEstimator.spacing { push(sample) }
    estimate(after: elapsed)
  }

  private mutating func isPlausible(_ sample: Sample, after earlier: Sample) -> Bool {
    let moved = Double(sample.counts &- earlier.counts)
    let limit = highestCountsPerMicrosecond * Double(sample.at &- earlier.at) + 8
    return moved <= limit && moved >= -limit
  }

  private mutating func holdBack(_ sample: Sample) {
    trust.reject()
    motion.isUneasy = true
    agreeing = isRejecting && isPlausible(sample, after: suspect) ? agreeing + 1 : 0
    isRejecting = true
    suspect = sample
    if agreeing >= 3 {
      startOver(sample)
      motion.wasRebased = true
    }
  }

  private mutating func startOver(_ sample: Sample) {
    isRejecting = false
    agreeing = 0
    trust.startOver()
    latest = sample
    newest = 0
    filled = 1
    fastBack = 0
    smoothBack = 0
    fastRate = 0
    smoothRate = 0
    ring[0] = sample
  }

  private mutating func push(_ sample: Sample) {
    newest = (newest + 1) & 63
    ring[newest] = sample
    if filled < 64 { filled += 1 }
    fastBack = min(fastBack + 1, filled - 1)
    smoothBack = min(smoothBack + 1, filled - 1)
  }

  // These only read, and are mutating so that the ring is not copied to call them.
  private mutating func entry(_ back: Int) -> Sample { ring[(newest &- back) & 63] }

  /// The nearest entry at least `window` old, found from where it was last time.
  private mutating func seek(from start: Int, window: Double) -> Int {
    let edge = latest.at &- Int64(window)
    var back = start
    while back < filled - 1 && entry(back).at > edge { back += 1 }
    while back > 0 && entry(back - 1).at <= edge { back -= 1 }
    return back
  }

  private mutating func estimate(after elapsed: Double) {
    // The windows follow the speed of the last sample, the smooth one with care for a start.
    let rate = max(max(fastRate.magnitude, smoothRate.magnitude * 0.5), 1e-9)
    let fastWindow = rate >= 12 / 50_000.0 ? 50_000 : min(12 / rate, 250_000)
    let goal = rate >= 400 / 100_000.0 ? 100_000 : min(400 / rate, 1_000_000)
    // A window that grows as fast as time passes would pin its far end to the speed before a
    // slow-down; growing at half that rate leaves the old speed behind.
    motion.windowMicroseconds = min(goal, motion.windowMicroseconds + 0.5 * elapsed)
    fastBack = seek(from: fastBack, window: fastWindow)
    smoothBack = seek(from: smoothBack, window: motion.windowMicroseconds)
    let fast = entry(fastBack)
    let span = Double(latest.at &- fast.at)
    guard span > 0 else { return }
    let perMicrosecond = 1 / span
    fastRate = Double(latest.counts &- fast.counts) * perMicrosecond
    let smooth = entry(smoothBack)
    let smoothSpan = Double(latest.at &- smooth.at)
    smoothRate = smoothSpan > 0 ? Double(latest.counts &- smooth.counts) / smoothSpan : fastRate
    guard span >= 20_000 else { return }
    let takenAt = Instant(microseconds: latest.at)
    motion.fastResolution = .rpm(speedPerCountRate * perMicrosecond)
    motion.fastSpeed = Reading(.rpm(fastRate * speedPerCountRate), takenAt: takenAt)
    motion.speed = Reading(.rpm(smoothRate * speedPerCountRate), takenAt: takenAt)
  }

  private mutating func grade(_ sensor: Quality, now: Instant) {
    guard motion.speed.isPresent else {
      motion.speed.quality = .absent
      return
    }
    let age = now.microseconds &- latest.at
    let isUntrue = trust.isErratic || isDisbelieved
    let quality: Quality =
      isUntrue
      ? .faulted
      : age <= RotorEstimator.longestGap
        ? .valid : isRejecting ? .faulted : sensor == .valid ? .stale : sensor
    motion.speed.quality = quality
    motion.fastSpeed.quality = quality
  }
}
