/// What the operator asks of a water circuit.
public struct ThermalIntent: BitwiseCopyable, Sendable {
  /// What it shall do.
  public var mode: ThermalMode
  /// Where to: see `ThermalPurpose` and `ThermalMode`.
  public var target: Temperature

  /// Makes an intent.
  public init(mode: ThermalMode, target: Temperature) {
    self.mode = mode
    self.target = target
  }
  /// A circuit that is off.
  public static var standby: ThermalIntent {
    ThermalIntent(mode: .standby, target: .celsius(20))
  }
}

/// What a water circuit is for.
public enum ThermalPurpose: UInt8, BitwiseCopyable, Sendable {
  /// It tempers the patient's blood; the target is a blood temperature.
  ///
  /// In Maintain and Rewarm the target is the arterial outlet's. In Cool it is the temperature of
  /// the returning blood: the outlet goes lower on the way, down to the configured floor and
  /// within the gradient, and comes up to the target as the patient reaches it (case C4). In
  /// Maintain without blood flow, and in every mode without a patient, it is the water's.
  case blood
  /// It holds a water temperature; the target is the bath's (cardioplegia).
  case water
}

/// What a water circuit knows in one tick.
public struct ThermalEnvironment: BitwiseCopyable, Sendable {
  /// The tick.
  public var tick: Tick
  /// Blood at the oxygenator outlet.
  public var arterial = Reading<Temperature>.absent
  /// Second sensor there.
  public var arterialSecond = Reading<Temperature>.absent
  /// Venous blood at the oxygenator inlet.
  public var venous = Reading<Temperature>.absent
  /// Water in the tank.
  public var bath = Reading<Temperature>.absent
  /// Second sensor there, for the cross-check.
  public var bathSecond = Reading<Temperature>.absent
  /// Water through the heat exchanger.
  public var waterFlow = Reading<Flow>.absent
  /// Blood through the heat exchanger.
  public var bloodFlow = Reading<Flow>.absent
  /// The tank holds enough water.
  public var isTankFilled = Reading<Bool>.absent
  /// The independent cut-out has tripped.
  public var isCutOutTripped = Reading<Bool>.absent
  /// Somebody's blood is in the circuit, so the laws on gradient and rate hold; while priming the
  /// target is the water's.
  public var isPatientConnected = true

  /// An environment in which nothing has been read.
  public init(tick: Tick) { self.tick = tick }

  /// The environment of a board's water circuit in a phase of the treatment.
  public init(
    _ circuit: WaterCircuit, tick: Tick, phase: Phase = .onBypass,
    sensors: SensorSnapshot
  ) {
    self.tick = tick
    isPatientConnected = phase.isSupporting || phase == .circulatoryArrest
    switch circuit {
    case .patient:
      arterial = sensors[.arterialBloodTemperature]
      arterialSecond = sensors[.arterialBloodTemperatureSecond]
      venous = sensors[.venousBloodTemperature]
      bath = sensors[.patientBathTemperature]
      bathSecond = sensors[.patientBathTemperatureSecond]
      waterFlow = sensors[.patientWaterFlow]
      bloodFlow = sensors[.arterialFlow]
      isTankFilled = sensors[.patientBathFilled]
      isCutOutTripped = sensors[.patientCutOutTripped]
    case .cardioplegia:
      bath = sensors[.cardioplegiaBathTemperature]
      bathSecond = sensors[.cardioplegiaBathTemperatureSecond]
      waterFlow = sensors[.cardioplegiaWaterFlow]
      isTankFilled = sensors[.cardioplegiaBathFilled]
      isCutOutTripped = sensors[.cardioplegiaCutOutTripped]
    }
  }
}
