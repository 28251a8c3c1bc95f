/// A limit that the operator may move before bypass: class B, with the range of docs/domain.md
/// section 9.
///
/// It moves the alarm alone; servos and stops keep the board file's limits. At the next start, and
/// when a new circuit is set up, the board file's limit is back (protection against default drift).
public enum AlarmLimit: UInt8, BitwiseCopyable, Sendable {
  /// AL-09.
  case linePressureAlert
  /// AL-13.
  case preOxygenatorHigh
  /// AL-16.
  case suctionAlert
  /// AL-17.
  case suctionAlarm
  /// How many limits there are.
  public static var count: Int { 4 }

  /// The limit of an alarm, if it is one of these.
  public init?(of alarm: AlarmID) {
    switch alarm.number {
    case 9: self = .linePressureAlert
    case 13: self = .preOxygenatorHigh
    case 16: self = .suctionAlert
    case 17: self = .suctionAlarm
    default: return nil
    }
  }

  /// Lowest and highest value.
  public var range: (lowest: Pressure, highest: Pressure) {
    switch self {
    case .linePressureAlert: (.mmHg(150), .mmHg(300))
    case .preOxygenatorHigh: (.mmHg(250), .mmHg(450))
    case .suctionAlert: (.mmHg(-150), .mmHg(-50))
    case .suctionAlarm: (.mmHg(-300), .mmHg(-100))
    }
  }
}

extension CircuitLimits {
  /// One of the limits that the operator may move.
  public subscript(limit: AlarmLimit) -> Pressure {
    get {
      switch limit {
      case .linePressureAlert: pressureAlert
      case .preOxygenatorHigh: preOxygenatorHigh
      case .suctionAlert: suctionAlert
      case .suctionAlarm: suctionAlarm
      }
    }
    set {
      switch limit {
      case .linePressureAlert: pressureAlert = newValue
      case .preOxygenatorHigh: preOxygenatorHigh = newValue
      case .suctionAlert: suctionAlert = newValue
      case .suctionAlarm: suctionAlarm = newValue
      }
    }
  }
}
