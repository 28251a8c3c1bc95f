public import BoardFiles
public import CircuitModel
public import PerfusionCore

/// The deployed firmware on a virtual board in virtual time: one process, no threads.
///
/// `runTick` carries firmware, bus workers, chip models and circuit through one base tick.
public final class VirtualMachine {
  /// The board as its file describes it.
  public let board: BoardDescription
  /// What the operator sees.
  public var status: MachineStatus { MachineStatus() }
  /// What the controller was told by the sensors in the last tick.
  public var sensors: SensorSnapshot { SensorSnapshot() }
  /// What the controller told the actuators in the last tick.
  public var actuators: ActuatorCommands { ActuatorCommands() }
  /// What happened in the last tick.
  public var events: EventList { EventList() }
  /// The plant: true values, and its parameters to change.
  public var circuit: Circuit
  /// Virtual time.
  public private(set) var now = Instant.start

  /// A machine at power-on; every random draw comes from `seed`.
  public init(board: BoardDescription, seed: UInt64) {
    self.board = board
    circuit = Circuit(parameters: board.circuit)
  }

  /// Queues a command for the next tick; false when eight wait already.
  public func submit(_ command: OperatorCommand) -> Bool { true }
  /// Runs one base tick.
  public func runTick() {}
  /// Applies a fault: see `FaultSpecification`.
  public func inject(_ fault: FaultSpecification) throws(FaultRefusal) {}
  /// Ends a fault.
  public func clear(_ fault: FaultSpecification) throws(FaultRefusal) {}
}
