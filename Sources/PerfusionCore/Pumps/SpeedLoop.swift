/// Holds the rotor's speed: feed-forward of the command, and a slow PI loop that takes out what
/// the drive's gain and offset do wrong.
///
/// The integral is kept as what it corrects, a share of the command (gain) and, at low speed, a
/// number of rpm (offset), so it stays right when the set-point moves and across a stop. It is
/// held inside 15 % and 3 rpm: a broken encoder cannot command more than that. The loop learns only
/// while the command is at rest; while it slews, the drive's lag is not an error. A rotor further
/// off than any drive's error could put it is held, or not coupled: the loop learns nothing of it,
/// so that it does not run away when it comes free; nor of one whose speed jumps within its window,
/// as a shaft's does that grips and slips. While a pulse is
/// drawn it learns once a beat from the means. Without a usable rotor reading the trim stays as it
/// is (docs/domain.md 2.2: steady error at most 0.5 rpm or 0.5 %).
public struct SpeedLoop: BitwiseCopyable, Sendable {
  /// Share of the command that the loop adds, -0.15...0.15.
  public private(set) var gainTrim: Double = 0
  /// Speed that the loop adds.
  public private(set) var offsetTrim = RotationalSpeed.zero
  /// The rotor is further off than the trim could ever mend.
  public private(set) var isBeyondReach = false
  /// The trim stands at its limit, or could not do what is needed.
  public var isAtLimit: Bool {
    isBeyondReach || gainTrim.magnitude >= SpeedLoop.gainLimit - 1e-9
      || (offsetTrim.revolutionsPerMinute.magnitude >= SpeedLoop.offsetLimit - 1e-9
        && isLearningOffset)
  }

  private static var gainLimit: Double { 0.15 }
  private static var offsetLimit: Double { 3 }
  /// Share of the command, beside `offsetLimit`, beyond which an error is not the drive's.
  private static var reach: Double { 0.25 }
  /// Below this command the loop corrects the offset, above it the gain.
  private static var knee: Double { 20 }

  private let maximum: Double
  private let gainKnee: Double
  private let smoothing: Double
  private var settled: Double = 0
  private var proportional: Double = 0
  private var beatError: Double = 0
  private var beatCommand: Double = 0
  private var isLearningOffset = false

  /// A loop for a drive that never gets more than `maximum`.
  public init(maximum: RotationalSpeed, tick: Seconds) {
    smoothing = tick.seconds / (0.1 + tick.seconds)
    self.maximum = max(0, maximum.revolutionsPerMinute)
    gainKnee = min(SpeedLoop.knee, 0.08 * self.maximum)
  }

  /// Starts over from a running drive: `reference` is what the drive is told at this moment.
  public mutating func adopt(command: RotationalSpeed, reference: RotationalSpeed) {
    let speed = command.revolutionsPerMinute
    settled = speed
    let trim = reference.revolutionsPerMinute - speed
    gainTrim = speed > gainKnee ? SpeedLoop.limit(trim / speed, SpeedLoop.gainLimit) : 0
    offsetTrim = .rpm(SpeedLoop.limit(trim - gainTrim * speed, SpeedLoop.offsetLimit))
  }

  /// The speed reference of the drive, 0...maximum.
  ///
  /// * `command`: wanted speed, not negative.
  /// * `measured`: speed of the rotor, positive in the wanted direction.
  /// * `isEven`: the rotor kept its speed within that window.
  /// * `window`: how far back `measured` looks.
  public mutating func reference(
    command: RotationalSpeed, measured: Reading<RotationalSpeed>, isEven: Bool = true,
    window: Seconds, tick: Seconds
  ) -> RotationalSpeed {
    let wanted = command.revolutionsPerMinute
    guard wanted >= 0.05 else { return rest() }
    let lag = 0.2 + 0.5 * window.seconds
    settled += (wanted - settled) * (tick.seconds / (lag + tick.seconds))
    let isSlewing = (wanted - settled).magnitude > 1 + 0.02 * wanted
    let error = wanted - measured.value.revolutionsPerMinute
    isBeyondReach =
      measured.quality == .valid && !isSlewing
      && error.magnitude > SpeedLoop.reach * wanted + SpeedLoop.offsetLimit
    if measured.quality == .valid && !isSlewing && !isBeyondReach && isEven {
      let share = 0.15 * SpeedLoop.limit(error, 0.1 * wanted + 1) - proportional
      proportional += share * smoothing
      learn(error * tick.seconds * 1.5 / (1 + 3 * window.seconds), at: wanted)
    } else {
      proportional -= proportional * smoothing
    }
    beatError = 0
    beatCommand = 0
    return output(wanted, proportional)
  }

  /// The speed reference while a pulse is drawn.
  ///
  /// * `turned`: how far the rotor went since the last tick, forwards; nothing when not known.
  public mutating func pulsingReference(
    command: RotationalSpeed, mean: RotationalSpeed, turned: Revolutions?, beatEnded: Bool,
    tick: Seconds
  ) -> RotationalSpeed {
    let wanted = command.revolutionsPerMinute
    settled = mean.revolutionsPerMinute
    proportional = 0
    guard let turned else { return output(wanted, 0) }
    beatError += wanted * tick.seconds - turned.revolutions * 60
    beatCommand += wanted * tick.seconds
    if beatEnded {
      if beatCommand > 0 { add(gain: 0.3 * beatError / beatCommand) }
      beatError = 0
      beatCommand = 0
    }
    return output(wanted, 0)
  }

  /// The drive has no power: when it comes back its rotor has to catch up, which is no error.
  mutating func interrupt() { settled = 0 }

  private mutating func rest() -> RotationalSpeed {
    settled = 0
    proportional = 0
    beatError = 0
    beatCommand = 0
    isBeyondReach = false
    return .zero
  }

  private mutating func learn(_ correction: Double, at wanted: Double) {
    isLearningOffset = wanted < gainKnee
    if isLearningOffset {
      let sum = offsetTrim.revolutionsPerMinute + correction
      offsetTrim = .rpm(SpeedLoop.limit(sum, SpeedLoop.offsetLimit))
    } else {
      add(gain: correction / wanted)
    }
  }

  private mutating func add(gain: Double) {
    gainTrim = SpeedLoop.limit(gainTrim + gain, SpeedLoop.gainLimit)
  }

  private func output(_ wanted: Double, _ proportional: Double) -> RotationalSpeed {
    let sum =
      wanted * (1 + gainTrim) + offsetTrim.revolutionsPerMinute + proportional
    return .rpm(min(max(sum, 0), maximum))
  }

  private static func limit(_ value: Double, _ bound: Double) -> Double {
    value > bound ? bound : value >= -bound ? value : -bound
  }
}
