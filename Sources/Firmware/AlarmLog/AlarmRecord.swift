internal import ChipDrivers
public import PerfusionCore

/// One record of the alarm log, 64 bytes with a check sum of its own.
///
/// A record that a power cut tears is lost alone: the reader finds the next one by its mark and
/// check sum, wherever it begins. Numbers are little-endian:
///
/// | byte | what |
/// | --- | --- |
/// | 0, 1 | mark 0xA1, format 1 |
/// | 2, 3, 4, 5 | kind, alarm, priority, phase |
/// | 6 | who did it, 0xFF for nobody |
/// | 7 | 0 |
/// | 8, 12 | number of the record, number of the start (32 bits each) |
/// | 16 | microseconds since that start |
/// | 24 | seconds since 1970 by the computer's clock, 0 when it does not know |
/// | 32, 40 | limit and value (64-bit floating point, not a number for none) |
/// | 48 | decision number of the command, 0 for none |
/// | 52, 53 | the cause: number of its row (0 for none), bit i for its pump i |
/// | 54 | six bytes 0 |
/// | 60 | CRC-32 of the 60 bytes before |
public struct AlarmRecord: BitwiseCopyable, Equatable, Sendable {
  /// Number of the record, counted up over every start.
  public var sequence: UInt32
  /// Number of the start it belongs to.
  public var start: UInt32
  /// When, since that start.
  public var at: Instant
  /// Seconds since 1970, 0 when the computer does not know the time.
  public var civilTime: Int64
  /// What happened.
  public var entry: AlarmLogEntry

  /// Bytes of a record.
  @inlinable public static var size: Int { 64 }
  @inlinable static var mark: UInt8 { 0xA1 }
  @inlinable static var format: UInt8 { 1 }

  /// Makes a record.
  public init(
    sequence: UInt32, start: UInt32, at: Instant, civilTime: Int64, entry: AlarmLogEntry
  ) {
    self.sequence = sequence
    self.start = start
    self.at = at
    self.civilTime = civilTime
    self.entry = entry
  }

  /// The record as bytes.
  public var bytes: InlineArray<64, UInt8> {
    var bytes = InlineArray<64, UInt8>(repeating: 0)
    bytes[0] = AlarmRecord.mark
    bytes[1] = AlarmRecord.format
    bytes[2] = entry.kind.rawValue
    bytes[3] = entry.alarm.number
    bytes[4] = entry.priority.rawValue
    bytes[5] = entry.phase.rawValue
    bytes[6] = entry.source?.rawValue ?? 0xFF
    AlarmRecord.put(UInt64(sequence) | UInt64(start) << 32, at: 8, &bytes)
    AlarmRecord.put(UInt64(bitPattern: at.microseconds), at: 16, &bytes)
    AlarmRecord.put(UInt64(bitPattern: civilTime), at: 24, &bytes)
    AlarmRecord.put(entry.limit.bitPattern, at: 32, &bytes)
    AlarmRecord.put(entry.value.bitPattern, at: 40, &bytes)
    AlarmRecord.put(UInt64(entry.decision), at: 48, &bytes)
    bytes[52] = entry.cause.row
    bytes[53] = entry.cause.pumps
    let sum = Checksum.crc32(bytes.span, count: 60)
    for index in 0..<4 { bytes[60 + index] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * index)) }
    return bytes
  }

  /// The record that begins at a byte, `nil` when none does or it is damaged.
  public init?(_ bytes: Span<UInt8>, at offset: Int) {
    guard offset >= 0, bytes.count - offset >= AlarmRecord.size, bytes[offset] == AlarmRecord.mark,
      bytes[offset + 1] == AlarmRecord.format
    else { return nil }
    let record = bytes.extracting(offset..<offset + AlarmRecord.size)
    let sum = AlarmRecord.number(record, at: 56) >> 32
    guard sum == UInt64(Checksum.crc32(record, count: 60)),
      let kind = AlarmLogKind(rawValue: record[2]),
      let priority = AlarmPriority(rawValue: record[4]), let phase = Phase(rawValue: record[5])
    else { return nil }
    entry = AlarmLogEntry(kind, alarm: AlarmID(record[3]), priority: priority)
    entry.phase = phase
    entry.cause = AlarmCause(row: record[52], pumps: record[53])
    entry.source = CommandSource(rawValue: record[6])
    entry.limit = Double(bitPattern: AlarmRecord.number(record, at: 32))
    entry.value = Double(bitPattern: AlarmRecord.number(record, at: 40))
    entry.decision = UInt32(truncatingIfNeeded: AlarmRecord.number(record, at: 48))
    let counts = AlarmRecord.number(record, at: 8)
    sequence = UInt32(truncatingIfNeeded: counts)
    start = UInt32(truncatingIfNeeded: counts >> 32)
    at = Instant(microseconds: Int64(bitPattern: AlarmRecord.number(record, at: 16)))
    civilTime = Int64(bitPattern: AlarmRecord.number(record, at: 24))
  }

  private static func put(_ number: UInt64, at offset: Int, _ bytes: inout InlineArray<64, UInt8>) {
    for index in 0..<8 {
      bytes[offset + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * index))
    }
  }

  private static func number(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
    var number: UInt64 = 0
    for index in 0..<8 { number |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    return number
  }
}
