/// The code nearest to `value / step`, halves away from zero, held inside `range`; 0 (or the
/// nearest code of the range) for a not-a-number.
@inline(always)
func nearestCode(_ value: Double, step: Double, in range: ClosedRange<Int64>) -> Int64 {
  let scaled = value / step
  guard scaled == scaled else { return min(max(0, range.lowerBound), range.upperBound) }
  if scaled >= Double(range.upperBound) { return range.upperBound }
  if scaled <= Double(range.lowerBound) { return range.lowerBound }
  return Int64(scaled < 0 ? scaled - 0.5 : scaled + 0.5)
}

/// The largest integer not above `value`, held inside +-2^62; 0 for a not-a-number.
func wholePart(_ value: Double) -> Int64 {
  guard value == value else { return 0 }
  if value >= 0x1p62 { return 1 << 62 }
  if value <= -0x1p62 { return -(1 << 62) }
  let truncated = Int64(value)
  return Double(truncated) > value ? truncated - 1 : truncated
}

/// Sensirion's check sum: CRC-8, polynomial 0x31, start 0xFF, not reflected, no final inversion.
func sensirionChecksum(_ high: UInt8, _ low: UInt8) -> UInt8 {
  checksumSteps[Int(checksumSteps[Int(0xFF ^ high)] ^ low)]
}

/// What eight bits of the polynomial make of each byte.
private let checksumSteps: InlineArray<256, UInt8> = InlineArray { byte in
  var remainder = UInt8(byte)
  for _ in 0..<8 {
    remainder = remainder & 0x80 != 0 ? (remainder << 1) ^ 0x31 : remainder << 1
  }
  return remainder
}

extension Int64 {
  /// The low 16 bits, two's complement.
  var word: UInt16 { UInt16(truncatingIfNeeded: self) }
}

extension UInt16 {
  /// Bits `low...` of this register, `count` of them.
  func field(_ low: Int, _ count: Int) -> Int { Int(self >> UInt16(low)) & ((1 << count) - 1) }
  /// Bit `index` is set.
  func has(_ index: Int) -> Bool { self & (1 << UInt16(index)) != 0 }
}

extension UInt8 {
  /// Bits `low...` of this register, `count` of them.
  func field(_ low: Int, _ count: Int) -> Int { Int(self >> UInt8(low)) & ((1 << count) - 1) }
  /// Bit `index` is set.
  func has(_ index: Int) -> Bool { self & (1 << UInt8(index)) != 0 }
}
