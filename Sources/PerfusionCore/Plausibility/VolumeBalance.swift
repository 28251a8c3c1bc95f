/// Sets the reservoir's level against what flows in and out of it (docs/domain.md 8.4, HZ-42).
///
/// Windows of ten seconds are compared; a constant error of the probes is learned from windows that
/// hardly differ. Two windows in a row count. Volume that comes in by no pump is a bag that was
/// hung up: it counts only after five windows. Which of level sensor and probes is wrong, or whether
/// somebody bleeds, the balance cannot tell.
struct VolumeBalance: BitwiseCopyable, Sendable {
  /// What the balance says: `level`, `volumeBalance` or nothing.
  private(set) var cause = CommonCause.none
  private var smoothed = SmoothedValue()
  private var began: Double?
  private var inflow = 0.0
  private var time = 0.0
  private var bias = 0.0
  private var windows = 0
  private var offInRow = 0
  private var risingInRow = 0
  private var contradiction = SustainedCondition(for: Seconds(seconds: 2))
  private var jumpLeft = 0.0
  private var last: Double?

  /// Length of a window, seconds.
  static var window: Double { 10 }
  /// Change between two looks that no tube can bring, ml.
  static var jump: Double { 100 }

  /// What the reservoir's own switches and sensor say.
  struct Level {
    var volume: Volume?
    var alert: Volume
    var alarm: Volume
    var isAboveAlert: Bool?
    var isAboveAlarm: Bool?
  }

  /// Takes one more look; `net` is the flow into the reservoir, nothing while it is not known.
  mutating func update(_ level: Level, net: Flow?, step: Seconds) {
    let volume = level.volume?.milliliters
    let isContradicted = contradiction.update(contradicts(level), step: step)
    if let volume, let last, (volume - last).magnitude > Self.jump { jumpLeft = 60 }
    last = volume
    jumpLeft = max(jumpLeft - step.seconds, 0)
    smoothed.follow(volume, over: 0.5, step: step.seconds)
    balance(net, step: step.seconds)
    if isContradicted || jumpLeft > 0 {
      cause = .level
    } else {
      cause = offInRow >= 2 || risingInRow >= 5 ? .volumeBalance : .none
    }
  }

  /// A switch and the sensor cannot both be right.
  private func contradicts(_ level: Level) -> Bool {
    guard let volume = level.volume else { return false }
    let margin = Volume.milliliters(100)
    if let above = level.isAboveAlert {
      if above && volume < level.alert - margin || !above && volume > level.alert + margin {
        return true
      }
    }
    guard let above = level.isAboveAlarm else { return false }
    return above && volume < level.alarm - margin || !above && volume > level.alarm + margin
  }

  private mutating func balance(_ net: Flow?, step: Double) {
    guard let volume = smoothed.value, let net, jumpLeft == 0 else { return begin(smoothed.value) }
    guard let began else { return begin(volume) }
    inflow += net.litersPerMinute * (1000.0 / 60) * step
    time += step
    guard time >= Self.window else { return }
    judge(change: volume - began, explained: inflow + bias)
    begin(volume)
  }

  private mutating func begin(_ volume: Double?) {
    began = volume
    inflow = 0
    time = 0
  }

  private mutating func judge(change: Double, explained: Double) {
    let error = change - explained
    windows = min(windows + 1, 100)
    if error.magnitude < 60 || windows <= 3 { bias += error * (windows <= 3 ? 0.5 : 0.1) }
    let isOff = windows > 3 && error.magnitude > 60 + 0.15 * explained.magnitude
    let isRising = error > 0 && change > 15
    offInRow = isOff && !isRising ? min(offInRow + 1, 10) : 0
    risingInRow = isOff && isRising ? min(risingInRow + 1, 10) : 0
  }
}
