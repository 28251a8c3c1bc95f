import ChipDrivers
import Firmware
import PerfusionCore

/// One two-state input: how its level follows the true state, with the delays of its detector and
/// its fault.
struct InputLine {
  /// Index in the wiring.
  let index: UInt8
  /// What is to be seen there.
  let site: SensorSite
  /// Asserted now, as the firmware sees it.
  private(set) var level: Bool
  private let rise: Int64
  private let fall: Int64
  private let floating: Bool
  private var target: Bool
  private var changeAt: Int64 = 0
  private var fault: FaultWord?
  private var late: DelayLine?
  private var dropout: Dropout?
  private var random = SplitMix64(seed: 0)

  /// Time from air to output of a bubble detector (0.215 ms) and back (2 ms), microseconds.
  ///
  /// docs/domain.md 10.1 gives 46 ms for the way back from a garbled table; 2 ms is used, so that a
  /// bubble is shown with its own length.
  static var bubbleDelays: (rise: Int64, fall: Int64) { (215, 2000) }
  /// Filter of ordinary switches, microseconds.
  static var switchDelay: Int64 { 1000 }

  /// What an input may suffer: `off` floats to its bias, `stuck`, `garbage` any level every
  /// millisecond, `wrong` inverted, `slow` ten times its delay, `delayed` 500 ms late,
  /// `intermittent` floats half of the time.
  static var faultWords: [FaultWord] {
    [.off, .stuck, .garbage, .wrong, .slow, .delayed, .intermittent]
  }

  /// A line that has settled at the true state.
  init(_ index: Int, wiring: LineWiring, site: SensorSite, truth: Bool) {
    self.index = UInt8(clamping: index)
    self.site = site
    level = truth
    target = truth
    if case .air = site {
      (rise, fall) = InputLine.bubbleDelays
    } else {
      (rise, fall) = (InputLine.switchDelay, InputLine.switchDelay)
    }
    floating = (wiring.bias == .pullUp) != wiring.isActiveLow
  }

  /// Nothing is under way and nothing is wrong: only a new true state needs work.
  var isQuiet: Bool { fault == nil && target == level }

  /// Applies or ends a fault.
  mutating func setFault(_ word: FaultWord?, random: SplitMix64) {
    fault = word
    self.random = random
    late = word == .delayed ? DelayLine(milliseconds: 500, holding: level ? 1 : 0) : nil
    dropout = word == .intermittent ? Dropout(random: self.random.fork()) : nil
  }

  /// Moves on by one millisecond that ends at `now`; the edge, if the level changed in it.
  mutating func step(_ truth: Bool, at now: Instant) -> LineEdgeEvent? {
    guard let seen = seen(truth) else { return nil }
    if seen != target {
      target = seen
      let delay = (seen ? rise : fall) * (fault == .slow ? 10 : 1)
      changeAt = now.microseconds &- 1000 &+ delay
    }
    guard target != level, changeAt <= now.microseconds else { return nil }
    level = target
    let moment = Instant(microseconds: max(changeAt, now.microseconds &- 1000))
    return LineEdgeEvent(line: index, isAsserted: level, at: moment)
  }

  /// What the detector acts on; nothing when it does not react at all.
  private mutating func seen(_ truth: Bool) -> Bool? {
    dropout?.step()
    if let value = late?.pass(truth ? 1 : 0) { return value > 0.5 }
    switch fault {
    case .off: return floating
    case .stuck: return nil
    case .garbage: return random.next() & 1 == 0
    case .wrong: return !truth
    case .intermittent: return dropout?.works ?? true ? truth : floating
    default: return truth
    }
  }
}
