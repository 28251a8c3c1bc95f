/// A condition that counts once it has held without a break for some time.
struct SustainedCondition: BitwiseCopyable, Sendable {
  private let delay: Seconds
  private var held = Seconds.zero

  /// A condition that counts after `delay`; zero counts at once.
  init(for delay: Seconds) { self.delay = delay }

  /// Takes the condition as it stands after one more `step` and says whether it counts.
  mutating func update(_ isTrue: Bool, step: Seconds) -> Bool {
    guard isTrue else {
      held = .zero
      return false
    }
    held = min(held + step, delay + step)
    return held.seconds >= delay.seconds - 1e-6
  }

  /// Starts over.
  mutating func reset() { held = .zero }
}
