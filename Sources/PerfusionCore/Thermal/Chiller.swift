/// The chiller: on or off, and neither for less than its shortest time (docs/domain.md 5.3).
struct Chiller: BitwiseCopyable, Sendable {
  private(set) var isOn = false
  private let power: Power
  private let shortest: Seconds
  private let capacity: Double
  private var since: Seconds

  init(_ circuit: WaterCircuitConfiguration, capacity: Double) {
    power = circuit.chiller
    shortest = circuit.chillerMinimum
    self.capacity = capacity
    since = circuit.chillerMinimum
  }

  /// How far one shortest run cools the bath against `warming`, the heat that flows into it.
  func swing(warming: Power) -> TemperatureDifference {
    .kelvins(max((power - warming).watts, 0) * shortest.seconds / max(capacity, 1))
  }

  /// How far above its set-point the bath must be for the chiller to start: half a shortest run,
  /// so that the bath swings evenly around the set-point.
  func threshold(warming: Power) -> TemperatureDifference {
    (swing(warming: warming) * 0.5).clamped(.kelvins(0.15), .kelvins(1))
  }

  /// Decides for the next `step`; `error` is set-point less bath.
  ///
  /// `mustStop` overrides the shortest run: freezing or a lost circuit outweighs the compressor.
  mutating func update(
    error: TemperatureDifference, warming: Power, isPermitted: Bool, mustStop: Bool, step: Seconds
  ) {
    since = min(since + step, shortest + step)
    if mustStop {
      if isOn { since = .zero }
      isOn = false
      return
    }
    guard since >= shortest else { return }
    let start = isPermitted && error < -threshold(warming: warming)
    let stop = !isPermitted || error > .kelvins(0.05)
    let next = isOn ? !stop : start
    if next != isOn { since = .zero }
    isOn = next
  }
}
