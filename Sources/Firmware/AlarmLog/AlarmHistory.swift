import PerfusionCore

/// The newest 256 records of the alarm log, those of earlier starts included.
///
/// Nothing but the firmware adds to it; no command changes or removes a record.
public struct AlarmHistory: Sendable {
  private var ring = InlineArray<256, AlarmRecord>(
    repeating: AlarmRecord(
      sequence: 0, start: 0, at: .start, civilTime: 0, entry: AlarmLogEntry(.powerUp)))
  private var next = 0
  /// How many records there are, at most 256.
  public private(set) var count = 0
  /// Places in what was recalled where something stood that is no record: torn or damaged ones.
  public private(set) var damaged: UInt32 = 0
  /// Number of the present start.
  public private(set) var start: UInt32 = 1
  private var sequence: UInt32 = 0

  /// Nothing recorded.
  public init() {}

  /// A record; 0 is the newest. Nothing outside the history.
  public func record(_ age: Int) -> AlarmRecord? {
    guard age >= 0 && age < count else { return nil }
    return ring.span[(next - 1 - age + 512) & 255]
  }

  /// Takes up what was kept over the power cut, oldest first.
  ///
  /// Only the first `count` bytes are looked at. Bytes that are no whole record are passed over one
  /// by one until the next record begins.
  public mutating func recall(_ bytes: Span<UInt8>, count: Int) {
    let end = max(0, min(count, bytes.count))
    let kept = bytes.extracting(0..<end)
    var offset = 0
    var isLost = false
    while offset < end {
      if let record = AlarmRecord(kept, at: offset) {
        put(record)
        sequence = record.sequence
        start = record.start &+ 1
        offset += AlarmRecord.size
        isLost = false
      } else {
        if !isLost { damaged &+= 1 }
        isLost = true
        offset += 1
      }
    }
  }

  /// Numbers an entry and adds it.
  mutating func add(_ entry: AlarmLogEntry, at: Instant, civilTime: Int64) -> AlarmRecord {
    sequence &+= 1
    let record = AlarmRecord(
      sequence: sequence, start: start, at: at, civilTime: civilTime, entry: entry)
    put(record)
    return record
  }

  private mutating func put(_ record: AlarmRecord) {
    ring[next] = record
    next = (next + 1) & 255
    count = min(count + 1, 256)
  }
}
