import CircuitModel
public import PerfusionCore
public import Scenarios

/// A fault that is injected for a hazard, and what must follow in each phase (docs/domain.md 12:
/// each hazard in SETUP, ON_BYPASS and WEAN).
public struct HazardInjection: Sendable, CustomStringConvertible {
  /// What the primary pump does under support.
  public enum Effect: String, Sendable {
    /// Keeps at least 90 % of its speed throughout.
    case keeps
    /// Runs on, slower.
    case slows
    /// Stands at the end.
    case stops
    /// Turns on at the speed that holds the patient's pressure: at most a quarter of its flow is
    /// left, and none goes backwards.
    case holdsBack
    /// What the fault itself does to the pump is all there is.
    case asTheFaultHasIt
  }
  /// What is done.
  public enum Deed: Sendable {
    /// Acts on the world around the firmware.
    case world(Stimulus)
    /// A fault as on the command line.
    case fault(String)
    /// Brings the reservoir to a volume, ml.
    case reservoir(Double)
    /// Sets the plant's leak or stroke volume by a factor of what it is.
    case scale(String, Double)
    /// An operator's action, confirmed.
    case action(OperatorAction)
    /// An operator's action that was not confirmed.
    case slip(OperatorAction)
    /// Time passes, seconds.
    case wait(Double)
  }

  /// The number in HZ-nn.
  public var hazard: UInt8
  /// What befalls the machine.
  public var title: String
  /// What is done, in order.
  public var deeds: [Deed]
  /// Seconds within which the alarms must have come.
  public var within: Double
  /// Alarms that must be raised under support.
  public var alarms: [UInt8]
  /// What the pump does under support.
  public var effect: Effect
  /// Alarms that must be raised in SETUP; the others of `alarms` must not be.
  public var inSetup: [UInt8]
  /// A command must be refused.
  public var isRefused = false
  /// The buzzer must sound although the firmware does not run its tick.
  public var soundsAlone = false
  /// Other pumps that must stand at the end.
  public var stands: [Int] = []
  /// The patient's pump is centrifugal: ECMO instead of bypass.
  public var isCentrifugal = false

  /// `HZ-08`.
  public var identifier: String { Identifiers.hazard(hazard) }
  /// The alarms under support: `AL-10`.
  public var alarmIdentifiers: [String] { alarms.map(Identifiers.alarm) }
  /// `HZ-08 the surgeon's clamp shuts the line`.
  public var description: String { "\(Identifiers.hazard(hazard)) \(title)" }

  init(
    _ hazard: UInt8, _ title: String, _ deeds: [Deed], within: Double = 3, _ alarms: [UInt8],
    _ effect: Effect, inSetup: [UInt8] = [], isRefused: Bool = false, soundsAlone: Bool = false,
    stands: [Int] = [],
    isCentrifugal: Bool = false
  ) {
    self.hazard = hazard
    self.title = title
    self.deeds = deeds
    self.within = within
    self.alarms = alarms
    self.effect = effect
    self.inSetup = inSetup
    self.isRefused = isRefused
    self.soundsAlone = soundsAlone
    self.stands = stands
    self.isCentrifugal = isCentrifugal
  }
}

/// Where a fault is injected.
public enum InjectionPhase: String, CaseIterable, Sendable {
  /// The circuit is being set up; nothing turns.
  case setup
  /// Somebody depends on the pump: ON_BYPASS, or ECMO.
  case support
  /// The heart takes over.
  case wean
}
