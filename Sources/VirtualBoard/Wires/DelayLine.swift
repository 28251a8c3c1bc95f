/// What a value was a fixed number of milliseconds ago.
struct DelayLine {
  private var ring: [Double]
  private var position = 0

  /// A line that holds `value` all along its `milliseconds` (at least 1).
  init(milliseconds: Int, holding value: Double) {
    ring = Array(repeating: value, count: max(1, milliseconds))
  }

  /// Puts the present value in and takes the late one out; call once a millisecond.
  mutating func pass(_ value: Double) -> Double {
    let late = ring[position]
    ring[position] = value
    position = position + 1 == ring.count ? 0 : position + 1
    return late
  }
}
