public import PerfusionCore

/// Hears what the firmware's controller was told and told the board, tick by tick: a black box.
public protocol TickListener: AnyObject {
  /// A controller began, from these bytes (`StartMaterial`); the next tick is its first.
  func began(start: [UInt8], now: Instant)
  /// A tick was carried out.
  func ticked(
    _ tick: Tick, now: Instant, sensors: borrowing SensorSnapshot,
    commands: borrowing CommandQueue, actuators: borrowing ActuatorCommands,
    events: borrowing EventList)
}
