import PerfusionCore

/// The blood circuit, the patient or organ in it, and the heat that moves through them.
///
/// Steps of one millisecond (docs/domain.md 4.2); temperatures every 20 ms. Deterministic: no
/// clock, no randomness of its own, no libm beyond the square root. Nothing is allocated.
public struct Circuit: Sendable {
  /// The plant's numbers; changing one takes effect at the next step.
  public var parameters: CircuitParameters {
    didSet { refresh() }
  }
  /// What there is to be measured after the last step.
  public internal(set) var signals = CircuitSignals()

  var patient = Patient()
  var organ = Organ()
  var reservoir = Reservoir()
  var line = PumpLine()
  var portal = PumpLine()
  var cardioplegia = CardioplegiaBranch()
  var suction = SuctionBranch()
  var air = AirCarriage()
  var heat: CircuitHeat
  var lineCoefficients: LineCoefficients
  var portalCoefficients: LineCoefficients
  var slots: PumpSlots
  var vessels: VesselCoefficients
  /// Flow out of the veins, L/min.
  var venousFlow = 0.0
  /// Flow through the recirculation line, L/min.
  var recirculationFlow = 0.0
  /// Phase of a chattering inlet line, turns.
  var lineChatterPhase = 0.0
  /// Blood lost out of an open line, ml, air that it drew taken off.
  var lostVolume = 0.0
  /// Air that the pumps drew out of an empty reservoir in the place of blood, ml.
  var airDrawnByPumps = 0.0
  /// Blood that a loop without a patient took up, ml.
  var loopVolume = 0.0
  /// Hydraulic steps until the temperatures' next.
  var untilHeat = 1

  /// The circuit at rest, primed, with the patient or organ connected.
  public init(parameters: CircuitParameters) {
    self.parameters = parameters
    heat = CircuitHeat(parameters)
    slots = PumpSlots(parameters)
    lineCoefficients = LineCoefficients(parameters, viscosity: 1, drainage: 1)
    portalCoefficients = lineCoefficients
    vessels = VesselCoefficients(parameters, resistance: 12)
    fillUp()
    refresh()
    stepHeat(CircuitInputs())
    publish()
  }

  /// Moves the plant on by one millisecond.
  public mutating func step(_ inputs: borrowing CircuitInputs) {
    switch parameters.topology {
    case .bypass: stepBypass(inputs)
    case .ecmo: stepClosedLoop(inputs)
    case .liver, .kidney: stepOrgan(inputs)
    }
    untilHeat -= 1
    if untilHeat <= 0 {
      untilHeat = StepLength.perHeatStep
      stepHeat(inputs)
    }
    publish()
  }

  /// Fills lines and vessels to their pressures at rest.
  private mutating func fillUp() {
    patient.arterialPressure = parameters.patient.initialArterialPressure
    patient.venousPressure = parameters.patient.initialVenousPressure
    organ.arterialPressure = parameters.organ.initialArterialPressure
    if parameters.topology != .ecmo {
      reservoir.volume = parameters.drainage.initialReservoirVolume
    }
    suction.ventLineBlood = parameters.cardioplegia.ventLineVolume
    let connected = parameters.events.patientConnected > 0.5
    let height = parameters.line.heightHead
    switch parameters.topology {
    case .bypass, .ecmo:
      line.afterPressure = height + (connected ? patient.arterialPressure : 0)
    case .liver, .kidney:
      line.afterPressure = height + (connected ? organ.arterialPressure : 0)
    }
    line.beforePressure = line.afterPressure
    if parameters.topology == .ecmo, connected { line.inletPressure = patient.venousPressure }
    cardioplegia.linePressure = patient.arterialPressure + height
    cardioplegia.rootPressure = patient.arterialPressure
  }
}
