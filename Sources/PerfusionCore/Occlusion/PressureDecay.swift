/// The straight line through a decaying pressure, by least squares over every sample.
struct PressureDecay: BitwiseCopyable, Sendable {
  private var count = 0.0
  private var sumTime = 0.0
  private var sumTimeSquared = 0.0
  private var sumPressure = 0.0
  private var sumProduct = 0.0

  /// Takes the pressure at a time after the beginning.
  mutating func append(_ pressure: Pressure, at time: Seconds) {
    count += 1
    sumTime += time.seconds
    sumTimeSquared += time.seconds * time.seconds
    sumPressure += pressure.millimetersOfMercury
    sumProduct += pressure.millimetersOfMercury * time.seconds
  }

  /// The mean pressure.
  var mean: Pressure { .mmHg(count > 0 ? sumPressure / count : 0) }

  /// How fast the pressure falls; negative while it rises, zero with fewer than two samples.
  var rate: PressureRate {
    let spread = count * sumTimeSquared - sumTime * sumTime
    guard count >= 2, spread > 1e-12 else { return .zero }
    return .mmHgPerSecond(-(count * sumProduct - sumTime * sumPressure) / spread)
  }

  /// The rate as a share of the pressure, per second: a laminar leak out of a compliance keeps
  /// this constant while the pressure falls.
  var relative: Double {
    mean.millimetersOfMercury > 1 ? rate.mmHgPerSecond / mean.millimetersOfMercury : 0
  }
}
