/// What happened in a run, with the time of each line; full logs count what they lose.
public struct EventLog: Sendable {
  /// One line.
  public struct Line: Sendable, Equatable {
    /// What wrote it.
    public enum Kind: String, Sendable {
      /// The scenario: what the operator did, a stimulus, a note.
      case stimulus
      /// The controller.
      case event
      /// An alarm began or ended.
      case alarm
      /// A check failed.
      case failure
    }
    /// Seconds since the beginning of what was played.
    public var time: Double
    /// It belongs to a prelude.
    public var isPrelude: Bool
    /// What wrote it.
    public var kind: Kind
    /// What it says.
    public var text: String

    /// Makes a line.
    public init(time: Double, isPrelude: Bool, kind: Kind, text: String) {
      self.time = time
      self.isPrelude = isPrelude
      self.kind = kind
      self.text = text
    }
  }

  /// Most lines that are kept.
  public static let capacity = 20_000
  /// The lines, oldest first.
  public private(set) var lines: [Line] = []
  /// Lines that found no room.
  public private(set) var lost = 0

  /// An empty log.
  public init() {}

  /// Adds a line; a full log counts it as lost.
  public mutating func add(_ line: Line) {
    guard lines.count < Self.capacity else {
      lost += 1
      return
    }
    lines.append(line)
  }
}
