/// What transfers cost on a bus: clocks on the wire and the number of calls into the adapter.
public struct TransferCost: BitwiseCopyable, Equatable, Sendable {
  /// Bus clocks.
  public var clocks: Int32
  /// Transactions, each with `overheadMicroseconds` of its own.
  public var transactions: Int32

  /// Time a transaction costs beside its clocks (docs/domain.md 10.3: 30...100 us).
  @inlinable public static var overheadMicroseconds: Int32 { 60 }

  /// Makes a cost.
  public init(clocks: Int32, transactions: Int32) {
    self.clocks = clocks
    self.transactions = transactions
  }

  /// Writes `write` bytes, then reads `read` bytes: nine clocks a byte, the address included, and
  /// two for start and stop, three with a repeated start.
  public init(write: Int32, read: Int32) {
    transactions = 1
    if write > 0 && read > 0 {
      clocks = 9 * (2 + write + read) + 3
    } else {
      clocks = 9 * (1 + write + read) + 2
    }
  }

  /// Nothing.
  public static var none: TransferCost { TransferCost(clocks: 0, transactions: 0) }

  /// Both, one after the other.
  public static func + (left: TransferCost, right: TransferCost) -> TransferCost {
    TransferCost(
      clocks: left.clocks + right.clocks, transactions: left.transactions + right.transactions)
  }

  /// Microseconds on a bus of this clock, rounded up; a clock below 1 kHz counts as 1 kHz.
  public func microseconds(clockHertz: UInt32) -> Int32 {
    let hertz = Int64(max(clockHertz, 1000))
    let wire = (Int64(clocks) * 1_000_000 + hertz - 1) / hertz
    return Int32(clamping: wire) &+ transactions &* TransferCost.overheadMicroseconds
  }
}
