/// Checks on measured volumes that a follower keeps its ratio (AL-39, HZ-36).
///
/// Volumes of 2 s are compared, slice by slice of 0.25 s. After the wanted speed has changed, the
/// window starts afresh, because master and follower then pass through the change one after the
/// other; it starts afresh at most for 6 s in a row, so that a restless master hides nothing.
public struct RatioCheck: BitwiseCopyable, Sendable {
  /// Volumes are off by more than 5 % over 2 s.
  public private(set) var isOff = false
  /// There is nothing to compare: a volume cannot be measured.
  public private(set) var isUnknown = true
  /// Follower's share as measured over the last window: volume times ratio over master's volume.
  public private(set) var measuredShare: Double = 1

  private var marks = InlineArray<9, Mark>(repeating: Mark())
  private var count = 0
  private var sinceMark: Double = 0
  private var sinceCheck: Double = 0
  private var settle: Double = 0
  private var reference: Double = 0

  private struct Mark: BitwiseCopyable, Sendable {
    var master: Double = 0
    var follower: Double = 0
  }

  /// A check that has seen nothing.
  public init() {}

  /// Moves on by one tick.
  ///
  /// * `wanted`: speed the follower is meant to turn at; zero while it need not.
  /// * `grain`: volume of a few counts of the follower: what its encoder cannot tell.
  public mutating func update(
    master: Reading<Volume>, follower: Reading<Volume>, ratio: Double, wanted: RotationalSpeed,
    grain: Volume, tick: Seconds
  ) {
    isUnknown = master.usable == nil || follower.usable == nil
    let speed = wanted.revolutionsPerMinute
    guard !isUnknown, speed > 0 else { return restart(speed, settle: 0) }
    sinceCheck += tick.seconds
    if (speed - reference).magnitude > 0.05 * reference && sinceCheck < 6 {
      return restart(speed, settle: 2)
    }
    settle -= tick.seconds
    guard settle <= 0 else { return }
    sinceMark += tick.seconds
    guard count == 0 || sinceMark >= 0.25 - 1e-9 else { return }
    sinceMark = 0
    append(
      Mark(master: master.value.milliliters, follower: follower.value.milliliters),
      MasterFollower.held(ratio), grain: grain.milliliters)
  }

  private mutating func append(_ mark: Mark, _ ratio: Double, grain: Double) {
    if count < 9 {
      marks[count] = mark
      count += 1
    } else {
      for index in 1..<9 { marks[index - 1] = marks[index] }
      marks[8] = mark
    }
    guard count == 9 else { return }
    let led = mark.master - marks[0].master
    let followed = (mark.follower - marks[0].follower) * ratio
    guard led > 0.05 || followed > 0.05 else { return }
    sinceCheck = 0
    isOff = (followed - led).magnitude > 0.05 * max(led, followed) + grain * ratio
    measuredShare = led > 0 ? followed / led : 16
  }

  private mutating func restart(_ speed: Double, settle: Double) {
    if speed == 0 {
      isOff = false
      sinceCheck = 0
    }
    reference = speed
    self.settle = settle
    count = 0
    sinceMark = 0
  }
}
