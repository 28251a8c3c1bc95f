internal import PerfusionCore

/// A record that waits to be written.
struct KeptBytes: BitwiseCopyable, Sendable {
  static var capacity: Int { 4096 }
  /// Its number among all records, so that they reach the medium in order.
  private(set) var number: UInt64 = 0
  private(set) var count = 0
  private var bytes = InlineArray<4096, UInt8>(repeating: 0)

  init() {}

  mutating func fill(_ source: borrowing Span<UInt8>, number: UInt64) {
    self.number = number
    count = min(source.count, KeptBytes.capacity)
    for index in 0..<count { bytes[index] = source[index] }
  }

  borrowing func read<Result>(_ use: (borrowing Span<UInt8>) -> Result) -> Result {
    use(bytes.span.extracting(first: count))
  }
}

/// Bytes that wait to be appended.
struct AppendedBytes: BitwiseCopyable, Sendable {
  static var capacity: Int { 256 }
  private(set) var count = 0
  private var bytes = InlineArray<256, UInt8>(repeating: 0)

  init() {}

  mutating func fill(_ source: borrowing Span<UInt8>) {
    count = min(source.count, AppendedBytes.capacity)
    for index in 0..<count { bytes[index] = source[index] }
  }

  borrowing func read<Result>(_ use: (borrowing Span<UInt8>) -> Result) -> Result {
    use(bytes.span.extracting(first: count))
  }
}

/// The thread that writes what must outlive a power cut, so that the tick never waits for a medium.
public struct StorageThread<Board: ThreadedBoard>: ~Copyable {
  private var board: Board
  private let shared: SharedExchange.Reference
  private var waiting = (KeptBytes(), KeptBytes())
  /// What the tick hands over waits at most this long before its writing begins, nanoseconds.
  public static var patience: Int64 { 20_000_000 }

  /// The storage thread of a board.
  public init(_ board: Board, shared: SharedExchange.Reference) {
    self.board = board
    self.shared = shared
  }

  /// Writes until the firmware ends, and then what still waits.
  public mutating func run() {
    while !shared.exchange({ $0.isStopping }) {
      board.sleep(until: board.nanoseconds &+ Self.patience)
      step()
    }
    step()
  }

  /// Writes what waits now.
  public mutating func step() {
    var isNew = (false, false)
    shared.exchange { shared in
      isNew.0 = shared.kept[0].fetch { waiting.0 = copy $0 }
      isNew.1 = shared.kept[1].fetch { waiting.1 = copy $0 }
    }
    let secondFirst = isNew.0 && isNew.1 && waiting.1.number < waiting.0.number
    if isNew.1 && secondFirst { store(waiting.1, .retainedSecond) }
    if isNew.0 { store(waiting.0, .retainedFirst) }
    if isNew.1 && !secondFirst { store(waiting.1, .retainedSecond) }
    var part = AppendedBytes()
    while shared.exchange({ $0.appended.take { part = copy $0 } }) {
      let isWritten = part.read { board.add($0, to: .alarmLog) }
      if !isWritten { shared.exchange { $0.storageFailed() } }
    }
  }

  private mutating func store(_ record: KeptBytes, _ place: KeptPlace) {
    let isWritten = record.read { board.store($0, in: place) }
    if !isWritten { shared.exchange { $0.storageFailed() } }
  }
}
