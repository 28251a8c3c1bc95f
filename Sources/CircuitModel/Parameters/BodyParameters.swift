/// The patient's heat in two compartments (docs/domain.md 4.6).
public struct BodyParameters: Sendable, BitwiseCopyable {
  /// Heat capacity of the whole patient, kJ/K: 75 kg times 3.49.
  public var heatCapacity: Double = 262
  /// Share of that capacity in the core.
  public var coreShare: Double = 0.6
  /// Share of the flow that goes to the core.
  public var coreFlowShare: Double = 0.85
  /// Coupling of core and periphery, kW/K.
  public var coupling: Double = 0.012
  /// Metabolism at 37 degC, kW.
  public var metabolism: Double = 0.07
  /// Factor of the metabolism for 10 K.
  public var metabolismFactor: Double = 2.5
  /// Loss to the room, kW/K.
  public var ambientLoss: Double = 0.006
  /// Room temperature, degC.
  public var ambientTemperature: Double = 20
  /// Core at the start, degC.
  public var initialCoreTemperature: Double = 36
  /// Periphery at the start, degC.
  public var initialPeripheryTemperature: Double = 35
  /// Blood of the circuit at the start, degC.
  public var initialPrimeTemperature: Double = 36
  /// Lag of the nasopharynx behind the core, s; 60...90.
  public var nasopharyngealLag: Double = 75
  /// Lag of bladder or rectum behind the mean of core and periphery, s.
  public var bladderLag: Double = 300
  /// Heat content of blood, kJ/(L K).
  public var bloodHeatContent: Double = 3.8
  /// Loss of the circuit's blood to the room, kW/K.
  public var circuitLoss: Double = 0.002
  /// Patient A.
  public init() {}

  static var named: [NamedParameter] {
    [
      ("heatCapacity", "kJ/K", \.body.heatCapacity),
      ("coreShare", "1", \.body.coreShare),
      ("coreFlowShare", "1", \.body.coreFlowShare),
      ("coupling", "kW/K", \.body.coupling),
      ("metabolism", "kW", \.body.metabolism),
      ("metabolismFactor", "1", \.body.metabolismFactor),
      ("ambientLoss", "kW/K", \.body.ambientLoss),
      ("ambientTemperature", "degC", \.body.ambientTemperature),
      ("initialCoreTemperature", "degC", \.body.initialCoreTemperature),
      ("initialPeripheryTemperature", "degC", \.body.initialPeripheryTemperature),
      ("initialPrimeTemperature", "degC", \.body.initialPrimeTemperature),
      ("nasopharyngealLag", "s", \.body.nasopharyngealLag),
      ("bladderLag", "s", \.body.bladderLag),
      ("bloodHeatContent", "kJ/L/K", \.body.bloodHeatContent),
      ("circuitLoss", "kW/K", \.body.circuitLoss),
    ]
  }
}
