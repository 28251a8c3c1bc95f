public import PerfusionCore

/// An event as it was recorded.
public struct EventRecord: Sendable {
  /// The tick in which it happened.
  public var tick: UInt64
  /// What happened.
  public var event: Event

  /// Reads a message `Event`; nothing when the bytes are none, or name something that this version
  /// does not know.
  public init?(_ message: UnsafeRawBufferPointer) {
    var reader = unsafe ByteReader(message)
    var fields = EventFields(kind: 0)
    var tick: UInt64 = 0
    var decision: UInt64 = 0
    while let field = reader.field() {
      switch field.number {
      case 1: tick = field.bits
      case 2: decision = field.bits
      case 3: fields.kind = field.small
      case 4: fields.pump = Int(truncatingIfNeeded: field.signed)
      case 5, 6, 8, 9, 10, 11, 17: fields.subject = field.small
      case 7, 15, 16, 18: fields.second = field.small
      case 12: fields.count = UInt32(truncatingIfNeeded: field.bits)
      case 13: fields.value = field.double
      case 14: fields.hasPassed = field.bits != 0
      case 19: fields.cause.row = field.small
      case 20: fields.cause.pumps = field.small
      default: break
      }
    }
    guard !reader.hasFailed, let kind = fields.event else { return nil }
    self.tick = tick
    event = Event(kind, decision: UInt32(truncatingIfNeeded: decision))
  }
}
