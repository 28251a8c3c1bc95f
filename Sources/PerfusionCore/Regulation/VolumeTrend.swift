/// The straight line through the last second of reservoir volumes, blind to outliers.
///
/// Theil-Sen: the slope is the median of the slopes between all pairs of samples, the level the
/// median distance from that line, so up to three wild samples of eleven do not move it.
struct VolumeTrend: Sendable {
  /// Samples in the window: one second at 10 Hz, both ends included.
  static var capacity: Int { 11 }
  /// Samples without which no trend is given.
  static var fewest: Int { 6 }

  private var samples = InlineArray<11, Double>(repeating: 0)
  private var newest = 0
  private var count = 0

  /// Slope in ml per sample and the line's value at the newest sample, once there are enough.
  private(set) var line: (slope: Double, level: Double)?

  /// Takes a volume in ml and fits the line anew.
  mutating func append(_ milliliters: Double) {
    newest = (newest + 1) % Self.capacity
    samples[newest] = milliliters
    count = min(count + 1, Self.capacity)
    line = count >= Self.fewest ? fit() : nil
  }

  /// Forgets all samples.
  mutating func removeAll() {
    count = 0
    line = nil
  }

  /// The sample taken `age` samples ago.
  private func sample(_ age: Int) -> Double {
    samples[(newest + Self.capacity - age) % Self.capacity]
  }

  private func fit() -> (slope: Double, level: Double) {
    var slopes = Median()
    for young in 0..<count {
      for old in (young + 1)..<max(count, young + 1) {
        slopes.insert((sample(young) - sample(old)) / Double(old - young))
      }
    }
    let slope = slopes.value
    var levels = Median()
    for age in 0..<count { levels.insert(sample(age) + slope * Double(age)) }
    return (slope, levels.value)
  }
}

/// The median of at most 55 numbers, kept in order as they come.
private struct Median {
  private var numbers = InlineArray<55, Double>(repeating: 0)
  private var count = 0

  mutating func insert(_ number: Double) {
    guard count < 55 else { return }
    var place = count
    while place > 0, numbers[place - 1] > number {
      numbers[place] = numbers[place - 1]
      place -= 1
    }
    numbers[place] = number
    count += 1
  }

  var value: Double {
    guard count > 0 else { return 0 }
    return count % 2 == 1
      ? numbers[count / 2] : (numbers[count / 2 - 1] + numbers[count / 2]) / 2
  }
}
