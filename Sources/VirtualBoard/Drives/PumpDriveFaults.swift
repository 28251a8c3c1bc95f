/// What a pump's drive suffers from.
///
/// Drive: `off` no power, `stuck` runs on at its last reference and ignores enable, `garbage` a
/// random reference every 100 ms, `wrong` runs away, `slow` ten times its lag, `delayed` 500 ms
/// late, `intermittent` loses power half of the time. Shaft: `stuck` jammed, `off` coupling
/// broken, `wrong` motor leads swapped, `intermittent` slips half of the time. Removing torque
/// works against all of them.
struct PumpDriveFaults {
  private(set) var drive: FaultWord?
  private(set) var shaft: FaultWord?
  private var held: Double = 0
  private var late: DelayLine?
  private var dropout: Dropout?
  private var slip: Dropout?
  private var milliseconds: Int32 = 0

  /// What the drive's electronics may suffer.
  static var driveWords: [FaultWord] {
    [.off, .stuck, .garbage, .wrong, .slow, .delayed, .intermittent]
  }
  /// What motor, coupling and rotor may suffer.
  static var shaftWords: [FaultWord] { [.stuck, .off, .wrong, .intermittent] }

  /// Something is wrong.
  var isActive: Bool { drive != nil || shaft != nil }
  /// The electronics are without power.
  var dropsPower: Bool { drive == .off || dropout.map { !$0.works } ?? false }
  /// The coupling slips at this moment.
  var slips: Bool { slip.map { !$0.works } ?? false }
  /// The drive turns whether it is enabled or not.
  var ignoresEnable: Bool { drive == .stuck || drive == .wrong }

  /// The reference that the drive acts on.
  func reference(_ given: Double) -> Double {
    switch drive {
    case .stuck, .wrong, .garbage, .delayed: held
    default: given
    }
  }

  mutating func setDrive(_ word: FaultWord?, holding reference: Double, random: SplitMix64) {
    drive = word
    held = reference
    late = word == .delayed ? DelayLine(milliseconds: 500, holding: reference) : nil
    dropout = word == .intermittent ? Dropout(random: random) : nil
  }

  mutating func setShaft(_ word: FaultWord?, random: SplitMix64) {
    shaft = word
    slip = word == .intermittent ? Dropout(random: random) : nil
  }

  /// Moves on by one millisecond.
  mutating func step(_ random: inout SplitMix64, numbers: PumpDriveNumbers, reference: Double) {
    milliseconds &+= 1
    dropout?.step()
    slip?.step()
    if drive == .wrong { held = numbers.runawaySpeed }
    if drive == .garbage && milliseconds % 100 == 1 {
      held = random.between(0, numbers.runawaySpeed)
    }
    if let value = late?.pass(reference) { held = value }
  }
}
