/// Whether one sensor still lives: it is read, and its last digits move as they always did.
///
/// A front end that hangs repeats its last conversion to the bit. A sound sensor with more noise
/// than resolution never does that for long, so the sensor's own past is the measure: only one that
/// used to go up and down from sample to sample, by steps of different size, can be called frozen. A
/// slow sensor with coarse steps never can: between two codes it flickers by one step, and then
/// stands still for minutes. Its twin and the heat balance watch it.
struct Liveliness: BitwiseCopyable, Sendable {
  /// What is wrong with it.
  private(set) var doubt = SensorDoubt.none
  private var last: Double = 0
  private var takenAt = Instant(microseconds: -1)
  /// Share of samples that went the other way than the one before, by another step; 0...1.
  private var restless: Double = 0
  private var lastChange: Double = 0
  /// Samples in a row without a change, and looks in a row without a usable sample.
  private var still: UInt16 = 0
  private var unread: UInt16 = 0

  /// Equal samples in a row that a restless sensor does not give: even 0.8 to the power of 100 is
  /// less than one in 10^9.
  static var longestStill: UInt16 { 100 }
  /// Looks in a row, at 10 Hz, after which a sensor counts as lost (2 s, as AL-07).
  static var longestUnread: UInt16 { 20 }
  /// Share of turns from which on a sensor is restless.
  static var leastRestless: Double { 0.2 }

  /// Takes one look at a sensor; true when its doubt changed.
  ///
  /// * `mayExceedRange`: what it measures can be more than it can show.
  mutating func look(_ sample: SensorSample, mayExceedRange: Bool) -> Bool {
    let before = doubt
    switch sample.quality {
    case .absent: doubt = .none
    case .valid: read(sample)
    case .outOfRange where mayExceedRange: unread = 0
    case .stale, .outOfRange, .faulted:
      unread = min(unread + 1, Self.longestUnread)
      if unread >= Self.longestUnread { doubt = .lost }
    }
    return doubt != before
  }

  private mutating func read(_ sample: SensorSample) {
    unread = 0
    if doubt == .lost { doubt = .none }
    guard sample.takenAt != takenAt else { return }
    takenAt = sample.takenAt
    let change = sample.value - last
    last = sample.value
    guard change != 0 else { return rest() }
    still = 0
    doubt = .none
    let isOtherWay = (change > 0) != (lastChange > 0)
    learn(turned: isOtherWay && (change.magnitude - lastChange.magnitude).magnitude > 1e-9)
    lastChange = change
  }

  private mutating func rest() {
    still = min(still + 1, Self.longestStill)
    // What it did while it may already have been dead says nothing about its life before.
    if still < 8 { learn(turned: false) }
    if still >= Self.longestStill && restless >= Self.leastRestless { doubt = .frozen }
  }

  private mutating func learn(turned: Bool) {
    restless += ((turned ? 1 : 0) - restless) / 64
  }
}

/// Looks at every watched sensor ten times a second, a few of them each tick.
struct LivelinessWatch: Sendable {
  /// Sensors that cannot be read.
  private(set) var lost: UInt64 = 0
  /// Sensors that repeat themselves.
  private(set) var frozen: UInt64 = 0
  /// The sensor whose doubt changed in the last look, and how.
  private(set) var changed: (sensor: WatchedSensor, doubt: SensorDoubt)?
  private var lives = InlineArray<41, Liveliness>(repeating: Liveliness())

  /// Looks at one sensor.
  mutating func look(at sensor: WatchedSensor, _ sample: SensorSample) {
    changed = nil
    let index = Int(sensor.number)
    guard index < WatchedSensor.count,
      lives[index].look(sample, mayExceedRange: sensor.mayExceedRange)
    else { return }
    let doubt = lives[index].doubt
    lost = doubt == .lost ? lost | sensor.bit : lost & ~sensor.bit
    frozen = doubt == .frozen ? frozen | sensor.bit : frozen & ~sensor.bit
    changed = (sensor, doubt)
  }

  /// The sensor is lost or frozen.
  func doubts(_ sensor: WatchedSensor) -> Bool { (lost | frozen) & sensor.bit != 0 }
}
