public import ChipDrivers
internal import PerfusionCore

/// What the tick asks of one chip: its outputs, and until when each of them holds.
///
/// Whoever drives the chip judges the leases at the moment it does so (`ChipLeases`), so that they
/// end whether ticks come or not.
public struct ChipCommand: BitwiseCopyable, Sendable {
  /// The outputs while their leases last.
  public var outputs = ChannelOutputs()
  /// When the lease of each channel, or of each pin of an expander, ends, in microseconds.
  @usableFromInline var ends = InlineArray<16, Int64>(repeating: .max)

  /// Nothing asked.
  public init() {}

  /// Nothing asked, every lease over.
  static var lapsed: ChipCommand {
    var command = ChipCommand()
    command.ends = InlineArray(repeating: .min)
    return command
  }

  /// Lets the lease of a channel or pin last until a moment.
  mutating func renew(_ place: Int, until end: Instant) {
    if place >= 0 && place < 16 { ends[place] = end.microseconds }
  }
}
