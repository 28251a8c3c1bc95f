internal import ChipDrivers
public import PerfusionCore
internal import Synchronization

/// What the threads of the firmware share, and the lease guard with them: hand-overs without locks
/// over memory of a fixed size.
///
/// It lives in memory that processes share and never moves.
@safe public struct SharedExchange: ~Copyable, @unchecked Sendable {
  /// From the bus's worker to the tick, by chip.
  let samples: InlineArray<40, LatestValue<ChannelSamples>>
  /// From the tick to the bus's worker, by chip.
  let commands: InlineArray<40, LatestValue<ChipCommand>>
  /// From the tick to the lease guard, by chip.
  let guardedCommands: InlineArray<40, LatestValue<ChipCommand>>
  /// From the tick to the keeper of the lines.
  let lines: LatestValue<LineCommands>
  /// From the tick to the lease guard.
  let guardedLines: LatestValue<LineCommands>
  /// From the workers to the tick, by bus.
  let reports: InlineArray<4, LatestValue<BusReport>>
  /// From the edge thread to the tick.
  let edges: RecordRing<LineEdgeEvent>
  /// From the tick to the storage thread: the two retained records.
  let kept: InlineArray<2, LatestValue<KeptBytes>>
  /// From the tick to the storage thread: what is appended to the alarm log.
  let appended: RecordRing<AppendedBytes>
  /// From the link to the tick.
  public let commandsAsked: RecordRing<OperatorCommand>
  /// From the tick to the link.
  public let linkRecords: RecordRing<TickRecord>
  /// From the tick to the black box.
  public let recorderRecords: RecordRing<TickRecord>
  /// From the tick to the link, once a second.
  public let linkQuality: LatestValue<LoopQuality>
  /// From the tick to the black box, once a second.
  public let recorderQuality: LatestValue<LoopQuality>
  /// From the tick to whoever runs the process, once, when it has ended.
  public let finalQuality: LatestValue<LoopQuality>
  /// When each worker was last alive, and the keeper (place 4), nanoseconds.
  let heartbeats: InlineArray<5, Atomic<Int64>>
  private let isEnding = Atomic<Bool>(false)
  private let isTickEnding = Atomic<Bool>(false)
  private let isHandedOver = Atomic<Bool>(false)
  private let expiredLineLeases = Atomic<UInt64>(0)
  private let failedLineWrites = Atomic<UInt64>(0)
  private let firstTick = Atomic<Int64>(0)
  private let lastTick = Atomic<Int64>(0)
  private let stall = Atomic<Int64>(0)
  private let failedStores = Atomic<UInt64>(0)
  private let guardWrites = Atomic<UInt64>(0)
  private let lastDisplay = Atomic<Int64>(0)
  private let isRecorded = Atomic<Bool>(false)
  private let isWithoutLink = Atomic<Bool>(false)
  private let isWithoutRecorder = Atomic<Bool>(false)
  private let isRecorderAway = Atomic<Bool>(false)

  /// An exchange over memory that outlives it.
  init(over places: borrowing ExchangeMemory) {
    let (samples, commands, guarded) = unsafe (places.samples, places.commands, places.guarded)
    let reports = unsafe places.reports
    self.samples = InlineArray { unsafe LatestValue(over: samples + 3 * $0) }
    self.commands = InlineArray { unsafe LatestValue(over: commands + 3 * $0) }
    guardedCommands = InlineArray { unsafe LatestValue(over: guarded + 3 * $0) }
    self.reports = InlineArray { unsafe LatestValue(over: reports + 3 * $0) }
    lines = unsafe LatestValue(over: places.lines)
    guardedLines = unsafe LatestValue(over: places.lines + 3)
    let kept = unsafe places.kept
    self.kept = InlineArray { unsafe LatestValue(over: kept + 3 * $0) }
    appended = unsafe RecordRing(over: places.appended)
    edges = unsafe RecordRing(over: places.edges)
    commandsAsked = unsafe RecordRing(over: places.asked)
    linkRecords = unsafe RecordRing(over: places.linkRecords)
    recorderRecords = unsafe RecordRing(over: places.recorderRecords)
    linkQuality = unsafe LatestValue(over: places.quality)
    recorderQuality = unsafe LatestValue(over: places.quality + 3)
    finalQuality = unsafe LatestValue(over: places.quality + 6)
    heartbeats = InlineArray { _ in Atomic(0) }
  }

  /// The threads are asked to end.
  public var isStopping: Bool { isEnding.load(ordering: .acquiring) }
  /// Asks the threads to end.
  public func stop() { isEnding.store(true, ordering: .releasing) }

  /// The tick is asked to end, or everything.
  public var isTickStopping: Bool { isTickEnding.load(ordering: .acquiring) || isStopping }
  /// Asks the tick to end; who drives outputs goes on, and leases run out.
  public func stopTick() { isTickEnding.store(true, ordering: .releasing) }

  /// The firmware ended in order: nobody is to let its outputs fall back.
  public var wasHandedOver: Bool { isHandedOver.load(ordering: .acquiring) }
  /// The firmware ends in order.
  public func handOver() { isHandedOver.store(true, ordering: .releasing) }

  /// When the first tick was done, nanoseconds; 0 before.
  public var firstTickDone: Int64 { firstTick.load(ordering: .relaxed) }
  /// When the last tick was done, nanoseconds; 0 before the first.
  public var lastTickDone: Int64 { lastTick.load(ordering: .relaxed) }
  func tickDone(at nanoseconds: Int64) {
    if firstTick.load(ordering: .relaxed) == 0 { firstTick.store(nanoseconds, ordering: .relaxed) }
    lastTick.store(nanoseconds, ordering: .relaxed)
  }

  /// How long the tick stood still when that made it give up, nanoseconds; 0 while it runs.
  public var stalledFor: Int64 { stall.load(ordering: .relaxed) }
  func stalled(for nanoseconds: Int64) { stall.store(nanoseconds, ordering: .relaxed) }

  /// Records that could not be written to the medium, or found no room on the way.
  public var failedWrites: UInt64 { failedStores.load(ordering: .relaxed) &+ appended.lost }
  /// Something could not be written, or is later on the medium than it must be.
  public func storageFailed() { failedStores.wrappingAdd(1, ordering: .relaxed) }

  /// How long a display may be silent, microseconds: it speaks every 100 ms. The table of interlocks
  /// waits another second (AL-55).
  public static var displayPatience: Int64 { 250_000 }
  /// When a display last said that it can be read, microseconds of the firmware's clock; 0: none
  /// belongs to the machine.
  public func displaySeen(at microseconds: Int64) {
    lastDisplay.store(microseconds, ordering: .relaxed)
  }
  /// A display belongs to the machine and is silent, or the link that would hear it is.
  func isDisplayLost(at now: Instant) -> Bool {
    let seen = lastDisplay.load(ordering: .relaxed)
    return seen != 0 && now.microseconds &- seen > SharedExchange.displayPatience
  }

  /// Somebody takes the records for the link.
  var hasLink: Bool { !isWithoutLink.load(ordering: .relaxed) }
  /// Somebody takes the records for the black box.
  var hasRecorder: Bool { !isWithoutRecorder.load(ordering: .relaxed) }
  /// Before the tick starts: nobody takes the records for one of them, or for both, so that they
  /// are not counted as lost.
  public func leaveOut(link: Bool, recorder: Bool) {
    isWithoutLink.store(link, ordering: .relaxed)
    isWithoutRecorder.store(recorder, ordering: .relaxed)
  }

  /// A black box belongs to the machine and cannot be written.
  var isRecorderMissing: Bool { isRecorderAway.load(ordering: .relaxed) }
  /// Before the tick starts: the machine runs without a black box, or a link, that belongs to it, and
  /// says so (AL-67, AL-55).
  public func miss(link: Bool, recorder: Bool) {
    isRecorderAway.store(recorder, ordering: .relaxed)
    if link { displaySeen(at: 1) }
  }

  /// Whoever turns records into messages for the black box has handed over the last one.
  public var isRecordingComplete: Bool { isRecorded.load(ordering: .acquiring) }
  /// The last record of the black box has been handed over.
  public func completeRecording() { isRecorded.store(true, ordering: .releasing) }

  /// A worker or keeper that gave no sign for so long is taken to stand still, nanoseconds: five
  /// times what the keeper sleeps at most, and half the shortest lease of the sample boards.
  static var patience: Int64 { 250_000_000 }
  /// A worker that waits gives a sign at least so often, nanoseconds.
  static var pulse: Int64 { 100_000_000 }
  /// All threads are about to start.
  func beatAll(at nanoseconds: Int64) { for place in 0..<5 { beat(place, at: nanoseconds) } }
  /// When the worker of a bus, or the keeper (place 4), was last alive.
  func heartbeat(_ place: Int) -> Int64 { heartbeats[place].load(ordering: .relaxed) }
  func beat(_ place: Int, at nanoseconds: Int64) {
    heartbeats[place].store(nanoseconds, ordering: .relaxed)
  }

  /// How often the lease guard has driven lines: what the keeper knew of them is void since.
  var linesDrivenByGuard: UInt64 { guardWrites.load(ordering: .acquiring) }
  func guardDroveLines() { guardWrites.wrappingAdd(1, ordering: .acquiringAndReleasing) }

  /// Leases of lines that ran out, and writes that failed.
  var lineTrouble: (expired: UInt64, failed: UInt64) {
    (expiredLineLeases.load(ordering: .relaxed), failedLineWrites.load(ordering: .relaxed))
  }
  func tellLines(expired: UInt64, failed: UInt64) {
    expiredLineLeases.store(expired, ordering: .relaxed)
    failedLineWrites.store(failed, ordering: .relaxed)
  }
}

extension SharedExchange {
  /// Where an exchange is; every thread has its own copy.
  @safe public struct Reference: @unchecked Sendable, BitwiseCopyable {
    private let place: UnsafeMutablePointer<SharedExchange>
    /// The exchange at this place.
    public init(_ place: UnsafeMutablePointer<SharedExchange>) { unsafe self.place = unsafe place }
    /// Uses the exchange.
    @discardableResult public func exchange<Result>(
      _ use: (borrowing SharedExchange) -> Result
    ) -> Result {
      unsafe use(place.pointee)
    }
  }
}
