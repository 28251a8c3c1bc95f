public import PerfusionCore

/// What acts on the circuit during the next millisecond.
public struct CircuitInputs: Sendable {
  /// Rotor angle of each pump in turns, signed, by slot: for the ripple of rollers.
  public var rotorTurns = InlineArray<8, Double>(repeating: 0)
  /// Rotor speed of each pump in rpm, signed.
  public var rotorSpeed = InlineArray<8, Double>(repeating: 0)
  /// Occlusion gap of each roller: 0 as set up by the board file's leak, 1 wide open.
  public var occlusionGap = InlineArray<8, Double>(repeating: 0)
  /// Opening of the arterial clamp, 0 closed to 1 open.
  public var arterialClamp: Double = 1
  /// Opening of the venous occluder.
  public var venousOccluder: Double = 1
  /// Electrical power into each water tank's heater in watts (patient, cardioplegia).
  public var heaterWatts = InlineArray<2, Double>(repeating: 0)
  /// Chillers that run.
  public var chillerOn = InlineArray<2, Bool>(repeating: false)
  /// Speed of each water pump, 0...1.
  public var waterPump = InlineArray<2, Double>(repeating: 0)
  /// Nothing turns, everything open.
  public init() {}
}

/// When a detector's view changed during the last step.
public struct AirEdges: Sendable, BitwiseCopyable {
  /// Microseconds from the beginning of the step until air came, 0...1000; -1 when none came.
  public var becameAir: Int32 = -1
  /// Microseconds until fluid came back, 0...1000; -1 when it did not. Earlier than `becameAir`
  /// when one bubble ended and another began.
  public var becameFluid: Int32 = -1
  /// No change.
  public init() {}
}

/// What there is to be measured at this moment: true values, before any sensor.
public struct CircuitSignals: Sendable {
  /// Pressures at their sites as a transducer at pump height sees them, mmHg.
  public var pressures = SiteTable<PressureSite, Double>(repeating: 0)
  /// Flows at their sites, L/min.
  public var flows = SiteTable<FlowSite, Double>(repeating: 0)
  /// Temperatures at their sites, degC.
  public var temperatures = SiteTable<TemperatureSite, Double>(repeating: 20)
  /// Air in front of each detector.
  public var air = SiteTable<AirSite, Bool>(repeating: false)
  /// When `air` changed during the last step, for edge capture.
  public var airEdges = SiteTable<AirSite, AirEdges>(repeating: AirEdges())
  /// Blood in the reservoir, ml.
  public var reservoirVolume: Double = 0
  /// Height of the blood in the reservoir above its outlet, mm.
  public var reservoirLevel: Double = 0
  /// Water in each tank, litres (patient, cardioplegia).
  public var tankLiters = InlineArray<2, Double>(repeating: 8)
  /// Load torque on each pump's rotor in newton metres, for the drive model.
  public var loadTorque = InlineArray<8, Double>(repeating: 0)
  /// Flow of each pump, L/min.
  public var pumpFlows = InlineArray<8, Double>(repeating: 0)
  /// Air in a centrifugal arterial head, ml: from about 30 ml on it loses its prime.
  public var headAir: Double = 0
  /// Air that has reached the patient, ml: must stay 0.
  public var airToPatient: Double = 0
  /// Volume that ran backwards out of the patient, ml.
  public var retrogradeVolume: Double = 0
  /// Volume delivered to the patient, ml, forwards only.
  public var deliveredVolume: Double = 0
  /// Cardioplegia that both of its pumps have moved into the delivery line, ml.
  public var cardioplegiaVolume: Double = 0
  /// Nothing.
  public init() {}
}
