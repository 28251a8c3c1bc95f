/// One burst of the buzzer in ticks (docs/domain.md 7.2).
///
/// Every part of a burst is rounded to ticks by itself, so that all pulses and all spacings of a
/// burst are equal whatever the tick.
struct BurstPattern: Sendable {
  /// Where each pulse starts.
  private(set) var starts = InlineArray<10, UInt32>(repeating: 0)
  /// How many pulses there are.
  private(set) var count = 0
  /// Length of a pulse.
  let pulse: UInt32
  /// End of the last pulse.
  private(set) var length: UInt32 = 0
  /// From one start to the next.
  private(set) var period: UInt32 = 0

  /// HIGH: ten pulses, 3 + 2 and again; MEDIUM: three; LOW: one.
  init(_ priority: AlarmPriority, tickMicroseconds tick: UInt32) {
    pulse = Self.ticks(priority == .high ? 140_000 : 200_000, tick)
    let short = Self.ticks(priority == .high ? 100_000 : 200_000, tick)
    switch priority {
    case .high:
      let long = 2 * short + pulse
      let middle = Self.ticks(600_000, tick)
      add([0, short, short, long, short, middle, short, short, long, short])
      period = length + Self.ticks(4_000_000, tick)
    case .medium:
      add([0, short, short])
      period = length + Self.ticks(7_000_000, tick)
    case .low:
      add([0])
      period = Self.ticks(30_000_000, tick)
    }
  }

  /// Adds pulses after these gaps, each from the end of the pulse before.
  private mutating func add<let pulses: Int>(_ gaps: InlineArray<pulses, UInt32>) {
    for index in gaps.indices {
      starts[count] = length + gaps[index]
      length += gaps[index] + pulse
      count += 1
    }
  }

  /// Microseconds in ticks, to the nearest, at least one.
  static func ticks(_ microseconds: UInt32, _ tick: UInt32) -> UInt32 {
    max(1, (microseconds + tick / 2) / max(1, tick))
  }
}

/// A lamp that flashes, in ticks.
struct FlashPattern: Sendable {
  let period: UInt32
  let on: UInt32

  /// HIGH 2 Hz at 40 per cent, MEDIUM 0.6 Hz at 50 per cent, LOW steady (docs/domain.md 7.2).
  init(_ priority: AlarmPriority, tickMicroseconds tick: UInt32) {
    switch priority {
    case .high:
      period = BurstPattern.ticks(500_000, tick)
      on = BurstPattern.ticks(200_000, tick)
    case .medium:
      period = BurstPattern.ticks(1_600_000, tick)
      on = BurstPattern.ticks(800_000, tick)
    case .low:
      period = 1
      on = 1
    }
  }
}

/// Turns the most urgent alarm into buzzer and lamps, tick by tick, in whole ticks.
///
/// A burst that has begun is played to its end when the alarm goes or a less urgent one is left; a
/// more urgent one begins at once. Only one tone sounds at a time.
struct SignalGenerator: Sendable {
  private let high: BurstPattern
  private let medium: BurstPattern
  private let low: BurstPattern
  private let highFlash: FlashPattern
  private let mediumFlash: FlashPattern
  private var playing: AlarmPriority?
  private var position: UInt32 = 0
  private var pulse = 0
  private var shown: AlarmPriority?
  private var flash: UInt32 = 0

  init(tickMicroseconds: Int32) {
    let tick = UInt32(clamping: max(1, tickMicroseconds))
    high = BurstPattern(.high, tickMicroseconds: tick)
    medium = BurstPattern(.medium, tickMicroseconds: tick)
    low = BurstPattern(.low, tickMicroseconds: tick)
    highFlash = FlashPattern(.high, tickMicroseconds: tick)
    mediumFlash = FlashPattern(.medium, tickMicroseconds: tick)
  }

  /// Ends what sounds at once: the operator asked for it.
  mutating func silence() { playing = nil }

  /// Sounds one burst of low priority while nothing else sounds.
  mutating func remind() { if playing == nil { start(.low) } }

  /// The signals of one tick.
  mutating func update(audible: AlarmPriority?, visible: AlarmPriority?) -> AlarmSignals {
    var signals = AlarmSignals()
    signals.buzzer = sound(audible)
    if visible != shown {
      shown = visible
      flash = 0
    }
    guard let visible else { return signals }
    switch visible {
    case .high: signals.red = light(highFlash)
    case .medium: signals.yellow = light(mediumFlash)
    case .low: signals.cyan = true
    }
    return signals
  }

  private mutating func light(_ pattern: FlashPattern) -> Bool {
    let isOn = flash < pattern.on
    flash = flash + 1 < pattern.period ? flash + 1 : 0
    return isOn
  }

  private mutating func sound(_ wanted: AlarmPriority?) -> Bool {
    if let wanted, playing.map({ wanted > $0 }) ?? true { start(wanted) }
    guard let now = playing else { return false }
    switch now {
    case .high: return play(high, wanted)
    case .medium: return play(medium, wanted)
    case .low: return play(low, wanted)
    }
  }

  private mutating func start(_ priority: AlarmPriority) {
    playing = priority
    position = 0
    pulse = 0
  }

  /// Plays one tick of a burst or of the silence after it.
  private mutating func play(_ pattern: BurstPattern, _ wanted: AlarmPriority?) -> Bool {
    if pulse < pattern.count, position >= pattern.starts.span[pulse] + pattern.pulse { pulse += 1 }
    if pulse >= pattern.count {
      guard let wanted else {
        playing = nil
        return false
      }
      if position >= pattern.period {
        start(wanted)
        return sound(wanted)
      }
    }
    let isOn = pulse < pattern.count && position >= pattern.starts.span[pulse]
    position += 1
    return isOn
  }
}
