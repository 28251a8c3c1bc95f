/// The points of a `Curve`: 33 numbers.
public struct CurvePoints: Sendable, BitwiseCopyable {
  @usableFromInline var storage = InlineArray<33, Double>(repeating: 0)
  /// All points zero.
  public init() {}
  /// One point; indices outside 0...32 read 0 and are not written.
  @inlinable public subscript(index: Int) -> Double {
    get { index >= 0 && index < 33 ? storage[index] : 0 }
    set { if index >= 0 && index < 33 { storage[index] = newValue } }
  }
}
