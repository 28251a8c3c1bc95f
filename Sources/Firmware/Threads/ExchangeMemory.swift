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

  /// How much memory there must be: each place is rounded up by itself, as `init` does.
  public static var byteCount: Int {
    size(of: ChannelSamples.self, 120) + 2 * size(of: ChipCommand.self, 120)
      + size(of: LineCommands.self, 6) + size(of: BusReport.self, 12)
      + size(of: LoopQuality.self, 9) + size(of: KeptBytes.self, 6)
      + size(of: AppendedBytes.self, appendCapacity) + size(of: LineEdgeEvent.self, edgeCapacity)
      + size(of: OperatorCommand.self, commandCapacity)
      + size(of: TickRecord.self, linkCapacity) + size(of: TickRecord.self, recorderCapacity)
      + size(of: SharedExchange.self, 1)
  }

  /// Room for some elements, rounded up to cache lines.
  private static func size<Element: ~Copyable>(of type: Element.Type, _ count: Int) -> Int {
    (MemoryLayout<Element>.stride * count + 63) & ~63
  }

  /// Initialises a stretch of zeros of `byteCount` bytes, page aligned, that is never given back.
  public init(in stretch: UnsafeMutableRawPointer, periodMicroseconds: Int32) {
    var used = 0
    func place<Element: ~Copyable>(
      _ type: Element.Type, _ count: Int
    ) -> UnsafeMutablePointer<Element> {
      defer { used += ExchangeMemory.size(of: type, count) }
      return unsafe (stretch + used).bindMemory(to: type, capacity: count)
    }
    func ring<Element>(_ type: Element.Type, _ count: Int) -> UnsafeMutableBufferPointer<Element> {
      unsafe UnsafeMutableBufferPointer(start: place(type, count), count: count)
    }
    unsafe samples = place(ChannelSamples.self, 120)
    unsafe commands = place(ChipCommand.self, 120)
    unsafe guarded = place(ChipCommand.self, 120)
    unsafe lines = place(LineCommands.self, 6)
    unsafe reports = place(BusReport.self, 12)
    unsafe quality = place(LoopQuality.self, 9)
    unsafe kept = place(KeptBytes.self, 6)
    unsafe appended = ring(AppendedBytes.self, ExchangeMemory.appendCapacity)
    unsafe edges = ring(LineEdgeEvent.self, ExchangeMemory.edgeCapacity)
    unsafe asked = ring(OperatorCommand.self, ExchangeMemory.commandCapacity)
    unsafe linkRecords = ring(TickRecord.self, ExchangeMemory.linkCapacity)
    unsafe recorderRecords = ring(TickRecord.self, ExchangeMemory.recorderCapacity)
    unsafe exchange = place(SharedExchange.self, 1)
    unsafe samples.initialize(repeating: ChannelSamples(), count: 120)
    unsafe commands.initialize(repeating: ChipCommand(), count: 120)
    unsafe guarded.initialize(repeating: ChipCommand(), count: 120)
    unsafe lines.initialize(repeating: LineCommands(), count: 6)
    unsafe reports.initialize(repeating: BusReport(), count: 12)
    unsafe quality.initialize(
      repeating: LoopQuality(periodMicroseconds: periodMicroseconds), count: 9)
    unsafe kept.initialize(repeating: KeptBytes(), count: 6)
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
