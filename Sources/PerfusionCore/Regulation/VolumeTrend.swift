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

/// The median of at most 55 numbers, found by partition.
private struct Median {
  private var numbers = InlineArray<55, Double>(repeating: 0)
  private var count = 0

  mutating func insert(_ number: Double) {
    guard count < 55 else { return }
    numbers[count] = number
    count += 1
  }

  /// The middle number, the upper one of an even count; zero of none.
  var value: Double {
    mutating get { count > 0 ? select(count / 2) : 0 }
  }

  /// The number that has `rank` smaller ones, after Hoare; the numbers are left reordered.
  private mutating func select(_ rank: Int) -> Double {
    var (low, high) = (0, count - 1)
    while low < high {
      let pivot = numbers[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while left < high, numbers[left] < pivot { left += 1 }
        while right > low, pivot < numbers[right] { right -= 1 }
        guard left <= right else { break }
        numbers.swapAt(left, right)
        left += 1
        right -= 1
      }
      if rank <= right {
        high = right
      } else if rank >= left {
        low = left
      } else {
        break
      }
    }
    return numbers[rank]
  }
}
