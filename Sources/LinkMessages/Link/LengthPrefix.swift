/// The length of a message before its bytes, as a protobuf varint of at most three bytes.
public struct LengthPrefix: BitwiseCopyable, Sendable {
  private let length: UInt32

  /// The prefix of a message of so many bytes, at most 2 MB.
  public init(_ length: Int) { self.length = UInt32(clamping: length) & 0x1F_FFFF }

  /// How many bytes the prefix has, 1...3.
  public var count: Int { length < 0x80 ? 1 : length < 0x4000 ? 2 : 3 }

  /// A byte of the prefix.
  public subscript(index: Int) -> UInt8 {
    let bits = UInt8(truncatingIfNeeded: length >> UInt32(7 * index)) & 0x7F
    return index + 1 < count ? bits | 0x80 : bits
  }

  /// What the beginning of received bytes says about the next message.
  public enum Finding: BitwiseCopyable, Equatable, Sendable {
    /// Not enough bytes to know.
    case incomplete
    /// A message of `length` bytes begins after `prefix` bytes.
    case message(prefix: Int, length: Int)
    /// The length is over the limit or no length at all.
    case oversized
  }

  /// Reads a prefix; a length over `limit` is `oversized` as soon as it is known.
  public static func find(in bytes: Span<UInt8>, limit: Int) -> Finding {
    var length = 0
    for index in 0..<3 {
      guard index < bytes.count else { return .incomplete }
      length |= Int(bytes[index] & 0x7F) << (7 * index)
      if bytes[index] & 0x80 == 0 {
        return length <= limit ? .message(prefix: index + 1, length: length) : .oversized
      }
    }
    return .oversized
  }
}
