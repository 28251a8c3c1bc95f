internal import BlackBox

/// What is in a black box, at a glance.
public struct BlackBoxSummary: Sendable {
  /// The file has its end.
  public var isComplete = false
  /// What is wrong with it, nothing when all of it can be read.
  public var problem: McapError?
  /// Messages of each topic.
  public var messages: [String: Int] = [:]
  /// Chunks.
  public var chunks = 0
  /// Bytes of the file.
  public var bytes = 0
  /// Time of the first and of the last message, nanoseconds.
  public var first: UInt64 = .max
  /// Time of the last message, nanoseconds.
  public var last: UInt64 = 0
  /// Names and values of the metadata.
  public var metadata: [(name: String, value: String)] = []
  /// Attachments and their lengths.
  public var attachments: [String: Int] = [:]
  /// Ticks of the controller.
  public var ticks: UInt64 = 0
  /// Ticks that were lost.
  public var lostTicks: UInt64 = 0

  /// Looks through a file.
  public init(_ reader: McapReader) {
    bytes = reader.bytes.count
    var found = self
    var inputs = InputsDecoder()
    do throws(McapError) {
      let facts = try reader.walk { message throws(McapError) in
        found.messages[message.topic, default: 0] += 1
        found.first = min(found.first, message.time)
        found.last = max(found.last, message.time)
        guard message.topic == "/inputs" else { return true }
        _ = unsafe inputs.read(message.data) {
          found.ticks += 1
          found.lostTicks += $0.lost
          return true
        }
        return true
      }
      found.isComplete = facts.isComplete
      found.chunks = facts.chunks
      found.metadata = facts.metadata
      found.attachments = facts.attachments.mapValues(\.count)
    } catch {
      found.problem = error
    }
    self = found
  }

  /// Seconds from the first to the last message.
  public var seconds: Double { first > last ? 0 : Double(last - first) / 1e9 }
  /// What an hour of this costs, in millions of bytes.
  public var megabytesAnHour: Double { seconds > 0 ? Double(bytes) / 1e6 * 3600 / seconds : 0 }
}
