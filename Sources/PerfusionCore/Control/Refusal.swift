/// Why a command was not carried out, or not in full.
public enum Refusal: UInt8, BitwiseCopyable, Sendable {
  /// There is no such pump.
  case noSuchPump
  /// This pump cannot do that (kind, role, missing sensor or actuator).
  case notForThisPump
  /// The board has no such part.
  case notFitted
  /// The value lies outside its range.
  case outOfRange
  /// The step is large and was not confirmed.
  case needsConfirmation
  /// The phase does not allow it.
  case wrongPhase
  /// Checklist items are missing; the event carries them.
  case checklistIncomplete
  /// The stroke volume does not belong to this tube (docs/domain.md 2.1 gate).
  case strokeVolumeImplausible
  /// The tube was entered but not confirmed.
  case tubeNotConfirmed
  /// A latched stop must be resumed first.
  case stopped
  /// The cause of the stop is still there.
  case causeNotCleared
  /// The pump speed lies below the backflow floor.
  case belowFloor
  /// The line pressure does not hold the patient's pressure, so opening would run backwards.
  case pressureTooLow
  /// The pump turns; it must stand.
  case pumpRunning
  /// The reading that is needed is missing or bad.
  case readingUnusable
  /// The offset is too large to be a zero (over 20 mmHg).
  case offsetTooLarge
  /// There is no arterial flow, and cardioplegia would draw air or blood backwards.
  case noArterialFlow
  /// This event cannot be overridden.
  case overrideForbidden
  /// The master or follower of the pair does not run.
  case masterNotRunning
  /// The flow is too high to leave the phase.
  case flowTooHigh
  /// Nothing of that kind is under way.
  case nothingToDo
  /// The arterial clamp is closed.
  case clampClosed
  /// A fault stands that blocks a start (docs/domain.md 8.1 R4).
  case faultStands
  /// It is for a machine at which nobody can be: standby or service.
  case onlyInStandby
  /// The board file sets no interval for that service.
  case notCounted
  /// How many refusals there are.
  public static var count: Int { 25 }
}
