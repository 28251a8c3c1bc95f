/// The cosine of an angle given in turns, by a polynomial: the same bits on every machine.
///
/// Error below 1e-6. An angle that is not finite, or beyond 1e12 turns, counts as zero turns.
@inline(__always)
func cosine(turns: Double) -> Double {
  guard turns.magnitude < 1e12 else { return 1 }
  let part = (turns - Double(Int64(turns))).magnitude
  let half = part > 0.5 ? 1 - part : part
  let folded = half > 0.25 ? 0.5 - half : half
  let angle = folded * 6.283185307179586
  let square = angle * angle
  let tail = 1.0 / 40320 - square * (1.0 / 3_628_800)
  let value = 1 - square * (0.5 - square * (1.0 / 24 - square * (1.0 / 720 - square * tail)))
  return half > 0.25 ? -value : value
}
