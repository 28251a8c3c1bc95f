internal import ChipDrivers
internal import PerfusionCore

/// The conversion curves of a board, interpolated in straight pieces.
struct CurveTable: Sendable {
  private var curves = InlineArray<4, Curve>(repeating: Curve())

  init() {}
  init(_ wiring: borrowing BoardWiring) {
    for index in wiring.curves.indices { curves[index] = wiring.curves[index] }
  }

  /// The output at an input; nothing beyond the curve's ends, or without such a curve.
  func output(of index: Int8, at input: Double) -> Double? {
    guard index >= 0 && index < 4 else { return nil }
    let curve = curves[Int(index)]
    let last = min(Int(curve.count), 33) - 1
    guard last >= 1, input >= curve.inputs[0], input <= curve.inputs[last] else { return nil }
    var (low, high) = (0, last)
    while high - low > 1 {
      let middle = (low + high) / 2
      if curve.inputs[middle] <= input { low = middle } else { high = middle }
    }
    let width = curve.inputs[high] - curve.inputs[low]
    guard width > 0 else { return curve.outputs[low] }
    let share = (input - curve.inputs[low]) / width
    return curve.outputs[low] + share * (curve.outputs[high] - curve.outputs[low])
  }
}
