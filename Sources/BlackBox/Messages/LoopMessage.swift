/// How well the tick keeps time, as the channel `/loop` shows it once a second.
public struct LoopReport: BitwiseCopyable, Sendable {
  /// The controller's tick.
  public var tick: UInt64 = 0
  /// Ticks that began late.
  public var overruns: UInt64 = 0
  /// Longest time between two ticks, microseconds.
  public var longestPeriod: Int64 = 0
  /// Longest execution of a tick, microseconds.
  public var longestExecution: Int64 = 0
  /// Ticks that could not be recorded.
  public var lostTicks: UInt64 = 0
  /// A report about nothing.
  public init() {}
}

extension ByteWriter {
  /// The message `Loop`.
  mutating func loop(_ report: LoopReport) {
    field(1, report.tick)
    field(2, report.overruns)
    field(3, report.longestPeriod)
    field(4, report.longestExecution)
    field(5, report.lostTicks)
  }

  /// The message `Loop` that says that a controller began: from a kept record, or from nothing.
  mutating func start(retained: UnsafeRawBufferPointer, isAdopting: Bool) {
    let place = beginMessage(6)
    unsafe field(1, retained)
    field(2, isAdopting)
    endMessage(place)
  }
}

/// A message of the channel `/loop`.
@safe public struct LoopRecord {
  /// How well the tick kept time.
  public private(set) var report = LoopReport()
  /// A controller began here.
  public private(set) var isStart = false
  /// It took up a machine that was running.
  public private(set) var isAdopting = false
  /// The record that it took up, as it was kept; valid as long as the message.
  public private(set) var retained = unsafe UnsafeRawBufferPointer(start: nil, count: 0)

  /// Reads a message `Loop`; nothing when the bytes are none.
  public init?(_ message: UnsafeRawBufferPointer) {
    var reader = unsafe ByteReader(message)
    while let field = reader.field() {
      switch field.number {
      case 1: report.tick = field.bits
      case 2: report.overruns = field.bits
      case 3: report.longestPeriod = field.signed
      case 4: report.longestExecution = field.signed
      case 5: report.lostTicks = field.bits
      case 6: guard takeStart(field) else { return nil }
      default: break
      }
    }
    guard !reader.hasFailed else { return nil }
  }

  private mutating func takeStart(_ message: WireField) -> Bool {
    isStart = true
    var reader = unsafe ByteReader(message.bytes)
    while let field = reader.field() {
      switch field.number {
      case 1: unsafe retained = field.bytes
      case 2: isAdopting = field.bits != 0
      default: break
      }
    }
    return !reader.hasFailed
  }
}
