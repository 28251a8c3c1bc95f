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

/// Every number of the plant by name; the board file and cases may override each.
///
/// Defaults are patient A of docs/domain.md 4.3. `named` lists them all with their units.
public struct CircuitParameters: Sendable {
  /// Which plant.
  public var topology = CircuitTopology.bypass
  /// The pumps in the order of the configuration.
  public var pumps = FixedList<8, PlantPump>(filler: PlantPump())
  /// Systemic vascular resistance at 37 degC, mmHg/(L/min); 6...25 (docs/domain.md 4.3).
  public var systemicResistance: Double = 12
  /// Arterial compliance, ml/mmHg; 0.7...2.0 (docs/domain.md 4.3).
  public var arterialCompliance: Double = 1.3
  /// The patient's vessels and heart.
  public var patient = PatientParameters()
  /// The drainage from the patient.
  public var drainage = DrainageParameters()
  /// The line from pump to patient, with the oxygenator in it.
  public var line = LineParameters()
  /// Roller and centrifugal heads, as far as they do not differ from pump to pump.
  public var heads = HeadParameters()
  /// The cardioplegia branch and the aortic root.
  public var cardioplegia = CardioplegiaParameters()
  /// Where air goes and where it is seen.
  public var air = AirParameters()
  /// The patient's heat.
  public var body = BodyParameters()
  /// Water circuits and heat exchangers.
  public var water = WaterParameters()
  /// The perfused organ.
  public var organ = OrganParameters()
  /// What befalls the patient and the circuit during a case.
  public var events = EventParameters()

  /// The bypass of patient A, without pumps.
  public init() {}

  /// The defaults of a topology, without pumps.
  ///
  /// ECMO: a closed loop whose transducers are levelled with the patient, as docs/domain.md C6
  /// gives its pressures, with a return cannula of 8 mmHg/(L/min)2 and a failing heart.
  /// Organs: everything on one bench, so no height between organ and pump.
  public init(topology: CircuitTopology) {
    self.topology = topology
    switch topology {
    case .bypass: break
    case .ecmo: becomeECMO()
    case .liver, .kidney: becomeOrgan(topology)
    }
  }

  private mutating func becomeECMO() {
    line.heightHead = 0
    line.inletTransducerHead = 0
    line.cannulaResistance = 8
    line.inletInertance = 0.1
    line.lineInertance = 0.25
    patient.initialVenousPressure = 8
    patient.initialArterialPressure = 65
    patient.heartSetPoint = 65.75
    patient.heartMaximumFlow = 1.5
  }

  private mutating func becomeOrgan(_ topology: CircuitTopology) {
    line.heightHead = 0
    line.inletTransducerHead = 0
    line.cannulaResistance = 60
    line.lineCompliance = 0.2
    line.characteristicImpedance = 0
    drainage.initialReservoirVolume = 1500
    if topology == .kidney {
      organ.arterialResistance = 175
      organ.heatCapacity = 0.9
      organ.metabolism = 0.002
    }
  }
}
