/// The fixed steps of the plant.
enum StepLength {
  /// One hydraulic step, s (docs/domain.md 4.2).
  static let seconds = 0.001
  /// Millilitres that one L/min moves in a hydraulic step.
  static let milliliters = 1000.0 / 60 * seconds
  /// Millilitres a second in one L/min.
  static let perSecond = 1000.0 / 60
  /// Hydraulic steps in one step of the temperatures.
  static let perHeatStep = 20
  /// One step of the temperatures, s.
  static let heatSeconds = 0.02
}
