internal import ChipDrivers
internal import PerfusionCore

/// Where everything that threads hand over lies in one stretch of memory, three places to each
/// latest value.
@safe public struct ExchangeMemory {
  /// Edges that may wait for the tick: 5 ms at 20 kHz, and ten ticks of patience.
  static var edgeCapacity: Int { 1024 }
  /// Commands that may wait for the tick.
  static var commandCapacity: Int { 64 }
  /// Parts of 256 bytes of the alarm log that may wait for the medium.
  static var appendCapacity: Int { 256 }
  /// Records that may wait for the link: a quarter of a second at 5 ms.
  static var linkCapacity: Int { 50 }
  /// Records that may wait for the black box: a quarter of a second at 5 ms; what encodes them never
  /// waits for a medium.
  static var recorderCapacity: Int { 50 }

  let samples: UnsafeMutablePointer<ChannelSamples>
  let commands: UnsafeMutablePointer<ChipCommand>
  let guarded: UnsafeMutablePointer<ChipCommand>
  let lines: UnsafeMutablePointer<LineCommands>
  let reports: UnsafeMutablePointer<BusReport>
  let quality: UnsafeMutablePointer<LoopQuality>
  let kept: UnsafeMutablePointer<KeptBytes>
  let appended: UnsafeMutableBufferPointer<AppendedBytes>
  let edges: UnsafeMutableBufferPointer<LineEdgeEvent>
  let asked: UnsafeMutableBufferPointer<OperatorCommand>
  let linkRecords: UnsafeMutableBufferPointer<TickRecord>
  let recorderRecords: UnsafeMutableBufferPointer<TickRecord>
  let exchange: UnsafeMutablePointer<SharedExchange>

  /// Room for some elements, from an offset into the stretch on.
  private struct Place<Element: ~Copyable> {
    let offset: Int
    let count: Int

    /// The elements' memory, not initialised yet.
    func pointer(in stretch: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Element> {
      unsafe (stretch + offset).bindMemory(to: Element.self, capacity: count)
    }
    /// The same as a buffer.
    func buffer(in stretch: UnsafeMutableRawPointer) -> UnsafeMutableBufferPointer<Element> {
      unsafe UnsafeMutableBufferPointer(start: pointer(in: stretch), count: count)
    }
  }

  /// Where everything lies: the one list that both the length of the stretch and what is put there
  /// follow, each place rounded up to cache lines.
  private struct Places {
    let samples: Place<ChannelSamples>
    let commands: Place<ChipCommand>
    let guarded: Place<ChipCommand>
    let lines: Place<LineCommands>
    let reports: Place<BusReport>
    let quality: Place<LoopQuality>
    let kept: Place<KeptBytes>
    let appended: Place<AppendedBytes>
    let edges: Place<LineEdgeEvent>
    let asked: Place<OperatorCommand>
    let linkRecords: Place<TickRecord>
    let recorderRecords: Place<TickRecord>
    let exchange: Place<SharedExchange>
    let end: Int

    init() {
      var end = 0
      func next<Element: ~Copyable>(_ count: Int) -> Place<Element> {
        defer { end += (MemoryLayout<Element>.stride * count + 63) & ~63 }
        return Place(offset: end, count: count)
      }
      samples = next(120)
      commands = next(120)
      guarded = next(120)
      lines = next(6)
      reports = next(12)
      quality = next(9)
      kept = next(6)
      appended = next(ExchangeMemory.appendCapacity)
      edges = next(ExchangeMemory.edgeCapacity)
      asked = next(ExchangeMemory.commandCapacity)
      linkRecords = next(ExchangeMemory.linkCapacity)
      recorderRecords = next(ExchangeMemory.recorderCapacity)
      exchange = next(1)
      self.end = end
    }
  }

  /// How much memory there must be.
  public static var byteCount: Int { Places().end }

  /// Initialises a stretch of zeros of `byteCount` bytes, page aligned, that is never given back.
  public init(in stretch: UnsafeMutableRawPointer, periodMicroseconds: Int32) {
    let places = Places()
    unsafe samples = places.samples.pointer(in: stretch)
    unsafe commands = places.commands.pointer(in: stretch)
    unsafe guarded = places.guarded.pointer(in: stretch)
    unsafe lines = places.lines.pointer(in: stretch)
    unsafe reports = places.reports.pointer(in: stretch)
    unsafe quality = places.quality.pointer(in: stretch)
    unsafe kept = places.kept.pointer(in: stretch)
    unsafe appended = places.appended.buffer(in: stretch)
    unsafe edges = places.edges.buffer(in: stretch)
    unsafe asked = places.asked.buffer(in: stretch)
    unsafe linkRecords = places.linkRecords.buffer(in: stretch)
    unsafe recorderRecords = places.recorderRecords.buffer(in: stretch)
    unsafe exchange = places.exchange.pointer(in: stretch)
    unsafe samples.initialize(repeating: ChannelSamples(), count: places.samples.count)
    unsafe commands.initialize(repeating: ChipCommand(), count: places.commands.count)
    unsafe guarded.initialize(repeating: ChipCommand(), count: places.guarded.count)
    unsafe lines.initialize(repeating: LineCommands(), count: places.lines.count)
    unsafe reports.initialize(repeating: BusReport(), count: places.reports.count)
    unsafe quality.initialize(
      repeating: LoopQuality(periodMicroseconds: periodMicroseconds), count: places.quality.count)
    unsafe kept.initialize(repeating: KeptBytes(), count: places.kept.count)
    unsafe appended.initialize(repeating: AppendedBytes())
    unsafe edges.initialize(repeating: LineEdgeEvent(line: 255, isAsserted: false, at: .start))
    unsafe asked.initialize(
      repeating: OperatorCommand(decision: 0, source: .link, action: .acknowledgeAlarms))
    unsafe linkRecords.initialize(repeating: TickRecord())
    unsafe recorderRecords.initialize(repeating: TickRecord())
    unsafe exchange.initialize(to: SharedExchange(over: self))
  }

  /// Where the exchange is.
  public var reference: SharedExchange.Reference { unsafe SharedExchange.Reference(exchange) }
}
