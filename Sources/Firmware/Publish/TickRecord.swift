public import PerfusionCore

/// Everything that one tick took and gave: what the tick hands over to the link and the black box.
///
/// `sensors` and `commands` are all that the controller was told; with the machine configuration
/// and what was retained they give the rest again, bit for bit.
public struct TickRecord: Sendable {
  /// The tick's number, as the controller counts.
  public var tick = Tick.start
  /// When the tick began.
  public var at = Instant.start
  /// What the controller was told by the sensors.
  public var sensors = SensorSnapshot()
  /// What it was asked.
  public var commands = CommandQueue()
  /// What it told the actuators.
  public var actuators = ActuatorCommands()
  /// What the operator sees.
  public var status = MachineStatus()
  /// What happened.
  public var events = EventList()
  /// How the loop keeps time.
  public var loop = LoopStatistics(tickMicroseconds: 5000)

  /// A record of no tick.
  public init() {}
}
