/// Works half of the time, at random: stretches of 10...200 ms on either side.
struct Dropout {
  /// The thing works now.
  private(set) var works = true
  private var remaining: Int32 = 0
  private var random: SplitMix64

  /// A thing that works at first.
  init(random: SplitMix64) { self.random = random }

  /// Moves on by one millisecond.
  mutating func step() {
    remaining -= 1
    guard remaining <= 0 else { return }
    works.toggle()
    remaining = Int32(10 + random.next() % 191)
  }
}
