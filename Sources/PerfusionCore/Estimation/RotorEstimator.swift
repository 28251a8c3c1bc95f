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
/// from there, without counting the jump as travel.
public struct RotorEstimator: Sendable {
  /// Smooth signed speed; `stale` (or the sensor's own complaint) 100 ms after the last good sample.
  public private(set) var speed = Reading<RotationalSpeed>.absent
  /// Signed speed over about 50 ms.
  public private(set) var fastSpeed = Reading<RotationalSpeed>.absent
  /// Counts travelled since start-up, jumps left out.
  public private(set) var travel: Int64 = 0
  /// Counts travelled since the update before this one.
  public private(set) var advance: Int64 = 0
  /// The count was set anew in this update: what was travelled meanwhile is not known.
  public private(set) var wasRebased = false
  /// Speed that one count makes in the fast window: its resolution.
  public private(set) var fastResolution = RotationalSpeed.zero
  /// Length of the window behind `speed`.
  public var window: Seconds { Seconds(seconds: smoothMicroseconds / 1_000_000) }
  /// Counts in one revolution.
  public let countsPerRevolution: Double

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
  private var smoothMicroseconds: Double = 100_000

  /// An estimator for a rotor with this many counts a turn that never turns faster than
  /// `highestSpeed`.
  public init(countsPerRevolution: Double, highestSpeed: RotationalSpeed) {
    let counts = countsPerRevolution >= 1 ? countsPerRevolution : 1
    self.countsPerRevolution = counts
    speedPerCountRate = 60_000_000 / counts
    highestCountsPerMicrosecond = 2 * highestSpeed.revolutionsPerMinute * counts / 60_000_000
  }

  /// Turns travelled since start-up.
  public var turns: Revolutions {
    Revolutions(revolutions: Double(travel) / countsPerRevolution)
  }

  /// Turns travelled since the update before this one.
  public var advanced: Revolutions {
    Revolutions(revolutions: Double(advance) / countsPerRevolution)
  }

  /// Takes the reading of this tick; a sample that was seen before counts once.
  public mutating func update(_ reading: Reading<Int64>, now: Instant) {
    advance = 0
    wasRebased = false
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
    advance = sample.counts &- latest.counts
    let elapsed = Double(sample.at &- latest.at)
    travel &+= advance
    latest = sample
    if sample.at - ring[newest].at >= RotorEstimator.spacing { push(sample) }
    estimate(after: elapsed)
  }

  private func isPlausible(_ sample: Sample, after earlier: Sample) -> Bool {
    let moved = Double(sample.counts &- earlier.counts)
    let limit = highestCountsPerMicrosecond * Double(sample.at &- earlier.at) + 8
    return moved <= limit && moved >= -limit
  }

  private mutating func holdBack(_ sample: Sample) {
    agreeing = isRejecting && isPlausible(sample, after: suspect) ? agreeing + 1 : 0
    isRejecting = true
    suspect = sample
    if agreeing >= 3 {
      startOver(sample)
      wasRebased = true
    }
  }

  private mutating func startOver(_ sample: Sample) {
    isRejecting = false
    agreeing = 0
    latest = sample
    newest = 0
    filled = 1
    fastBack = 0
    smoothBack = 0
    ring[0] = sample
  }

  private mutating func push(_ sample: Sample) {
    newest = (newest + 1) & 63
    ring[newest] = sample
    if filled < 64 { filled += 1 }
    fastBack = min(fastBack + 1, filled - 1)
    smoothBack = min(smoothBack + 1, filled - 1)
  }

  private func entry(_ back: Int) -> Sample { ring[(newest &- back) & 63] }

  /// The nearest entry at least `window` old, found from where it was last time.
  private func seek(from start: Int, window: Double) -> Int {
    let edge = latest.at - Int64(window)
    var back = start
    while back < filled - 1 && entry(back).at > edge { back += 1 }
    while back > 0 && entry(back - 1).at <= edge { back -= 1 }
    return back
  }

  private mutating func estimate(after elapsed: Double) {
    let rate = max(countRate(fastBack).magnitude, countRate(smoothBack).magnitude * 0.5)
    let fastWindow = min(max(12 / max(rate, 1e-9), 50_000), 250_000)
    let goal = min(max(400 / max(rate, 1e-9), 100_000), 1_000_000)
    // A window that grows as fast as time passes would pin its far end to the speed before a
    // slow-down; growing at half that rate leaves the old speed behind.
    smoothMicroseconds = min(goal, smoothMicroseconds + 0.5 * elapsed)
    fastBack = seek(from: fastBack, window: fastWindow)
    smoothBack = seek(from: smoothBack, window: smoothMicroseconds)
    let span = Double(latest.at - entry(fastBack).at)
    guard span >= 20_000 else { return }
    let takenAt = Instant(microseconds: latest.at)
    fastResolution = .rpm(speedPerCountRate / span)
    fastSpeed = Reading(.rpm(countRate(fastBack) * speedPerCountRate), takenAt: takenAt)
    speed = Reading(.rpm(countRate(smoothBack) * speedPerCountRate), takenAt: takenAt)
  }

  /// Counts per microsecond since an entry.
  private func countRate(_ back: Int) -> Double {
    let start = entry(back)
    let span = latest.at - start.at
    return span > 0 ? Double(latest.counts &- start.counts) / Double(span) : 0
  }

  private mutating func grade(_ sensor: Quality, now: Instant) {
    guard speed.isPresent else {
      speed.quality = .absent
      return
    }
    let age = now.microseconds &- latest.at
    let quality: Quality =
      age <= RotorEstimator.longestGap
      ? .valid : isRejecting ? .faulted : sensor == .valid ? .stale : sensor
    speed.quality = quality
    fastSpeed.quality = quality
  }
}
