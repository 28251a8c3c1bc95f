/// A reading against which a witness speaks: told after ten such samples, for up to 10 s after.
struct Contradiction: BitwiseCopyable, Sendable {
  /// It was contradicted in ten of the last samples or more.
  private(set) var stands = false
  private var doubt = 0.0

  /// Takes one more sample.
  mutating func note(_ isUntrue: Bool, tick: Seconds) {
    doubt = min(max(doubt + (isUntrue ? 0.05 : -0.1 * tick.seconds), 0), 1)
    if doubt > 0.499 { stands = true }
    if doubt <= 0.001 { stands = false }
  }
}

extension Reading {
  /// The same reading, as one that nobody may use.
  var disbelieved: Reading {
    var result = self
    result.quality = .faulted
    return result
  }
}
