/// Volumes that air must pass, and where it is seen (docs/domain.md 4.5, 11.2).
public struct AirParameters: Sendable, BitwiseCopyable {
  /// Venous line from cannula to reservoir or pump, ml.
  public var venousLineVolume: Double = 250
  /// Volume from the venous cannula to the venous detector, ml.
  public var venousDetectorVolume: Double = 150
  /// Line from the reservoir's outlet to the pump, ml.
  public var inletLineVolume: Double = 75
  /// Blood in the oxygenator, ml.
  public var oxygenatorVolume: Double = 250
  /// Share of arriving air that oxygenator and filter hold back.
  public var trapShare: Double = 0.9
  /// Air that they hold back at most, ml; more breaks through.
  public var trapCapacity: Double = 50
  /// Arterial line from oxygenator to cannula, ml: with inlet line and oxygenator 500 ml from
  /// reservoir to cannula (docs/domain.md 4.5).
  public var arterialLineVolume: Double = 175
  /// Volume from the arterial detector to the cannula, ml: 150 cm of 3/8 in.
  public var detectorToCannulaVolume: Double = 107
  /// Volume from the arterial detector to the arterial clamp, ml: 60 cm of 3/8 in.
  public var detectorToClampVolume: Double = 42.8
  /// Cardioplegia line, ml.
  public var cardioplegiaLineVolume: Double = 40
  /// Volume from the cardioplegia pump to its detector, ml.
  public var cardioplegiaDetectorVolume: Double = 15
  /// Portal vein line, ml.
  public var portalLineVolume: Double = 80
  /// Volume from the portal pump to the portal detector, ml.
  public var portalDetectorVolume: Double = 40
  /// The defaults of docs/domain.md.
  public init() {}

  static var named: [NamedParameter] {
    [
      ("venousLineVolume", "ml", \.air.venousLineVolume),
      ("venousDetectorVolume", "ml", \.air.venousDetectorVolume),
      ("inletLineVolume", "ml", \.air.inletLineVolume),
      ("oxygenatorVolume", "ml", \.air.oxygenatorVolume),
      ("trapShare", "1", \.air.trapShare),
      ("trapCapacity", "ml", \.air.trapCapacity),
      ("arterialLineVolume", "ml", \.air.arterialLineVolume),
      ("detectorToCannulaVolume", "ml", \.air.detectorToCannulaVolume),
      ("detectorToClampVolume", "ml", \.air.detectorToClampVolume),
      ("cardioplegiaLineVolume", "ml", \.air.cardioplegiaLineVolume),
      ("cardioplegiaDetectorVolume", "ml", \.air.cardioplegiaDetectorVolume),
      ("portalLineVolume", "ml", \.air.portalLineVolume),
      ("portalDetectorVolume", "ml", \.air.portalDetectorVolume),
    ]
  }
}
