public import BlackBox
public import Firmware
internal import PerfusionCore

/// The thread that writes the black box, and may wait for its medium.
public struct RecorderThread<Board: ThreadedBoard, Storage: RecordStorage & ~Copyable>: ~Copyable {
  /// The recorder.
  public var recorder: Recorder<Storage>
  private let board: Board
  private let shared: SharedExchange.Reference
  private var toldAt = Int64.min

  /// How often it looks, nanoseconds: 10 ms.
  public static var period: Int64 { 10_000_000 }
  /// Trouble that lasts is told so often, nanoseconds.
  static var reminder: Int64 { 1_000_000_000 }

  /// The thread of a recorder, for a firmware whose threads share this exchange.
  public init(
    _ board: Board, recorder: consuming Recorder<Storage>, shared: SharedExchange.Reference
  ) {
    self.board = board
    self.recorder = recorder
    self.shared = shared
  }

  /// Writes until the last record has been handed over, and ends the file.
  public mutating func run() {
    while !shared.exchange({ $0.isRecordingComplete }) {
      step()
      board.sleep(until: board.nanoseconds &+ RecorderThread.period)
    }
    recorder.finish(board.now)
  }

  /// Writes what is due, and tells the tick when the medium does not keep up.
  public mutating func step() {
    recorder.step(board.now)
    let now = board.nanoseconds
    guard !recorder.health.isGood, toldAt == .min || now &- toldAt >= RecorderThread.reminder else {
      return
    }
    toldAt = now
    shared.exchange { $0.storageFailed() }
  }
}
