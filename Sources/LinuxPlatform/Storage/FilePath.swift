/// A path of at most 255 bytes that needs no memory of its own.
public struct FilePath: Sendable {
  private var bytes = InlineArray<256, UInt8>(repeating: 0)
  /// How many bytes it has.
  public private(set) var count = 0

  /// A path from bytes; nothing when they are none, too many, or hold a zero.
  public init?(_ source: borrowing Span<UInt8>) {
    guard source.count > 0 && source.count < 256 else { return nil }
    for index in 0..<source.count {
      guard source[index] != 0 else { return nil }
      bytes[index] = source[index]
    }
    count = source.count
  }

  /// The bytes of the path.
  public func byte(_ index: Int) -> UInt8 { bytes.span[index] }

  /// This directory's file of a name; a path that grows too long is cut, and then not found.
  public func appending(_ name: StaticString) -> FilePath {
    var longer = self
    longer.add(UInt8(ascii: "/"))
    name.withUTF8Buffer { text in
      for index in 0..<text.count { unsafe longer.add(text[index]) }
    }
    return longer
  }

  /// This directory's file of a name that is made at run time.
  public func appending(_ name: borrowing Span<UInt8>) -> FilePath {
    var longer = self
    longer.add(UInt8(ascii: "/"))
    for index in 0..<name.count { longer.add(name[index]) }
    return longer
  }

  /// This path with an ending; one that grows too long is cut.
  public func ending(in text: StaticString) -> FilePath {
    var longer = self
    text.withUTF8Buffer { text in
      for index in 0..<text.count { unsafe longer.add(text[index]) }
    }
    return longer
  }

  private mutating func add(_ byte: UInt8) {
    guard count < 255 else { return }
    bytes[count] = byte
    count += 1
  }

  /// Uses the path as a C string.
  public func withCString<Result: ~Copyable, Failure: Error>(
    _ use: (UnsafePointer<CChar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe bytes.span.withUnsafeBytes { (buffer) throws(Failure) in
      // A span of 256 elements has an address.
      guard let base = buffer.baseAddress else { preconditionFailure() }
      return try unsafe use(base.assumingMemoryBound(to: CChar.self))
    }
  }
}
