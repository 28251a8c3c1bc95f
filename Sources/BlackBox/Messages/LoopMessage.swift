internal import PerfusionCore

extension ByteWriter {
  /// The message `Loop`.
  mutating func loop(_ report: LoopReport) {
    field(1, report.tick)
    field(2, report.overruns)
    field(3, report.longestPeriod)
    field(4, report.longestExecution)
    field(5, report.lostTicks)
    field(7, report.period)
    latency(8, report.wakeUp)
    latency(9, report.execution)
    overruns(10, report.overrunsByPart)
    field(11, report.expiredLeases)
    field(12, report.failedLineWrites)
    field(13, report.lostRecords)
    field(14, report.lostEdges)
    field(15, report.failedStores)
    for index in report.buses.indices { bus(16, report.buses[index]) }
  }

  private mutating func latency(_ number: UInt32, _ latency: LatencyFigures) {
    guard latency.count > 0 else { return }
    let place = beginMessage(number)
    field(1, latency.count)
    field(2, latency.p50)
    field(3, latency.p99)
    field(4, latency.p9999)
    field(5, latency.longest)
    endMessage(place)
  }

  private mutating func overruns(_ number: UInt32, _ parts: LoopReport.Parts) {
    guard parts != LoopReport.Parts() else { return }
    let place = beginMessage(number)
    field(1, parts.wakeUp)
    field(2, parts.acquire)
    field(3, parts.step)
    field(4, parts.apply)
    field(5, parts.publish)
    endMessage(place)
  }

  private mutating func bus(_ number: UInt32, _ bus: BusFigures) {
    let place = beginMessage(number)
    field(1, bus.busy)
    field(2, bus.elapsed)
    field(3, bus.successes)
    field(4, bus.failures)
    field(5, bus.isStuck)
    field(6, bus.expiredLeases)
    field(7, bus.skippedTicks)
    endMessage(place)
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
    var isWhole = true
    while let field = reader.field() {
      switch field.number {
      case 1: report.tick = field.bits
      case 2: report.overruns = field.bits
      case 3: report.longestPeriod = field.signed
      case 4: report.longestExecution = field.signed
      case 5: report.lostTicks = field.bits
      case 6: isWhole = takeStart(field) && isWhole
      case 7: report.period = field.signed
      case 8: isWhole = LoopRecord.latency(field, &report.wakeUp) && isWhole
      case 9: isWhole = LoopRecord.latency(field, &report.execution) && isWhole
      case 10: isWhole = takeOverruns(field) && isWhole
      case 11: report.expiredLeases = field.bits
      case 12: report.failedLineWrites = field.bits
      case 13: report.lostRecords = field.bits
      case 14: report.lostEdges = field.bits
      case 15: report.failedStores = field.bits
      case 16: isWhole = takeBus(field) && isWhole
      default: break
      }
    }
    guard isWhole, !reader.hasFailed else { return nil }
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

  private static func latency(_ message: WireField, _ latency: inout LatencyFigures) -> Bool {
    var reader = unsafe ByteReader(message.bytes)
    while let field = reader.field() {
      switch field.number {
      case 1: latency.count = field.bits
      case 2: latency.p50 = field.signed
      case 3: latency.p99 = field.signed
      case 4: latency.p9999 = field.signed
      case 5: latency.longest = field.signed
      default: break
      }
    }
    return !reader.hasFailed
  }

  private mutating func takeOverruns(_ message: WireField) -> Bool {
    var reader = unsafe ByteReader(message.bytes)
    while let field = reader.field() {
      switch field.number {
      case 1: report.overrunsByPart.wakeUp = field.bits
      case 2: report.overrunsByPart.acquire = field.bits
      case 3: report.overrunsByPart.step = field.bits
      case 4: report.overrunsByPart.apply = field.bits
      case 5: report.overrunsByPart.publish = field.bits
      default: break
      }
    }
    return !reader.hasFailed
  }

  private mutating func takeBus(_ message: WireField) -> Bool {
    var bus = BusFigures()
    var reader = unsafe ByteReader(message.bytes)
    while let field = reader.field() {
      switch field.number {
      case 1: bus.busy = field.signed
      case 2: bus.elapsed = field.signed
      case 3: bus.successes = field.bits
      case 4: bus.failures = field.bits
      case 5: bus.isStuck = field.bits != 0
      case 6: bus.expiredLeases = field.bits
      case 7: bus.skippedTicks = field.bits
      default: break
      }
    }
    report.buses.append(bus)
    return !reader.hasFailed
  }
}
