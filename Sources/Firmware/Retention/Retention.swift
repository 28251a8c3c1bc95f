public import PerfusionCore

/// Writes what has to outlive the firmware, in turns into two places, and reads it at the start
/// (docs/domain.md 8.4).
///
/// A write that a power cut tears costs the newest record at most: the other place still holds the
/// one before.
public struct Retention: ~Copyable, Sendable {
  /// Why the record of the first place was not believed.
  public private(set) var firstFault: RecordFault?
  /// Why the record of the second place was not believed.
  public private(set) var secondFault: RecordFault?
  /// Records written.
  public private(set) var writes: UInt64 = 0
  private var buffer = RecordBuffer()
  /// What the controller was started from (`StartMaterial`).
  private var start = RecordBuffer()
  private var sequence: UInt32 = 0
  private var next = KeptPlace.retainedFirst
  private var ticksSinceWrite: UInt64 = 1 << 62
  private let board: UInt32
  /// `interval` in ticks.
  private var ticksBetween: (quiet: UInt64, dosing: UInt64) = (1, 1)

  /// Longest time between two records while nothing happens, for the timers; while a cardioplegia
  /// dose is delivered it is a second.
  static var interval: (quiet: Seconds, dosing: Seconds) { (.seconds(10), .seconds(1)) }

  /// The records of a board image with this check sum.
  init(board: UInt32) { self.board = board }

  /// A newer record than the one that was read may have been lost.
  var isDoubtful: Bool { (firstFault?.isDamage ?? false) || (secondFault?.isDamage ?? false) }

  /// Reads both places and gives the newer sound record.
  mutating func recall<Board: Platform & ~Copyable>(
    _ platform: inout Board, machine: MachineConfiguration
  ) -> RetainedRecord? {
    ticksBetween.quiet = UInt64(clamping: machine.ticks(Retention.interval.quiet))
    ticksBetween.dosing = UInt64(clamping: machine.ticks(Retention.interval.dosing))
    let first = read(.retainedFirst, &platform, machine)
    let second = read(.retainedSecond, &platform, machine)
    firstFault = first.fault
    secondFault = second.fault
    let newest = Retention.newer(first.record, second.record)
    guard let newest else {
      writeStart(platform.now, count: 0)
      return nil
    }
    sequence = newest.sequence
    let isFirst = newest.sequence == first.record?.sequence
    next = isFirst ? .retainedSecond : .retainedFirst
    var bytes = buffer.bytes.mutableSpan
    let count = platform.recall(isFirst ? .retainedFirst : .retainedSecond, into: &bytes)
    writeStart(platform.now, count: count)
    return newest
  }

  private mutating func writeStart(_ now: Instant, count: Int) {
    StartMaterial.write(
      into: &start, now: now, board: board, isDoubtful: isDoubtful, first: firstFault,
      second: secondFault, record: buffer.bytes.span.extracting(first: max(count, 0)))
  }

  /// Shows what the controller was started from, for a black box.
  public func readStart<Result>(_ use: (Span<UInt8>) -> Result) -> Result {
    use(start.bytes.span.extracting(first: start.count))
  }

  private static func newer(
    _ first: RetainedRecord?, _ second: RetainedRecord?
  ) -> RetainedRecord? {
    guard let first else { return second }
    guard let second else { return first }
    return Int32(bitPattern: second.sequence &- first.sequence) > 0 ? second : first
  }

  private mutating func read<Board: Platform & ~Copyable>(
    _ place: KeptPlace, _ platform: inout Board, _ machine: MachineConfiguration
  ) -> (record: RetainedRecord?, fault: RecordFault?) {
    var bytes = buffer.bytes.mutableSpan
    let count = platform.recall(place, into: &bytes)
    do throws(RecordFault) {
      let record = try RetainedRecord.read(
        &buffer, count: count, configuration: machine, board: board)
      return (record, nil)
    } catch {
      return (nil, error)
    }
  }

  /// Writes a record when something happened in this tick, or the last one has grown old.
  @usableFromInline mutating func follow<Board: Platform & ~Copyable>(
    _ controller: inout Controller, hasEvents: Bool, now: Instant, _ platform: inout Board
  ) {
    guard !controller.isAdopting else { return }
    ticksSinceWrite &+= 1
    let interval = controller.isDosing ? ticksBetween.dosing : ticksBetween.quiet
    guard hasEvents || ticksSinceWrite >= interval else { return }
    ticksSinceWrite = 0
    sequence &+= 1
    controller.writeRetained(into: &buffer, sequence: sequence, board: board, now: now)
    let record = buffer.bytes.span.extracting(first: buffer.count)
    platform.keep(record, in: next)
    next = next == .retainedFirst ? .retainedSecond : .retainedFirst
    writes &+= 1
  }
}
