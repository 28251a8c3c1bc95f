public import PerfusionCore

/// A build of the controller that replays a recording: the one in this program, or another behind
/// a pipe.
public protocol ReplayedCore {
  /// A controller begins.
  mutating func begin(_ start: ReplayStart) throws(ReplayFailure)
  /// Carries it through one tick; its answer is in `actuators` and `events`.
  mutating func step(
    tick: UInt64, now: Instant, sensors: SensorSnapshot, commands: CommandQueue,
    actuators: inout ActuatorCommands, events: inout EventList
  ) throws(ReplayFailure)
}

/// How a controller began.
public struct ReplayStart: Sendable {
  /// The record that it took up; empty: it began from nothing.
  public var retained: [UInt8]
  /// It took up a machine that was running.
  public var isAdopting: Bool
}

/// Why a replay could not be carried out.
public enum ReplayFailure: Error, Sendable, CustomStringConvertible {
  /// The recording does not hold what a controller took up when it began.
  case retainedMissing
  /// The record that a controller took up cannot be read by this version.
  case retainedUnreadable
  /// The recording begins in the middle of a run.
  case noBeginning
  /// Ticks are missing from this one on: number, how many.
  case lost(UInt64, UInt64)
  /// The other build answered with something else than it must, or ended.
  case core(String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .retainedMissing:
      "the controller began on a running machine, and the file does not hold what it took up"
    case .retainedUnreadable:
      "the record that the controller took up is of another version; replay with that version"
    case .noBeginning:
      "the file begins in the middle of a run; give the files before it first, in order"
    case .lost(let tick, let count):
      "\(count) ticks before tick \(tick) could not be recorded; what follows cannot be replayed"
    case .core(let why): "the other build of the core \(why)"
    }
  }
}

/// The controller in this program.
public struct LinkedCore: ReplayedCore {
  private let machine: MachineConfiguration
  private var controller: Controller

  /// The controller of a machine.
  public init(_ machine: MachineConfiguration) {
    self.machine = machine
    controller = Controller(configuration: machine)
  }

  /// A controller begins.
  public mutating func begin(_ start: ReplayStart) throws(ReplayFailure) {
    guard !start.isAdopting || !start.retained.isEmpty else { throw .retainedMissing }
    do throws(RecordFault) {
      controller = try Controller(
        configuration: machine, startedFrom: start.retained.span)
    } catch {
      throw .retainedUnreadable
    }
  }

  /// Carries it through one tick.
  public mutating func step(
    tick: UInt64, now: Instant, sensors: SensorSnapshot, commands: CommandQueue,
    actuators: inout ActuatorCommands, events: inout EventList
  ) throws(ReplayFailure) {
    controller.step(
      sensors: sensors, commands: commands, actuators: &actuators, events: &events)
  }
}
