public import Firmware
internal import LinkMessages
internal import PerfusionCore

/// The thread of the link: takes what the tick left, serves the clients, sleeps.
public struct LinkThread<Board: ThreadedBoard, Transport: LinkTransport & ~Copyable>: ~Copyable {
  /// The link.
  public var server: LinkServer<Transport>
  private let board: Board
  private let shared: SharedExchange.Reference
  private var latest = TickRecord()

  /// How often it looks, nanoseconds: 5 ms.
  public static var period: Int64 { 5_000_000 }

  /// The link of a firmware whose threads share this exchange.
  public init(
    _ board: Board, server: consuming LinkServer<Transport>, shared: SharedExchange.Reference
  ) {
    self.board = board
    self.server = server
    self.shared = shared
  }

  /// Serves until the firmware ends.
  public mutating func run() {
    while !shared.exchange({ $0.isStopping }) {
      turn()
      board.sleep(until: board.nanoseconds &+ LinkThread.period)
    }
    server.stop(now: board.now.microseconds)
  }

  /// One look at everything.
  public mutating func turn() {
    let now = board.now.microseconds
    server.civilTime = board.civilTime
    // No more than the ring holds, so that a tick that never rests cannot keep the clients waiting.
    for _ in 0..<256 {
      let isTaken = shared.exchange { $0.linkRecords.take { latest = copy $0 } }
      guard isTaken else { break }
      server.take(latest, now: now)
    }
    var quality: LoopQuality?
    shared.exchange { $0.linkQuality.fetch { quality = copy $0 } }
    if let quality { server.take(LoopReport(quality, tick: latest.tick, at: latest.at)) }
    server.serve(now: now) { command in
      shared.exchange { $0.commandsAsked.put { $0 = command } }
    }
    let seen = server.displaySeen
    shared.exchange { $0.displaySeen(at: seen) }
  }
}
