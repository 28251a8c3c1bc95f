/// Whether a pump obeys the stop that it was told: torque is removed only from one that does not
/// (docs/domain.md 7.3).
struct StopConfirmation: BitwiseCopyable, Sendable {
  private var speedAtStop = RotationalSpeed.zero
  private var lowestPressure = Pressure.zero
  private var wasStopped = false

  /// The rotor still turns nearly as fast as when the stop was told, or nobody can tell.
  private(set) var isNotSlowing = false
  /// The outlet pressure has made no new low in this tick since the stop was told.
  private(set) var isNotFalling = false

  /// Share of the speed at the stop below which the rotor counts as obeying.
  static var obeyed: Double { 0.9 }
  /// Drop that counts as a new low.
  static var drop: Pressure { Pressure(millimetersOfMercury: 2) }

  /// Follows a pump by one tick.
  mutating func update(
    isStopped: Bool, speed: Reading<RotationalSpeed>, pressure: Reading<Pressure>
  ) {
    guard isStopped else {
      wasStopped = false
      isNotSlowing = false
      isNotFalling = false
      return
    }
    if !wasStopped {
      wasStopped = true
      speedAtStop = speed.value.magnitude
      lowestPressure = pressure.value
    }
    let limit = max(speedAtStop * Self.obeyed, RotationalSpeed(revolutionsPerMinute: 5))
    isNotSlowing = speed.usable.map { $0.magnitude > limit } ?? true
    isNotFalling = pressure.usable.map { $0 > lowestPressure - Self.drop } ?? false
    if let now = pressure.usable, now < lowestPressure - Self.drop { lowestPressure = now }
  }
}
