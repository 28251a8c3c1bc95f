/// Tells when a condition has stood without a break for a given time.
///
/// It clears at once when the condition goes.
struct SustainedCondition: BitwiseCopyable, Sendable {
  private var heldSeconds: Double = 0

  /// Moves on by one tick; true from the tick in which the condition has stood for `span`.
  mutating func update(_ holds: Bool, for span: Seconds, tick: Seconds) -> Bool {
    guard holds else {
      heldSeconds = 0
      return false
    }
    if heldSeconds <= span.seconds { heldSeconds += tick.seconds }
    return heldSeconds + 1e-9 >= span.seconds
  }

  /// How long the condition has stood, up to the span that was asked for last.
  var held: Seconds { Seconds(seconds: heldSeconds) }

  /// Forgets what has stood so far.
  mutating func reset() { heldSeconds = 0 }
}
