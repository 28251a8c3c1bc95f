/// One water circuit: tank, chiller with its cold store, pump, hose, heat exchanger
/// (docs/domain.md 4.6).
public struct WaterCircuitParameters: Sendable, BitwiseCopyable {
  /// Water in the tank at the start, L.
  public var tankVolume: Double = 8
  /// Water at the start, degC.
  public var initialTemperature: Double = 20
  /// Loss of the tank to the room, kW/K.
  public var tankLoss: Double = 0.005
  /// What the chiller's compressor takes out, kW.
  public var chillerPower: Double = 1.5
  /// What the cold store takes out besides, for each degC of water above it, kW/K.
  public var coldStoreConductance: Double = 0.25
  /// The most that the cold store takes out, kW.
  public var coldStorePower: Double = 3.5
  /// What the cold store holds when it is full, kJ; 2500 is 7.5 kg of ice.
  public var coldStoreEnergy: Double = 2500
  /// Water flow at full pump speed, L/min; 10...15.
  public var fullFlow: Double = 12
  /// Water in the hose to the heat exchanger, L; it makes the dead time.
  public var hoseVolume: Double = 0.76
  /// UA of the heat exchanger, kW/K.
  public var exchangerConductance: Double = 0.31
  /// Opening of the hoses: 1 open, 0 kinked shut.
  public var hoseOpening: Double = 1
  /// Water that leaks out of the tank, L/min.
  public var leakRate: Double = 0
  /// Water below which the pump runs dry, L.
  public var dryVolume: Double = 1
  /// The patient's circuit.
  public init() {}

  /// The cardioplegia circuit: half the tank, a small exchanger and chiller.
  public static var cardioplegia: Self {
    var small = Self()
    small.tankVolume = 4
    small.chillerPower = 0.6
    small.coldStoreConductance = 0.06
    small.coldStorePower = 0.6
    small.coldStoreEnergy = 600
    small.fullFlow = 6
    small.hoseVolume = 0.4
    small.exchangerConductance = 0.06
    return small
  }
}

/// Both water circuits.
public struct WaterParameters: Sendable, BitwiseCopyable {
  /// The patient's heat exchanger.
  public var patient = WaterCircuitParameters()
  /// The cardioplegia heat exchanger.
  public var cardioplegia = WaterCircuitParameters.cardioplegia
  /// The defaults of docs/domain.md.
  public init() {}

  static var named: [NamedParameter] {
    [
      ("patientTankVolume", "L", \.water.patient.tankVolume),
      ("patientInitialBathTemperature", "degC", \.water.patient.initialTemperature),
      ("patientTankLoss", "kW/K", \.water.patient.tankLoss),
      ("patientChillerPower", "kW", \.water.patient.chillerPower),
      ("patientColdStoreConductance", "kW/K", \.water.patient.coldStoreConductance),
      ("patientColdStorePower", "kW", \.water.patient.coldStorePower),
      ("patientColdStoreEnergy", "kJ", \.water.patient.coldStoreEnergy),
      ("patientFullWaterFlow", "L/min", \.water.patient.fullFlow),
      ("patientHoseVolume", "L", \.water.patient.hoseVolume),
      ("patientExchangerConductance", "kW/K", \.water.patient.exchangerConductance),
      ("patientHoseOpening", "1", \.water.patient.hoseOpening),
      ("patientWaterLeak", "L/min", \.water.patient.leakRate),
      ("patientDryVolume", "L", \.water.patient.dryVolume),
      ("cardioplegiaTankVolume", "L", \.water.cardioplegia.tankVolume),
      ("cardioplegiaInitialBathTemperature", "degC", \.water.cardioplegia.initialTemperature),
      ("cardioplegiaTankLoss", "kW/K", \.water.cardioplegia.tankLoss),
      ("cardioplegiaChillerPower", "kW", \.water.cardioplegia.chillerPower),
      ("cardioplegiaColdStoreConductance", "kW/K", \.water.cardioplegia.coldStoreConductance),
      ("cardioplegiaColdStorePower", "kW", \.water.cardioplegia.coldStorePower),
      ("cardioplegiaColdStoreEnergy", "kJ", \.water.cardioplegia.coldStoreEnergy),
      ("cardioplegiaFullWaterFlow", "L/min", \.water.cardioplegia.fullFlow),
      ("cardioplegiaHoseVolume", "L", \.water.cardioplegia.hoseVolume),
      ("cardioplegiaExchangerConductance", "kW/K", \.water.cardioplegia.exchangerConductance),
      ("cardioplegiaHoseOpening", "1", \.water.cardioplegia.hoseOpening),
      ("cardioplegiaWaterLeak", "L/min", \.water.cardioplegia.leakRate),
      ("cardioplegiaDryVolume", "L", \.water.cardioplegia.dryVolume),
    ]
  }
}
