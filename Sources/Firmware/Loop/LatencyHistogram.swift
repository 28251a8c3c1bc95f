/// How long something took, counted by length: sixteen places to each doubling, so that a
/// percentile is known to 6 %.
public struct LatencyHistogram: BitwiseCopyable, Sendable {
  /// The shortest length that is told apart, nanoseconds.
  public static var resolution: Int64 { 64 }
  static var places: Int { 320 }

  /// How many lengths were counted.
  public private(set) var count: UInt64 = 0
  /// The longest, nanoseconds.
  public private(set) var longest: Int64 = 0
  private var counts = InlineArray<320, UInt32>(repeating: 0)

  /// Nothing counted.
  public init() {}

  /// Counts a length in nanoseconds; a negative one is none.
  public mutating func add(_ nanoseconds: Int64) {
    let length = max(0, nanoseconds)
    let place = LatencyHistogram.place(of: length)
    if counts[place] < .max { counts[place] += 1 }
    count &+= 1
    longest = max(longest, length)
  }

  /// The length that this share of all lengths (0...1) does not exceed, nanoseconds: the upper
  /// end of its place, never more than the longest. 0 when nothing was counted.
  public func percentile(_ share: Double) -> Int64 {
    guard count > 0 else { return 0 }
    let held = min(max(share, 0), 1)
    let wanted = UInt64(held * Double(count))
    var seen: UInt64 = 0
    for place in 0..<LatencyHistogram.places {
      seen &+= UInt64(counts.span[place])
      if seen >= max(wanted, 1) { return min(LatencyHistogram.end(of: place), longest) }
    }
    return longest
  }

  /// Sixteen places below 1024 ns, then sixteen a doubling.
  static func place(of length: Int64) -> Int {
    let units = UInt64(length) / UInt64(resolution)
    if units < 16 { return Int(units) }
    let doubling = 63 - units.leadingZeroBitCount - 4
    let step = Int(units >> UInt64(doubling)) - 16
    return min((doubling + 1) * 16 + step, places - 1)
  }

  static func end(of place: Int) -> Int64 {
    if place < 16 { return Int64(place + 1) * resolution }
    let doubling = Int64(place / 16 - 1)
    return (Int64(place % 16 + 17) << doubling) * resolution
  }
}
