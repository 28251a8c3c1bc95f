/// What a chip shows before it is set up: acted on only when three visits in a row read the same.
///
/// A read that lies must not drop an output that runs (docs/domain.md 10.2, R2): programming, reset and
/// sleep, and taking over what a chip puts out, all wait for this.
@usableFromInline struct RepeatedRead<let count: Int>: BitwiseCopyable, Sendable {
  @usableFromInline static var needed: UInt8 { 3 }
  @usableFromInline var last = InlineArray<count, UInt8>(repeating: 0)
  @usableFromInline var seen: UInt8 = 0

  @usableFromInline init() {}

  /// Takes the bytes of a visit; true once they are believed, `verifyFailed` when they differ from
  /// the visit before, or are all ones: that is a bus that nobody drives.
  @inlinable mutating func confirm(_ bytes: InlineArray<count, UInt8>) throws(BusError) -> Bool {
    var isSame = true
    var isReleased = true
    for index in 0..<count {
      if bytes[index] != last[index] { isSame = false }
      if bytes[index] != 0xFF { isReleased = false }
    }
    guard !isReleased && (isSame || seen == 0) else {
      seen = 0
      throw .verifyFailed
    }
    last = bytes
    seen &+= 1
    guard seen >= RepeatedRead.needed else { return false }
    seen = 0
    return true
  }
}
