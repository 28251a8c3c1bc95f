import PerfusionCore

/// What a sensor's transducer gives between two milliseconds, kept small because chips ask for it
/// at every conversion.
struct SensorOutput: BitwiseCopyable, Sendable {
  /// What the transducer shows, engineering unit.
  var shown: Double
  /// How fast that moves, a second.
  var slope: Double = 0
  /// When it was worked out, microseconds.
  var steppedAt: Int64 = 0
  /// Gain and offset of this part.
  var gain: Double
  var offset: Double
  /// Effective value of the noise.
  var noise: Double
  /// From the engineering value to the chip's input.
  let inverse: CalibrationInverse
  /// What the input carries while its wire is open.
  let openInput: Double
  /// How the input is worked out.
  var mode = Mode.measures

  /// How the input is worked out.
  enum Mode: UInt8, BitwiseCopyable, Sendable {
    /// From what the transducer shows, with tolerance and noise.
    case measures
    /// The wire is open.
    case open
    /// Stands still, noise included.
    case stuck
    /// Anything within the sensor's range.
    case random
  }

  /// What the transducer shows at a moment.
  func value(at now: Instant) -> Double {
    guard slope != 0 else { return shown }
    return shown + slope * (Double(now.microseconds &- steppedAt) * 1e-6)
  }
}
