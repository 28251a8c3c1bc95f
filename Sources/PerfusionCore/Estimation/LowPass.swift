/// A first-order low-pass: a weighted step towards each new value.
struct LowPass: BitwiseCopyable, Sendable {
  private(set) var value: Double = 0
  private(set) var isPrimed = false

  /// Takes a value; the first one is taken as it is. Values that are not finite are ignored.
  mutating func update(_ new: Double, timeConstant: Seconds, tick: Seconds) {
    guard new.isFinite else { return }
    guard isPrimed else {
      value = new
      isPrimed = true
      return
    }
    value += (new - value) * (tick.seconds / (timeConstant.seconds + tick.seconds))
  }

  /// Starts over from a value.
  mutating func set(_ value: Double) {
    self.value = value
    isPrimed = true
  }
  /// Forgets everything.
  mutating func reset() { isPrimed = false }
}
