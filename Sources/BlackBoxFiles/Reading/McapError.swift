/// What is wrong with a file, and where.
public struct McapError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  public enum Problem: Sendable, Equatable {
    /// The file does not begin as an MCAP file does.
    case noMcap
    /// The file ends in the middle of a record.
    case cut
    /// A record contradicts itself.
    case malformed(UInt8)
    /// A check sum does not hold.
    case checksum
    /// The chunk is compressed in another way than zstd.
    case compression
    /// The chunk cannot be expanded.
    case damagedChunk
    /// A chunk claims to be larger than any that is sensible.
    case tooLarge
    /// A message is none of its channel's.
    case message(String)
    /// The file holds no board image, or one that cannot be used.
    case boardImage(String)
  }
  /// Byte of the file at which it was noticed.
  public var offset: Int
  /// What is wrong.
  public var problem: Problem

  /// Makes an error.
  public init(_ problem: Problem, at offset: Int) {
    self.problem = problem
    self.offset = offset
  }

  /// What is wrong and what to do, without the file's name.
  public var description: String { "byte \(offset): error: \(text)" }

  private var text: String {
    let mend = "run: perfusion blackbox recover FILE -o MENDED.mcap"
    return switch problem {
    case .noMcap: "the file does not begin as an MCAP file; name a black box (*.mcap)"
    case .cut: "the file ends in the middle of a record; \(mend)"
    case .malformed(let kind): "the record of kind \(kind) contradicts itself; \(mend)"
    case .checksum: "the check sum of the record does not hold: its bytes changed; \(mend)"
    case .compression: "the chunk is not compressed with zstd; name a file of this program"
    case .damagedChunk: "the chunk cannot be expanded: its bytes changed; \(mend)"
    case .tooLarge: "the record claims to be larger than any that was ever written; \(mend)"
    case .message(let channel):
      "a message of \(channel) cannot be understood; use the version that wrote it"
    case .boardImage(let why):
      "the board image in the file \(why); name a file that this program recorded"
    }
  }
}
