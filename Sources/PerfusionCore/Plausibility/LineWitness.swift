/// Believes the pressure of the arterial line only where the pressure before the oxygenator, through
/// which the same blood comes, does not contradict it (docs/domain.md 8.4; 8.1, R3).
///
/// Between the two lies a drop that is never negative while blood goes forwards. A line pressure that
/// asks for less flow and lies over the one before it by more than 20 mmHg is the sensor's error: a
/// real rise is seen before the oxygenator first. So one wrong sensor slows or stops nobody, and its
/// interlock is unavailable and told (AL-56). The other way round nothing is believed less: a wrong
/// pressure before the oxygenator is found by the lattice or by its own stillness, and is no witness
/// any more.
struct LineWitness: BitwiseCopyable, Sendable {
  private var contradiction = Contradiction()
  /// The line pressure was contradicted in ten of the last samples or more; for up to 10 s after.
  var isContradicted: Bool { contradiction.stands }

  /// What two transducers that were zeroed may be apart, the wave between them included.
  private static var margin: Pressure { Pressure(millimetersOfMercury: 20) }

  /// The line pressure as the pump may take it.
  ///
  /// * `limit`: pressure up to which nothing is asked for.
  /// * `isWitness`: the pressure before the oxygenator can itself be believed.
  mutating func believe(
    _ line: Reading<Pressure>, before: Reading<Pressure>, limit: Pressure, isWitness: Bool,
    tick: Seconds
  ) -> Reading<Pressure> {
    let isUntrue =
      isWitness && (line.usable ?? .zero) > limit
      && before.usable.map { $0 < line.value - Self.margin } ?? false
    contradiction.note(isUntrue, tick: tick)
    return isUntrue ? line.disbelieved : line
  }
}
