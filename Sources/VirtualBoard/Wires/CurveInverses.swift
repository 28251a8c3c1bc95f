import ChipDrivers
import PerfusionCore

/// The board's conversion curves, read backwards.
struct CurveInverses: Sendable {
  private let inputs: [[Double]]
  private let outputs: [[Double]]

  /// The inverses of a wiring's curves.
  init(_ curves: FixedList<4, Curve>) {
    var inputs: [[Double]] = []
    var outputs: [[Double]] = []
    for index in curves.indices {
      let points = 0..<max(0, Int(curves[index].count))
      inputs.append(points.map { curves[index].inputs[$0] })
      outputs.append(points.map { curves[index].outputs[$0] })
    }
    self.inputs = inputs
    self.outputs = outputs
  }

  /// The input at which a curve gives an output, straight on beyond its ends; the output itself
  /// for a curve that does not exist.
  func input(of curve: Int, at output: Double) -> Double {
    guard inputs.indices.contains(curve), inputs[curve].count >= 2 else { return output }
    let last = inputs[curve].count - 1
    let rises = outputs[curve][last] >= outputs[curve][0]
    var low = 0
    var high = last
    while high - low > 1 {
      let middle = (low + high) / 2
      if (outputs[curve][middle] <= output) == rises { low = middle } else { high = middle }
    }
    let span = outputs[curve][low + 1] - outputs[curve][low]
    guard span != 0 else { return inputs[curve][low] }
    let share = (output - outputs[curve][low]) / span
    return inputs[curve][low] + share * (inputs[curve][low + 1] - inputs[curve][low])
  }
}
