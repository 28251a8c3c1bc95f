import Firmware
import PerfusionCore

/// The pulses of a tachometer on a line; a count is an edge, so the level changes with each.
struct Tachometer {
  /// Index of the line in the wiring.
  let line: UInt8
  /// Pump whose encoder angle it sees.
  let pump: Int
  private let counts: Double
  private var previous: Double = 0
  private var level = true
  private var fault: FaultWord?
  private var late: DelayLine?
  private var dropout: Dropout?
  private var random = SplitMix64(seed: 0)

  /// What a tachometer may suffer: `off` and `stuck` no pulses, `garbage` random pulses, `wrong`
  /// twice the pulses, `delayed` 500 ms late, `intermittent` no pulses half of the time.
  static var faultWords: [FaultWord] { [.off, .stuck, .garbage, .wrong, .delayed, .intermittent] }

  /// A tachometer with so many counts in a turn.
  init(line: Int, pump: Int, countsPerRevolution: Double) {
    self.line = UInt8(clamping: line)
    self.pump = pump
    counts = countsPerRevolution
  }

  /// Asserted now.
  var isAsserted: Bool { level }

  /// Applies or ends a fault.
  mutating func setFault(_ word: FaultWord?, random: SplitMix64) {
    fault = word
    self.random = random
    late = word == .delayed ? DelayLine(milliseconds: 500, holding: previous / counts) : nil
    dropout = word == .intermittent ? Dropout(random: self.random.fork()) : nil
  }

  /// Moves on by the millisecond that ends at `now` with the encoder at `turns`; edges go into the
  /// queue with the moments at which the rotor crossed them.
  mutating func step(turns: Double, at now: Instant, into edges: inout EdgeQueue) {
    dropout?.step()
    let shown = late?.pass(turns) ?? turns
    let angle = shown * counts * (fault == .wrong ? 2 : 1)
    defer { previous = angle }
    if fault == .garbage {
      if random.next() & 7 == 0 { flip(at: now, into: &edges) }
      return
    }
    guard angle != previous, isCounting else { return }
    cross(from: previous, to: angle, at: now, into: &edges)
  }

  private var isCounting: Bool {
    fault != .off && fault != .stuck && (dropout?.works ?? true)
  }

  private mutating func cross(
    from start: Double, to end: Double, at now: Instant, into edges: inout EdgeQueue
  ) {
    let low = min(start, end).rounded(.down)
    let count = Int(min(max(start, end).rounded(.down) - low, 64))
    guard count > 0 else { return }
    for step in 1...count {
      let border = end > start ? low + Double(step) : low + Double(count - step + 1)
      let share = min(max((border - start) / (end - start), 0), 1)
      let early = Int64((1 - share) * 1000)
      flip(at: Instant(microseconds: now.microseconds &- early), into: &edges)
    }
  }

  private mutating func flip(at moment: Instant, into edges: inout EdgeQueue) {
    level.toggle()
    edges.insert(LineEdgeEvent(line: line, isAsserted: level, at: moment))
  }
}
