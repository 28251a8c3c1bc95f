import ChipDrivers
import PerfusionCore

/// From the engineering value back to what stands at the chip's input: the board file's
/// calibration turned round.
struct CalibrationInverse: Sendable {
  private let scale: Double
  private let offset: Double
  private let curve: Curve?
  private let perChannel: Double
  private let lowest: Double
  private let highest: Double

  /// The inverse of a sensor's calibration. `perChannel` is the input's unit for each unit of the
  /// driver's channel (1/4096 turn for a count); the input cannot leave `rails`.
  init(
    _ sensor: SensorWiring, curves: FixedList<4, Curve>, perChannel: Double,
    rails: ClosedRange<Double>
  ) {
    scale = sensor.scale
    offset = sensor.offset
    curve = curves.element(at: Int(sensor.curve))
    self.perChannel = perChannel
    lowest = rails.lowerBound
    highest = rails.upperBound
  }

  /// What the chip's input carries at an engineering value.
  func input(_ engineering: Double) -> Double {
    let straight = scale != 0 ? (engineering - offset) / scale : 0
    let channel = curve.map { CalibrationInverse.reverse($0, straight) } ?? straight
    return held(channel * perChannel)
  }

  /// An input value kept between the rails.
  func held(_ input: Double) -> Double { min(max(input, lowest), highest) }

  /// The end of the input's travel that reads outside the sensor's range, as designers choose the
  /// resistor that pulls an open input: the upper one when both or neither do.
  func openCircuit(_ sensor: SensorWiring) -> Double {
    let low = input(sensor.lowest)
    let high = input(sensor.highest)
    let roomAbove = highest - max(low, high)
    let roomBelow = min(low, high) - lowest
    return roomAbove > 0 || roomBelow <= 0 ? highest : lowest
  }

  /// The input at which a curve gives an output; straight on beyond its ends.
  private static func reverse(_ curve: Curve, _ output: Double) -> Double {
    let last = Int(curve.count) - 1
    guard last >= 1 else { return output }
    let rises = curve.outputs[last] >= curve.outputs[0]
    var low = 0
    var high = last
    while high - low > 1 {
      let middle = (low + high) / 2
      if (curve.outputs[middle] <= output) == rises { low = middle } else { high = middle }
    }
    let span = curve.outputs[low + 1] - curve.outputs[low]
    guard span != 0 else { return curve.inputs[low] }
    let share = (output - curve.outputs[low]) / span
    return curve.inputs[low] + share * (curve.inputs[low + 1] - curve.inputs[low])
  }
}
