/// What the interlock table says of the alarms in one tick.
public struct AlarmConditions: BitwiseCopyable, Equatable, Sendable {
  /// Alarms that stand or are latched at high priority.
  public var high = AlarmSet()
  /// The same at medium priority; one that is also high counts as high.
  public var medium = AlarmSet()
  /// The same at low priority.
  public var low = AlarmSet()
  /// Alarms whose cause stands; the others are latched.
  public var active = AlarmSet()
  /// The rows that tell these alarms, standing or latched.
  public var causes = CauseSet()
  /// Those of them that stand.
  public var activeCauses = CauseSet()
  /// Bit i: pressure of pump i is that of cardioplegia, which has an alarm of its own (AL-37).
  public var cardioplegiaPumps: UInt8 = 0
  /// Where the treatment stands.
  public var phase = Phase.off
  /// The interlocks hold the primary pump at zero flow.
  public var isArterialStopped = false
  /// The arterial clamp is closed.
  public var isClampClosed = false

  /// Nothing stands.
  public init() {}

  /// All alarms that stand or are latched.
  public var all: AlarmSet { high | medium | low }

  /// The priority of an alarm of these.
  func priority(of alarm: AlarmID) -> AlarmPriority {
    high.contains(alarm) ? .high : medium.contains(alarm) ? .medium : .low
  }

  /// The alarm that a cause tells.
  func alarm(of cause: AlarmCause) -> AlarmID? { cause.alarm(cardioplegia: cardioplegiaPumps) }
}

/// Which alarms each circumstance suppresses, worked out of the catalogue once.
struct SuppressionTable: Sendable {
  private let byStop = AlarmCatalogue.suppressed(by: .arterialStop)
  private let inWean = AlarmCatalogue.suppressed(by: .clampClosedInWean)
  private let inPrime = AlarmCatalogue.suppressed(by: .prime)

  /// The alarms that are not told now (docs/domain.md section 9).
  ///
  /// What an arterial stop explains is left out only while another alarm of high priority tells of
  /// the stop.
  func suppressed(_ now: AlarmConditions) -> AlarmSet {
    var hidden = AlarmSet()
    if now.phase == .prime { hidden = hidden | inPrime }
    if now.phase == .wean && now.isClampClosed { hidden = hidden | inWean }
    if now.isArterialStopped, !(now.high - hidden - byStop).isEmpty { hidden = hidden | byStop }
    return hidden
  }
}

extension Interlocks {
  /// The alarms of the rows that stand or are latched, by priority.
  var alarmConditions: AlarmConditions {
    var now = AlarmConditions()
    now.high = rowAlarms.high
    now.medium = rowAlarms.medium
    now.low = rowAlarms.low
    now.active = activeAlarms
    now.causes = rowAlarms.causes
    now.activeCauses = activeCauses
    now.cardioplegiaPumps = layout.deliversCardioplegia
    return now
  }
}
