/// 0 below `low`, 1 above `high`, a smooth S between.
@inline(__always)
func smoothStep(_ value: Double, from low: Double, to high: Double) -> Double {
  let share = bounded((value - low) / (high - low), 0, 1)
  return share * share * (3 - 2 * share)
}

/// A value held inside `low...high`; one that is not a number becomes `low`.
@inline(__always)
func bounded(_ value: Double, _ low: Double, _ high: Double) -> Double {
  value > low ? (value < high ? value : high) : low
}

/// e to the power of `-x` for `x >= 0`, with arithmetic only; relative error below 1e-8 up to 20.
func decay(_ x: Double) -> Double {
  guard x > 0 else { return 1 }
  guard x < 600 else { return 0 }
  let y = x * (1.0 / 128)
  let square = y * y
  let even = 1 + square * 0.1
  let odd = y * (0.5 + square * (1.0 / 120))
  var value = (even - odd) / (even + odd)
  for _ in 0..<7 { value *= value }
  return value
}

/// e to the power of `x`, with arithmetic only.
func growth(_ x: Double) -> Double {
  x < 0 ? decay(-x) : 1 / decay(x < 600 ? x : 600)
}

/// The flow that a linear and a quadratic resistance in series let through.
@inline(__always)
func flow(across difference: Double, linear: Double, quadratic: Double) -> Double {
  let root = (linear * linear + 4 * quadratic * difference.magnitude).squareRoot()
  let size = 2 * difference.magnitude / (linear + root)
  return difference < 0 ? -size : size
}
