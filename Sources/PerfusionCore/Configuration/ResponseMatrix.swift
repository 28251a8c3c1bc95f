/// A blood-path event that a pump may be linked to, or an override may name.
public enum CircuitEvent: UInt8, Site {
  /// Air at the arterial detector.
  case arterialAir
  /// Air at the venous detector.
  case venousAir
  /// Air at the cardioplegia detector.
  case cardioplegiaAir
  /// Reservoir at or below its alert level.
  case levelAlert
  /// Reservoir at or below its alarm level.
  case levelAlarm
  /// The pump's outlet pressure above its regulating limit.
  case pressureAlert
  /// The pump's outlet pressure above its stopping limit.
  case pressureStop
  /// Reverse flow in the arterial line.
  case backflow
  /// Suction at the pump inlet.
  case suction
  /// Air at the portal vein detector.
  case portalVeinAir
  /// A centrifugal head that seems to have lost its prime; for overrides only.
  case lossOfPrime
  /// The cover of the pump; for overrides only.
  case coverOpen
  /// How many events there are.
  public static var count: Int { 12 }
  /// How many of them, the first ones, the response matrix links pumps to.
  public static var linkedCount: Int { 10 }
}

/// What a pump does on an event.
public enum Response: UInt8, BitwiseCopyable, Comparable, Sendable {
  /// Nothing at all, not even an alarm.
  case none
  /// Alarm only.
  case alarm
  /// Slow down in proportion (G2).
  case regulate
  /// Zero-flow hold: a centrifugal pump balanced behind its clamp, a roller stopped (G3).
  case hold
  /// Controlled stop (G4).
  case stop
  /// Controlled stop with the arterial clamp closed.
  case stopAndClamp
  /// Orders by strictness.
  public static func < (left: Response, right: Response) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// What each pump does on each event; rows are pumps in configuration order.
public struct ResponseMatrix: Sendable {
  var responses: InlineArray<8, SiteTable<CircuitEvent, Response>>

  /// A matrix in which every pump only alarms.
  public init() {
    responses = InlineArray(repeating: SiteTable(repeating: .alarm))
  }

  /// The response of a pump to an event.
  public subscript(pump: Int, event: CircuitEvent) -> Response {
    get { pump >= 0 && pump < 8 ? responses[pump][event] : .none }
    set { if pump >= 0 && pump < 8 { responses[pump][event] = newValue } }
  }
}
