internal import ChipDrivers
internal import PerfusionCore

/// The conversion curves of a board, interpolated in straight pieces; 33 places for each of four.
struct CurveTable: Sendable {
  private static var places: Int { 33 }
  private var counts = InlineArray<4, Int>(repeating: 0)
  private var inputs = InlineArray<132, Double>(repeating: 0)
  private var outputs = InlineArray<132, Double>(repeating: 0)

  init() {}
  init(_ wiring: borrowing BoardWiring) {
    for index in wiring.curves.indices {
      let curve = wiring.curves[index]
      counts[index] = min(Int(curve.count), CurveTable.places)
      for point in 0..<max(counts[index], 0) {
        inputs[index * CurveTable.places + point] = curve.inputs[point]
        outputs[index * CurveTable.places + point] = curve.outputs[point]
      }
    }
  }

  /// The output at an input; nothing beyond the curve's ends, or without such a curve.
  ///
  /// Mutating only so that the tables are read in place.
  mutating func output(of index: Int8, at input: Double) -> Double? {
    guard index >= 0 && index < 4 else { return nil }
    let inputs = inputs.span
    let outputs = outputs.span
    var low = Int(index) * CurveTable.places
    var high = low + counts.span[Int(index)] - 1
    guard high > low, input >= inputs[low], input <= inputs[high] else { return nil }
    while high - low > 1 {
      let middle = (low + high) / 2
      if inputs[middle] <= input { low = middle } else { high = middle }
    }
    let width = inputs[high] - inputs[low]
    guard width > 0 else { return outputs[low] }
    return outputs[low] + (input - inputs[low]) / width * (outputs[high] - outputs[low])
  }
}
