/// A short name from the board file that every message about the thing carries: a chip, a line,
/// an adapter.
///
/// Up to 47 bytes of UTF-8, kept in place so that the firmware needs no strings.
public struct Identifier: BitwiseCopyable, Equatable, Sendable {
  @usableFromInline var words: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

  /// The empty name.
  public init() { words = (0, 0, 0, 0, 0, 0) }

  /// Makes a name of at most 47 bytes; more are cut off.
  public init(bytes: Span<UInt8>) {
    self.init()
    for index in 0..<min(bytes.count, Identifier.capacity) { set(index, bytes[index]) }
  }

  /// Most bytes a name has.
  public static var capacity: Int { 47 }

  /// How many bytes the name has.
  public var count: Int {
    var length = 0
    while length < Identifier.capacity && byte(length) != 0 { length += 1 }
    return length
  }

  /// The byte at an index; 0 outside the name.
  public func byte(_ index: Int) -> UInt8 {
    guard index >= 0 && index < Identifier.capacity else { return 0 }
    let shift = UInt64((index & 7) * 8)
    return UInt8(truncatingIfNeeded: word(index >> 3) >> shift)
  }

  /// Two names are equal when all their bytes are.
  public static func == (left: Identifier, right: Identifier) -> Bool {
    left.words.0 == right.words.0 && left.words.1 == right.words.1
      && left.words.2 == right.words.2 && left.words.3 == right.words.3
      && left.words.4 == right.words.4 && left.words.5 == right.words.5
  }

  private func word(_ index: Int) -> UInt64 {
    switch index {
    case 0: words.0
    case 1: words.1
    case 2: words.2
    case 3: words.3
    case 4: words.4
    default: words.5
    }
  }

  private mutating func set(_ index: Int, _ byte: UInt8) {
    let bits = UInt64(byte) << UInt64((index & 7) * 8)
    switch index >> 3 {
    case 0: words.0 |= bits
    case 1: words.1 |= bits
    case 2: words.2 |= bits
    case 3: words.3 |= bits
    case 4: words.4 |= bits
    default: words.5 |= bits
    }
  }
}

#if !hasFeature(Embedded)
  extension Identifier: CustomStringConvertible {
    /// Makes a name from text; more than 47 bytes of UTF-8 are cut off.
    public init(_ text: String) {
      var copy = text
      self = copy.withUTF8 { Identifier(bytes: unsafe Span(_unsafeElements: $0)) }
    }
    /// The name as text.
    public var description: String {
      String(decoding: (0..<count).map(byte), as: UTF8.self)
    }
  }
#endif
