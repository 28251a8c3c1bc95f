/// The drag of a line that clamps may shut.
enum LineDrag {
  /// Tubing, clamp jaws and cannula in series, mmHg/(L/min)2; infinite when shut.
  @inline(__always)
  static func drag(tube: Double, clamp: Double, opening: Double) -> Double {
    guard opening < 1 else { return tube }
    guard opening > 0.002 else { return .infinity }
    return tube + clamp * (1 / (opening * opening) - 1)
  }
}
