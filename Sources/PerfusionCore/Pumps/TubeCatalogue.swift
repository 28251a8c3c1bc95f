/// The tubes that fit a roller head, and the stroke volumes they can have (docs/domain.md 2.1).
public enum TubeCatalogue {
  /// Inner diameter in millimetres.
  public static func boreMillimeters(_ tube: TubeSize) -> Double {
    switch tube {
    case .threeSixteenths: 4.7625
    case .quarter: 6.35
    case .fiveSixteenths: 7.9375
    case .threeEighths: 9.525
    case .half: 12.7
    }
  }

  /// Wall in millimetres: 1/16 in for the smallest tube, 3/32 in for the others.
  public static func wallMillimeters(_ tube: TubeSize) -> Double {
    tube == .threeSixteenths ? 1.5875 : 2.38125
  }

  /// Cross-section of the bore in square centimetres: also what one metre holds, in 100 ml.
  public static func area(_ tube: TubeSize) -> Double {
    let bore = boreMillimeters(tube) / 10
    return Double.pi / 4 * bore * bore
  }

  /// Stroke volume of an ideal head: bore area times the length of the tube's circle in the
  /// raceway. Zero for a raceway narrower than the tube.
  public static func idealStrokeVolume(
    _ tube: TubeSize, racewayMillimeters: Double
  ) -> StrokeVolume {
    let outer = boreMillimeters(tube) + 2 * wallMillimeters(tube)
    let circle = max(0, racewayMillimeters - outer) / 10
    return .millilitersPerRevolution(area(tube) * Double.pi * circle)
  }

  /// Stroke volume to begin with: measured values for a 150 mm raceway, 0.9 of the ideal for any
  /// other. A calibration replaces it.
  public static func recommendedStrokeVolume(
    _ tube: TubeSize, racewayMillimeters: Double
  ) -> StrokeVolume {
    guard (racewayMillimeters - 150).magnitude < 0.5 else {
      return idealStrokeVolume(tube, racewayMillimeters: racewayMillimeters) * 0.9
    }
    return switch tube {
    case .threeSixteenths: .millilitersPerRevolution(7.2)
    case .quarter: .millilitersPerRevolution(13.1)
    case .fiveSixteenths: .millilitersPerRevolution(19.5)
    case .threeEighths: .millilitersPerRevolution(27)
    case .half: .millilitersPerRevolution(45)
    }
  }

  /// The sanity gate: a stroke volume belongs to a tube when it lies in 0.8...1.1 of the ideal one
  /// (HZ-17).
  public static func accepts(
    _ stroke: StrokeVolume, tube: TubeSize, racewayMillimeters: Double
  ) -> Bool {
    let ideal = idealStrokeVolume(tube, racewayMillimeters: racewayMillimeters)
    return ideal > .zero && stroke.isFinite && stroke >= ideal * 0.8 && stroke <= ideal * 1.1
  }
}
