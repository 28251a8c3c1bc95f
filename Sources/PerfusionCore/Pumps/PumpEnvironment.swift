/// What a pump sees of the machine in one tick.
public struct PumpEnvironment: BitwiseCopyable, Sendable {
  /// The moment of the tick.
  public var now = Instant.start
  /// Length of the tick.
  public var tick = Seconds.milliseconds(5)
  /// The pump's own sensors.
  public var signals = PumpSignals.absent
  /// Flow probe on this pump's line, `absent` where it measures more than this pump.
  public var flowProbe = Reading<Flow>.absent
  /// Pressure at the outlet.
  public var outletPressure = Reading<Pressure>.absent
  /// Pressure at the inlet.
  public var inletPressure = Reading<Pressure>.absent
  /// Mean arterial pressure of the patient, at patient height.
  public var arterialPressure = Reading<Pressure>.absent
  /// The clamp on this pump's line reports open.
  public var clampIsOpen = Reading<Bool>.absent
  /// The clamp on this pump's line reports closed.
  public var clampIsClosed = Reading<Bool>.absent
  /// This pump's line has a clamp.
  public var clampFitted = false
  /// Longest time the clamp may travel.
  public var clampTravel = Seconds.milliseconds(500)
  /// Speed of the master's rotor, signed.
  public var masterSpeed = Reading<RotationalSpeed>.absent
  /// Stroke volume of the master.
  public var masterStrokeVolume = StrokeVolume.zero
  /// What the master has delivered since start-up (`Pump.deliveredTotal`): the ratio is checked on
  /// it.
  public var masterDelivered = Reading<Volume>(.zero, takenAt: .start, quality: .absent)
  /// Hydrostatic head from the pump up to the patient.
  public var heightHead = Pressure(millimetersOfMercury: 31)
  /// Limits of the circuit.
  public var limits = CircuitLimits()
  /// Somebody depends on the flow, so the backflow floor holds.
  public var floorApplies = true
  /// A pressure or level alert stands: pulsatile flow goes back to continuous.
  public var revertPulsatile = false
  /// Leak past the rollers as the occlusion test measured it; the board file's when nothing.
  public var measuredLeak: LeakConductance?
  /// A pump that sees nothing.
  public init() {}
}
