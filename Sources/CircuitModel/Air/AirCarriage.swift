import PerfusionCore

/// All air in the circuit, on its way from where it came in to where it is held, vented, or
/// reaches the patient.
struct AirCarriage: Sendable {
  /// Venous cannula to reservoir, or to the pump of a closed circuit.
  var venousLine = Conduit()
  /// Reservoir outlet to pump.
  var inletLine = Conduit()
  /// Through the oxygenator.
  var oxygenator = Conduit()
  /// Oxygenator to arterial cannula.
  var arterialLine = Conduit()
  /// Cardioplegia pump to the root.
  var cardioplegiaLine = Conduit()
  /// Portal pump to the portal vein.
  var portalLine = Conduit()
  /// Air that oxygenator and filter hold back, ml.
  var trapped = 0.0
  /// Air that rose out of the reservoir or through an open end, ml.
  var vented = 0.0
  /// Air that reached the patient or organ in this step, ml.
  var toPatient = 0.0
  /// Air that reached the patient or organ before, ml.
  var delivered = 0.0
  /// Air that came in so far, ml.
  var admitted = 0.0
  /// Air that waits to make a whole bubble: at the venous cannula, the reservoir, the head, the
  /// portal pump.
  var waiting = InlineArray<4, Double>(repeating: 0)
  /// False while there is no air anywhere: then a step costs nothing.
  var isPresent = false
  /// There was air in the step before.
  var wasPresent = false

  /// Least bubble that slow sources give off, ml.
  static let leastBubble = 0.1

  /// How the blood moved in this step.
  struct Flows {
    /// Flows in ml a step.
    var venous: Double
    var inlet: Double
    var oxygenator: Double
    var arterial: Double
    var cardioplegia: Double
    var portal: Double
    /// Air drawn in this step, ml: at the venous cannula, by the arterial and portal pumps out of
    /// an empty reservoir, and at the open end of a disconnected line.
    var venousAir: Double
    var reservoirAir: Double
    var portalAir: Double
    var openEndAir: Double
    /// The arterial head is centrifugal.
    var headIsCentrifugal: Bool
    /// There is no reservoir: venous air goes to the pump.
    var isClosed: Bool
    /// The end of the line is in the patient or organ.
    var endsInPatient: Bool
  }

  /// Collects slow air until it makes a bubble.
  @inline(__always)
  private mutating func gather(_ volume: Double, at index: Int) -> Double {
    waiting[index] += volume
    guard waiting[index] >= Self.leastBubble else { return 0 }
    let bubble = waiting[index]
    waiting[index] = 0
    return bubble
  }

  /// Moves all air on by one step.
  mutating func step(
    _ flows: Flows, headAir: inout Double, parameters: borrowing CircuitParameters,
    signals: inout CircuitSignals
  ) {
    let numbers = parameters.air
    moveVenous(flows, numbers, &signals)
    moveInlet(flows, numbers, parameters.heads, &headAir)
    moveArterial(flows, numbers, &headAir, &signals)
    moveBranches(flows, numbers, &signals)
    isPresent =
      venousLine.count + inletLine.count + oxygenator.count + arterialLine.count
      + cardioplegiaLine.count + portalLine.count > 0 || headAir > 1e-6
  }

  private mutating func moveVenous(
    _ flows: Flows, _ numbers: AirParameters, _ signals: inout CircuitSignals
  ) {
    admitted += flows.venousAir + flows.reservoirAir + flows.portalAir + flows.openEndAir
    venousLine.enter(gather(flows.venousAir, at: 0))
    let left = venousLine.advance(
      by: flows.venous, length: numbers.venousLineVolume, detector: numbers.venousDetectorVolume,
      edges: &signals.airEdges[.venousBubble], air: &signals.air[.venousBubble])
    vented += left.backwards
    if flows.isClosed { inletLine.enter(left.forwards) } else { vented += left.forwards }
  }

  private mutating func moveInlet(
    _ flows: Flows, _ numbers: AirParameters, _ heads: HeadParameters, _ headAir: inout Double
  ) {
    inletLine.enter(gather(flows.reservoirAir, at: 1))
    let left = inletLine.advance(by: flows.inlet, length: numbers.inletLineVolume)
    vented += left.backwards
    guard flows.headIsCentrifugal else {
      enterOxygenator(left.forwards, numbers)
      return
    }
    headAir += left.forwards
    let passed = max(flows.inlet, 0) / max(heads.headVolume, 1)
    let washed = headAir * bounded(heads.airWashout * passed, 0, 1)
    headAir -= washed
    enterOxygenator(gather(washed, at: 2), numbers)
  }

  /// The oxygenator holds its share back as long as it has room.
  private mutating func enterOxygenator(_ volume: Double, _ numbers: AirParameters) {
    guard volume > 0 else { return }
    let held = min(volume * numbers.trapShare, max(numbers.trapCapacity - trapped, 0))
    trapped += held
    oxygenator.enter(volume - held)
  }

  private mutating func moveArterial(
    _ flows: Flows, _ numbers: AirParameters, _ headAir: inout Double,
    _ signals: inout CircuitSignals
  ) {
    let through = oxygenator.advance(by: flows.oxygenator, length: numbers.oxygenatorVolume)
    if flows.headIsCentrifugal { headAir += through.backwards } else { vented += through.backwards }
    arterialLine.enter(through.forwards)
    arterialLine.insert(flows.openEndAir, front: numbers.arterialLineVolume + flows.openEndAir)
    let left = arterialLine.advance(
      by: flows.arterial, length: numbers.arterialLineVolume,
      detector: numbers.arterialLineVolume - numbers.detectorToCannulaVolume,
      edges: &signals.airEdges[.arterialBubble], air: &signals.air[.arterialBubble])
    oxygenator.insert(left.backwards, front: numbers.oxygenatorVolume)
    if flows.endsInPatient { toPatient += left.forwards } else { vented += left.forwards }
  }

  private mutating func moveBranches(
    _ flows: Flows, _ numbers: AirParameters, _ signals: inout CircuitSignals
  ) {
    let delivered = cardioplegiaLine.advance(
      by: flows.cardioplegia, length: numbers.cardioplegiaLineVolume,
      detector: numbers.cardioplegiaDetectorVolume,
      edges: &signals.airEdges[.cardioplegiaBubble], air: &signals.air[.cardioplegiaBubble])
    toPatient += delivered.forwards
    vented += delivered.backwards
    portalLine.enter(gather(flows.portalAir, at: 3))
    let portal = portalLine.advance(
      by: flows.portal, length: numbers.portalLineVolume, detector: numbers.portalDetectorVolume,
      edges: &signals.airEdges[.portalVeinBubble], air: &signals.air[.portalVeinBubble])
    toPatient += portal.forwards
    vented += portal.backwards
  }

  /// Puts air in at a place, ml.
  mutating func inject(_ volume: Double, at inlet: AirInlet, _ numbers: AirParameters) {
    guard volume > 0 else { return }
    admitted += volume
    isPresent = true
    switch inlet {
    case .venousCannula: venousLine.enter(volume)
    case .pumpInlet: inletLine.enter(volume)
    case .beforeOxygenator: enterOxygenator(volume, numbers)
    case .arterialLine: arterialLine.enter(volume)
    case .arterialDetector:
      let detector = numbers.arterialLineVolume - numbers.detectorToCannulaVolume
      arterialLine.insert(volume, front: detector - 1e-6)
    case .cardioplegiaLine: cardioplegiaLine.enter(volume)
    case .portalVeinLine: portalLine.enter(volume)
    }
  }

  /// De-airs everything.
  mutating func clear() {
    vented += airVolume
    self = Self(vented: vented, delivered: delivered + toPatient, admitted: admitted)
  }

  /// Air in the tubing and held back, ml; without the air in a centrifugal head.
  var airVolume: Double {
    venousLine.airVolume + inletLine.airVolume + oxygenator.airVolume + arterialLine.airVolume
      + cardioplegiaLine.airVolume + portalLine.airVolume + trapped + waiting[0] + waiting[1]
      + waiting[2] + waiting[3]
  }

  /// No air anywhere.
  init(vented: Double = 0, delivered: Double = 0, admitted: Double = 0) {
    self.vented = vented
    self.delivered = delivered
    self.admitted = admitted
  }
}
