import ChipDrivers
import PerfusionCore

/// From the engineering value back to what stands at the chip's input: the board file's
/// calibration turned round.
struct CalibrationInverse: BitwiseCopyable, Sendable {
  private let scale: Double
  private let offset: Double
  private let lowest: Double
  private let highest: Double
  /// Which of the board's curves comes before the scale; -1 for none.
  let curve: Int8
  private let perChannel: Double

  /// The inverse of a sensor's calibration. `perChannel` is the input's unit for each unit of the
  /// driver's channel (1/4096 turn for a count); the input cannot leave `rails`.
  init(_ sensor: SensorWiring, perChannel: Double, rails: ClosedRange<Double>) {
    scale = sensor.scale != 0 ? 1 / sensor.scale : 0
    offset = sensor.offset
    curve = sensor.curve
    self.perChannel = perChannel
    lowest = rails.lowerBound
    highest = rails.upperBound
  }

  /// What the chip's input carries at an engineering value.
  func input(_ engineering: Double, curves: borrowing CurveInverses) -> Double {
    let straight = (engineering - offset) * scale
    let channel = curve < 0 ? straight : curves.input(of: Int(curve), at: straight)
    return min(max(channel * perChannel, lowest), highest)
  }

  /// The end of the input's travel that reads outside the sensor's range, as designers choose the
  /// resistor that pulls an open input: the upper one when both or neither do.
  func openCircuit(_ sensor: SensorWiring, curves: borrowing CurveInverses) -> Double {
    let low = input(sensor.lowest, curves: curves)
    let high = input(sensor.highest, curves: curves)
    let roomAbove = highest - max(low, high)
    let roomBelow = min(low, high) - lowest
    return roomAbove > 0 || roomBelow <= 0 ? highest : lowest
  }
}
