/// The distributions that the board needs, without libm.
extension SplitMix64 {
  /// A number in 0..<1.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number in `-bound...bound`.
  mutating func symmetric(_ bound: Double) -> Double { (uniform() * 2 - 1) * bound }

  /// A number between two bounds.
  public mutating func between(_ lowest: Double, _ highest: Double) -> Double {
    lowest + uniform() * (highest - lowest)
  }

  /// A bell-shaped number with mean 0 and variance 1, never beyond 3.47.
  ///
  /// The sum of four uniform 16-bit numbers; good enough for sensor noise.
  mutating func bell() -> Double {
    let bits = next()
    let sum =
      (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48)
    return (Double(sum) - 131_070) * (1.732_050_807_568_877_2 / 65_536)
  }

  /// A generator of its own for a part, so that parts do not disturb each other's draws.
  mutating func fork() -> SplitMix64 { SplitMix64(seed: next()) }
}
