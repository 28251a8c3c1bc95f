/// A signal over time in bounded memory that keeps every peak.
///
/// Samples fall into buckets of equal length that each remember their lowest and highest sample;
/// when the buckets run out, neighbours merge and the length doubles. So a plot of a week has the
/// same size as one of a minute and still shows the shortest spike.
public struct PeakSeries: Sendable {
  /// One sample.
  public struct Point: Sendable, Equatable {
    /// Case time in seconds.
    public var time: Double
    /// The value.
    public var value: Double
    /// Makes a sample.
    public init(time: Double, value: Double) {
      self.time = time
      self.value = value
    }
  }
  private struct Bucket {
    var low: Point
    var high: Point

    mutating func take(_ point: Point) {
      if point.value < low.value { low = point }
      if point.value > high.value { high = point }
    }
  }

  private var buckets: [Bucket] = []
  private let capacity: Int
  private var samplesPerBucket = 1
  private var samplesInLast = 0

  /// Makes a series that gives at most `points` points, at least 2.
  public init(points: Int) {
    capacity = max(2, points / 2)
    buckets.reserveCapacity(capacity)
  }

  /// Takes a sample; times never go back. A value that is no finite number is left out.
  public mutating func add(_ point: Point) {
    guard point.value.isFinite else { return }
    if samplesInLast > 0, samplesInLast < samplesPerBucket, !buckets.isEmpty {
      buckets[buckets.count - 1].take(point)
      samplesInLast += 1
      return
    }
    if buckets.count == capacity { merge() }
    if samplesInLast > 0, samplesInLast < samplesPerBucket {
      buckets[buckets.count - 1].take(point)
      samplesInLast += 1
    } else {
      buckets.append(Bucket(low: point, high: point))
      samplesInLast = 1
    }
  }

  private mutating func merge() {
    let isOdd = buckets.count % 2 == 1
    var merged: [Bucket] = []
    merged.reserveCapacity(capacity)
    for index in stride(from: 0, to: buckets.count, by: 2) {
      var bucket = buckets[index]
      if index + 1 < buckets.count {
        bucket.take(buckets[index + 1].low)
        bucket.take(buckets[index + 1].high)
      }
      merged.append(bucket)
    }
    buckets = merged
    // The last bucket was full before; alone it is half of a new one.
    samplesInLast = isOdd ? samplesPerBucket : samplesPerBucket * 2
    samplesPerBucket *= 2
  }

  /// The points in the order of time.
  public var points: [Point] {
    buckets.flatMap { bucket -> [Point] in
      if bucket.low == bucket.high { return [bucket.low] }
      return bucket.low.time <= bucket.high.time
        ? [bucket.low, bucket.high] : [bucket.high, bucket.low]
    }
  }
}
