public import LinkMessages

extension McapReader {
  /// The bytes of the board image that is attached.
  public func boardImageBytes() throws(McapError) -> [UInt8] {
    let facts = try walk { _ throws(McapError) in false }
    guard let range = facts.attachments.first(where: { $0.key.hasSuffix(".pfbi") })?.value else {
      throw McapError(.boardImage("is missing"), at: 0)
    }
    return Array(bytes[range])
  }

  /// The board image that is attached: the configuration of the controller that was recorded.
  public func boardImage() throws(McapError) -> BoardImage {
    let image = try boardImageBytes()
    do throws(BoardImageError) { return try BoardImage(decoding: image.span) } catch {
      throw McapError(.boardImage("is damaged or of another version (\(error))"), at: 0)
    }
  }
}

extension Replay {
  /// Takes in a whole file, until something differs.
  public mutating func run(_ reader: McapReader) throws(ReplayError) {
    var failure: ReplayError?
    do throws(McapError) {
      _ = try reader.walk { message throws(McapError) in
        do throws(ReplayError) { return try take(message) } catch {
          failure = error
          return false
        }
      }
    } catch {
      throw .file(error)
    }
    if let failure { throw failure }
  }
}
