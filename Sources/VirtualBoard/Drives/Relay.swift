import PerfusionCore

/// A switched load: relay, contactor, lamp, buzzer.
struct Relay {
  /// The coil or gate input.
  var isCommanded = false
  /// It conducts.
  private(set) var isOn = false
  /// How often it has switched.
  private(set) var switchings: Int = 0
  /// When it switched last.
  private(set) var switchedAt = Instant.start
  private(set) var fault: FaultWord?
  private let welds: Bool
  private var late: DelayLine?
  private var dropout: Dropout?

  /// An open relay; `welds` says that a stuck one conducts, whatever it did before.
  init(welds: Bool = false) { self.welds = welds }

  /// What a relay may suffer: `off` open circuit, `stuck` welded (heaters) or as it was, `wrong`
  /// inverted, `delayed` 500 ms late, `intermittent` opens half of the time.
  static var faultWords: [FaultWord] { [.off, .stuck, .wrong, .delayed, .intermittent] }

  /// Applies or ends a fault.
  mutating func setFault(_ word: FaultWord?, random: SplitMix64) {
    fault = word
    late = word == .delayed ? DelayLine(milliseconds: 500, holding: isCommanded ? 1 : 0) : nil
    dropout = word == .intermittent ? Dropout(random: random) : nil
  }

  /// Moves on by one millisecond; true when it conducts.
  @discardableResult mutating func step(at now: Instant) -> Bool {
    if fault == nil && isCommanded == isOn { return isOn }
    return change(at: now)
  }

  private mutating func change(at now: Instant) -> Bool {
    let conducts = fault == nil ? isCommanded : faulty()
    if conducts != isOn {
      isOn = conducts
      switchings &+= 1
      switchedAt = now
    }
    return isOn
  }

  private mutating func faulty() -> Bool {
    dropout?.step()
    if let value = late?.pass(isCommanded ? 1 : 0) { return value > 0.5 }
    switch fault {
    case .off: return false
    case .stuck: return welds || isOn
    case .wrong: return !isCommanded
    case .intermittent: return isCommanded && (dropout?.works ?? true)
    default: return isCommanded
    }
  }
}
