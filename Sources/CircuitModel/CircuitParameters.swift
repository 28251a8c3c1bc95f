public import PerfusionCore

/// Which plant stands around the board.
public enum CircuitTopology: UInt8, Sendable, BitwiseCopyable {
  /// Patient, venous reservoir, arterial pump, cardioplegia, vent, suckers.
  case bypass
  /// Patient, closed circuit.
  case ecmo
  /// Liver with hepatic artery and portal vein pumps and a reservoir.
  case liver
  /// Kidney with one pump and a reservoir.
  case kidney
}

/// A pump as the plant sees it.
public struct PlantPump: Sendable, BitwiseCopyable {
  /// What it is for.
  public var role = PumpRole.arterial
  /// How it moves blood.
  public var kind = PumpKind.roller
  /// True stroke volume of a roller head, ml a revolution.
  public var strokeVolume: Double = 45
  /// True leak of each of the two rollers at gap 0, ml/min per mmHg.
  public var leakFirst: Double = 0.1
  /// See `leakFirst`; the difference makes the once-a-revolution component.
  public var leakSecond: Double = 0.1
  /// Head coefficient a of a centrifugal head, mmHg/rpm2.
  public var headPerSpeedSquared: Double = 3.05e-5
  /// Head coefficient b, mmHg/(L/min)2.
  public var headPerFlowSquared: Double = 1.4
  /// Patient A's arterial pump.
  public init() {}
}

/// Every number of the plant by name; the board file and cases may override each.
///
/// Defaults are patient A of docs/domain.md 4.3.
public struct CircuitParameters: Sendable {
  /// Which plant.
  public var topology = CircuitTopology.bypass
  /// The pumps in the order of the configuration.
  public var pumps = FixedList<8, PlantPump>(filler: PlantPump())
  /// Systemic vascular resistance, mmHg/(L/min).
  public var systemicResistance: Double = 12
  /// Arterial compliance, ml/mmHg.
  public var arterialCompliance: Double = 1.3
  /// The plant's other numbers are added beside these by name.
  public init() {}
}
