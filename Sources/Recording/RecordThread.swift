public import BlackBox
public import Firmware
internal import PerfusionCore

/// The thread that turns what the tick left into messages for the black box; it never waits for a
/// medium, so that the ring of messages, which holds many seconds, and not the one of ticks, takes
/// up what a slow medium leaves.
public struct RecordThread<Board: ThreadedBoard>: ~Copyable {
  private let board: Board
  private let shared: SharedExchange.Reference
  private var recorder: TickRecorder
  private var latest = TickRecord()
  private var overruns: UInt64 = 0

  /// How often it looks, nanoseconds: 10 ms.
  public static var period: Int64 { 10_000_000 }

  /// The thread of a recorder, for a firmware whose threads share this exchange.
  public init(
    _ board: Board, recorder: consuming TickRecorder, shared: SharedExchange.Reference
  ) {
    self.board = board
    self.recorder = recorder
    self.shared = shared
  }

  /// A controller begins with this material (`Retention.readStart`).
  public mutating func begin(with material: Span<UInt8>) {
    recorder.begin(retained: material, isAdopting: false, now: board.now)
  }

  /// Hands over until the firmware ends, and then what is left.
  public mutating func run() {
    while !shared.exchange({ $0.isStopping }) {
      turn()
      board.sleep(until: board.nanoseconds &+ RecordThread.period)
    }
    turn()
    recorder.flush()
    shared.exchange { $0.completeRecording() }
  }

  /// Takes what the tick left.
  public mutating func turn() {
    // No more than the ring holds, so that a tick that never rests cannot keep it here.
    for _ in 0..<256 {
      let last = latest.tick.count
      guard shared.exchange({ $0.recorderRecords.take { latest = copy $0 } }) else { break }
      if last > 0 && latest.tick.count > last &+ 1 { recorder.lose(latest.tick.count &- last &- 1) }
      recorder.record(
        tick: latest.tick, now: latest.at, sensors: latest.sensors, commands: latest.commands,
        actuators: latest.actuators, events: latest.events)
    }
    var quality: LoopQuality?
    shared.exchange { $0.recorderQuality.fetch { quality = copy $0 } }
    if let quality { report(quality) }
  }

  private mutating func report(_ quality: LoopQuality) {
    var report = LoopReport(quality)
    report.tick = latest.tick.count
    report.longestPeriod = latest.loop.longestPeriod
    recorder.report(report, now: latest.at)
  }
}

extension LoopReport {
  /// What the tick's thread knows about itself.
  init(_ quality: LoopQuality) {
    self.init()
    overruns = quality.overrunCount
    longestExecution = quality.execution.longest / 1000
    period = quality.period
    wakeUp = LatencyFigures(quality.wakeUp)
    execution = LatencyFigures(quality.execution)
    overrunsByPart.wakeUp = quality.overruns(in: .wakeUp)
    overrunsByPart.acquire = quality.overruns(in: .acquire)
    overrunsByPart.step = quality.overruns(in: .step)
    overrunsByPart.apply = quality.overruns(in: .apply)
    overrunsByPart.publish = quality.overruns(in: .publish)
    expiredLeases = quality.expiredLeases
    failedLineWrites = quality.failedLineWrites
    lostRecords = quality.lostRecords
    lostEdges = quality.lostEdges
    failedStores = quality.failedStores
    for index in 0..<4 where quality.buses.span[index].elapsed > 0 {
      buses.append(BusFigures(quality.buses.span[index]))
    }
  }
}
