public import ChipDrivers
public import PerfusionCore

/// Drives the GPIO outputs: writes what changed, tries again what failed, and lets a line fall back
/// when its lease has run out.
///
/// The only one that writes lines. A state machine like `BusWorker`: a thread steps it on a board,
/// the tick and the virtual clock in a simulation.
public struct LineKeeper: BitwiseCopyable, Sendable {
  /// No lease runs out before this.
  public private(set) var earliestEnd = Instant(microseconds: .max)
  /// Leases that ran out.
  public private(set) var expired: UInt64 = 0
  /// Writes that failed.
  public private(set) var failures: UInt64 = 0
  /// The state that lines were driven to last.
  public private(set) var driven: LineLevels = 0
  /// Lines whose state is known.
  public private(set) var known: LineLevels = 0
  /// Lines with an actuator that has a lease.
  private var leased: LineLevels = 0
  private var holding: LineLevels = 0
  private var on: LineLevels = 0
  private var lapsed: LineLevels = 0
  private var judged: LineLevels = 0

  /// The keeper of a board's lines.
  public init(_ wiring: borrowing BoardWiring) {
    for index in wiring.actuators.indices {
      guard let entry = ActuatorEntry(wiring.actuators[index], wiring),
        case .line(let line) = entry.target
      else { continue }
      let bit: LineLevels = 1 << UInt64(line & 63)
      leased |= bit
      switch entry.fallback {
      case .hold: holding |= bit
      case .on: on |= bit
      case .off: break
      }
    }
  }

  /// Lines whose lease does not simply hold.
  var falling: LineLevels { leased & ~holding }

  /// Brings the lines to what is asked at this moment.
  @inlinable public mutating func step(
    _ commands: borrowing LineCommands, now: Instant, board: inout some Platform & ~Copyable
  ) {
    let levels = levels(commands, now: now)
    var rest = changed(levels, commands)
    while rest != 0 {
      let line = rest.trailingZeroBitCount
      rest &= rest &- 1
      let isAsserted = levels >> UInt64(line) & 1 != 0
      do throws(BusError) {
        try board.writeLine(line, isAsserted: isAsserted)
        written(line, isAsserted)
      } catch {
        failed(1 << UInt64(line))
      }
    }
  }

  /// What the lines are to be at this moment: what is asked, or the fallback where the lease has
  /// run out.
  public mutating func levels(_ commands: borrowing LineCommands, now: Instant) -> LineLevels {
    let isNew = commands.renewed != judged
    if isNew || now >= earliestEnd || lapsed != 0 {
      judge(commands, now: now)
    }
    let falling = lapsed & ~holding
    return (commands.wanted & ~falling) | (on & falling)
  }

  private mutating func judge(_ commands: borrowing LineCommands, now: Instant) {
    let ends = commands.ends.span
    var over: LineLevels = 0
    var earliest: Int64 = .max
    var rest = leased & commands.renewed
    while rest != 0 {
      let line = rest.trailingZeroBitCount
      rest &= rest &- 1
      let end = ends[line]
      if end <= now.microseconds {
        over |= 1 << UInt64(line)
      } else {
        earliest = min(earliest, end)
      }
    }
    expired &+= UInt64((over & ~lapsed).nonzeroBitCount)
    lapsed = over
    judged = commands.renewed
    earliestEnd = Instant(microseconds: earliest)
  }

  /// Lines that are not known to have their level.
  public func changed(_ levels: LineLevels, _ commands: borrowing LineCommands) -> LineLevels {
    commands.commanded & (~known | (driven ^ levels))
  }

  /// These lines have the state `levels` already.
  mutating func adopt(_ levels: LineLevels, known: LineLevels) {
    self.known = known
    driven = levels & known
  }

  /// Somebody else may have driven lines: what is asked is written anew. What lines were driven to last
  /// stays: it goes along when another line of their group is written, and nobody else changes a line
  /// that is not asked for.
  mutating func forget() { known = 0 }

  /// Lines were written.
  @usableFromInline mutating func written(_ levels: LineLevels, _ changed: LineLevels) {
    known |= changed
    driven = (driven & ~changed) | (levels & changed)
  }

  /// The line was written.
  @usableFromInline mutating func written(_ line: Int, _ isAsserted: Bool) {
    written(isAsserted ? .max : 0, 1 << UInt64(line & 63))
  }

  /// Writing these lines failed: nothing is known of them, and they are tried again at the next step.
  @usableFromInline mutating func failed(_ lines: LineLevels) {
    failures &+= 1
    known &= ~lines
  }
}
