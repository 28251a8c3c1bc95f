public import PerfusionCore

/// What is wrong with the chips of a board, for the board file's checker to put into words.
///
/// Numbers are indices into the wiring's chips and buses.
public enum ScheduleIssue: BitwiseCopyable, Equatable, Sendable {
  /// A chip names a bus that the board does not have.
  case noSuchBus(chip: UInt8)
  /// The part cannot have this address.
  case impossibleAddress(chip: UInt8)
  /// Two chips would answer at the same time.
  case addressClash(chip: UInt8, other: UInt8)
  /// A PCA9685 answers at 0x70 (all-call) until it is initialised, where this chip sits.
  case allCallClash(chip: UInt8, other: UInt8)
  /// The bus is faster than the part allows (MCP9600: 100 kHz).
  case busTooFast(chip: UInt8)
  /// The multiplexer that a chip names is not a multiplexer.
  case notAMultiplexer(chip: UInt8)
  /// The multiplexer that a chip names is on another bus.
  case multiplexerOnOtherBus(chip: UInt8)
  /// A multiplexer has channels 0...7.
  case noSuchMultiplexerChannel(chip: UInt8)
  /// A multiplexer behind a multiplexer is not supported.
  case nestedMultiplexer(chip: UInt8)
  /// A chip has to be visited every 1...1000 ticks.
  case noVisitInterval(chip: UInt8)
  /// More chips or visits on a bus than a worker has places for.
  case tooManyChips(bus: UInt8)
  /// A chip's visit finds no free time in its tick.
  case noRoom(chip: UInt8)
  /// The busiest tick takes more of the bus than the ceiling, in per mille.
  case overBudget(bus: UInt8, perMille: Int32)
}

/// A list of issues; more than 32 are not kept.
public typealias ScheduleIssues = FixedList<32, ScheduleIssue>
