/// What a water circuit found wrong, for the alarms to pick up.
///
/// Each finding already carries the delay of docs/domain.md section 9.
public struct ThermalFindings: BitwiseCopyable, Sendable {
  /// AL-43 medium: arterial outlet at or above 37.0 degC.
  public var bloodWarm = false
  /// AL-43 high: arterial outlet at or above 37.5 degC; the heater is off.
  public var bloodTooWarm = false
  /// AL-44 medium: gradient between arterial outlet and venous blood over its limit (HZ-24).
  public var gradient = false
  /// AL-44 high: gradient over 12 K.
  public var gradientHigh = false
  /// AL-45: venous blood warms faster than the law allows, over two minutes.
  public var rewarmTooFast = false
  /// AL-46: bath at or above its highest permitted temperature.
  public var bathHigh = false
  /// AL-46 at the cut: heater and contactor are off (HZ-22).
  public var bathCut = false
  /// AL-47: bath at or below its lowest permitted temperature.
  public var bathLow = false
  /// AL-48 medium: water flow lost or tank low (HZ-26, HZ-28).
  public var waterLost = false
  /// AL-48 high: the same while heat is asked for.
  public var waterLostWhileHeating = false
  /// HZ-28: tank level low.
  public var tankLow = false
  /// AL-49 medium: a temperature sensor is faulted, stuck or disagrees with its twin.
  public var sensorFault = false
  /// AL-49 high: the arterial outlet sensor is lost, detached or stuck (HZ-25).
  public var arterialSensorFault = false
  /// The twins at the arterial outlet or in the bath differ by more than 0.5 K.
  public var sensorsDisagree = false
  /// The same by more than 1.0 K: the heater is frozen.
  public var sensorsDisagreeFar = false
  /// AL-50: arterial outlet too cold (HZ-23).
  public var coldBlood = false
  /// HZ-22: the bath warms though no heat is asked for; the contactor is off.
  public var uncommandedHeating = false
  /// The heater is on and the bath does not warm.
  public var heaterWithoutEffect = false
  /// HZ-22: the independent cut-out has tripped.
  public var cutOutTripped = false
  /// Blood flow was lost while the circuit was at work.
  public var noBloodFlow = false
  /// Nothing is wrong.
  public init() {}
}
