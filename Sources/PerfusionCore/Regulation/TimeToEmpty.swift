/// How long the venous reservoir lasts at the rate at which it falls now (HZ-02).
///
/// Call `update` every tick; a sample is taken at 10 Hz and the rate is the robust slope of the
/// last second, so a venous line clamped at 4.56 L/min and 1000 ml trips the 10 s alert at
/// 760 ml, 3.2 s later (docs/domain.md C10). Delays and priorities of AL-05 and AL-06 belong to
/// the interlocks.
public struct TimeToEmpty: Sendable {
  /// Time between two samples.
  public static var period: Seconds { .milliseconds(100) }
  /// Rates of fall below this count as not falling (0.06 L/min).
  static var slowest: Double { 1.0 }
  /// Samples that may fail in a row before the trend is forgotten (1 s).
  static var patience: Int { 10 }

  /// Time until the reservoir is empty; infinite while it does not fall or is not known.
  public private(set) var remaining = Seconds(seconds: .infinity)
  /// Rate of change of the volume as a flow into the reservoir; nothing while not known.
  public private(set) var rate: Flow?
  /// The time lies below the alert time.
  public private(set) var isAlert = false
  /// The time lies below the alarm time.
  public private(set) var isAlarm = false

  private let alertTime: Seconds
  private let alarmTime: Seconds
  private let ticks: UInt64
  private let step: Seconds
  private var trend = VolumeTrend()
  private var failures = 0

  /// An estimator with the alert and alarm times of a reservoir.
  public init(_ reservoir: ReservoirConfiguration, tick: Seconds) {
    alertTime = reservoir.alertTime
    alarmTime = reservoir.alarmTime
    let count = tick.seconds > 0 ? Self.period / tick + 0.5 : 1
    ticks = count >= 1 && count < 1e6 ? UInt64(count) : 1
    step = tick * Double(ticks)
  }

  /// Takes the volume of one tick.
  public mutating func update(tick now: Tick, volume: Reading<Volume>) {
    guard now.count % ticks == 0 else { return }
    if let volume = volume.usable, volume.isFinite {
      failures = 0
      trend.append(volume.milliliters)
      judge()
    } else {
      failures = min(failures + 1, Self.patience)
      if failures >= Self.patience { forget() }
    }
  }

  private mutating func judge() {
    guard let line = trend.line, step.seconds > 0 else { return }
    let perSecond = line.slope / step.seconds
    rate = Flow(litersPerMinute: perSecond * 0.06)
    remaining =
      perSecond < -Self.slowest
      ? Seconds(seconds: max(line.level, 0) / -perSecond) : Seconds(seconds: .infinity)
    isAlert = remaining < alertTime
    isAlarm = remaining < alarmTime
  }

  private mutating func forget() {
    trend.removeAll()
    rate = nil
    remaining = Seconds(seconds: .infinity)
    isAlert = false
    isAlarm = false
  }
}
