/// The controller: takes what the sensors say and what the operator asks, once a tick, and gives
/// what the actuators are told and what happened.
///
/// A pure value: the same configuration and the same sequence of inputs give the same outputs, bit
/// for bit. `step` allocates nothing, reads no clock and does no input or output.
public struct Controller: Sendable {
  /// The machine, with what the operator confirmed since (tubes, limits).
  public private(set) var configuration: MachineConfiguration
  /// What the operator sees.
  public private(set) var status = MachineStatus()
  private var tick = Tick.start

  /// A controller at power-on.
  public init(configuration: MachineConfiguration) {
    self.configuration = configuration
  }

  /// Carries the machine through one tick.
  public mutating func step(
    sensors: borrowing SensorSnapshot, commands: borrowing CommandQueue,
    actuators: inout ActuatorCommands, events: inout EventList
  ) {
    tick = tick.next
    status.tick = tick
  }
}
