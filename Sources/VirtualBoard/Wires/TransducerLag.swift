/// How a transducer follows the true value, moved on once a millisecond (docs/domain.md 4.2).
struct TransducerLag {
  /// The kinds of lag.
  enum Kind: Sendable {
    /// None.
    case none
    /// Second order with this natural frequency in Hz and damping 0.5: a pressure line.
    case secondOrder(hertz: Double)
    /// First order with this time constant in seconds.
    case firstOrder(seconds: Double)
    /// First order after a transport delay in milliseconds: a flow probe.
    case delayedFirstOrder(seconds: Double, milliseconds: Int)
  }

  /// What the transducer shows now.
  private(set) var value: Double
  private var rate: Double = 0
  private var delay: DelayLine?
  private let stiffness: Double
  private let damping: Double
  private let share: Double
  private let slowShare: Double
  private let isSecondOrder: Bool

  /// A transducer that has settled at `value`; `slowness` multiplies every time constant.
  init(_ kind: Kind, settledAt value: Double, slowness: Double = 1) {
    self.value = value
    var stiffness = 0.0
    var damping = 0.0
    var share = 1.0
    switch kind {
    case .none: if slowness > 1 { share = 0.001 / (0.1 * slowness) }
    case .secondOrder(let hertz):
      let omega = 2 * Double.pi * hertz / slowness
      stiffness = omega * omega * 0.001
      damping = 2 * 0.5 * omega * 0.001
    case .firstOrder(let seconds): share = 0.001 / (seconds * slowness + 0.001)
    case .delayedFirstOrder(let seconds, let milliseconds):
      share = 0.001 / (seconds * slowness + 0.001)
      delay = DelayLine(milliseconds: milliseconds, holding: value)
    }
    self.stiffness = stiffness
    self.damping = damping
    self.share = share
    // Ten steps of a millisecond in one.
    var left = 1.0
    for _ in 0..<TransducerLag.slowMilliseconds { left *= 1 - share }
    slowShare = 1 - left
    isSecondOrder = stiffness > 0
  }

  /// Moves on by one millisecond towards the true value.
  mutating func step(_ truth: Double) {
    if isSecondOrder {
      rate += stiffness * (truth - value) - damping * rate
      value += rate * 0.001
    } else if let late = delay?.pass(truth) {
      value += (late - value) * share
    } else {
      value += (truth - value) * share
    }
  }

  /// Shows a value at once, as a transducer without a lag does.
  mutating func settle(at truth: Double) { value = truth }

  /// Milliseconds of a slow step.
  static var slowMilliseconds: Int { 10 }
  /// The lag is a plain first order or none, and may be moved on ten milliseconds at a time.
  var maySkip: Bool { !isSecondOrder && delay == nil }

  /// Moves on by ten milliseconds under a constant true value.
  mutating func slowStep(_ truth: Double) { value += (truth - value) * slowShare }
}
