public import CircuitModel
public import PerfusionCore
public import VirtualBoard

/// Where a scenario runs: in one process, on a virtual kernel, on a bench.
///
/// The engine calls `advance` once a base tick and reads in between.
public protocol Rig: AnyObject {
  /// What the rig is called in reports.
  var name: String { get }
  /// The machine that is tested.
  var machine: MachineConfiguration { get }
  /// Time since power-on.
  var now: Instant { get }
  /// What the operator sees.
  var status: MachineStatus { get }
  /// What the controller was told.
  var sensors: SensorSnapshot { get }
  /// What the controller told the actuators.
  var actuators: ActuatorCommands { get }
  /// What happened in the last tick.
  var events: EventList { get }
  /// Something happened in the last tick.
  var hasEvents: Bool { get }
  /// True values of the plant, nothing on a rig that does not know them.
  var truth: CircuitSignals? { get }
  /// True state of drives, clamps and supply, nothing on a rig that does not know it.
  var boardTruth: BoardState? { get }
  /// The rig knows its plant's true values.
  var knowsTruth: Bool { get }

  /// How long it may take from power to the first word of the firmware, seconds.
  var bootSeconds: Double { get }
  /// A sum over everything that was read and commanded so far.
  var fingerprint: UInt64 { get }
  /// A number of the plant now, nothing when the rig does not know it.
  func parameter(_ name: String) -> Double?
  /// Asks the controller for something in the next tick; false when its queue is full.
  func submit(_ command: OperatorCommand) -> Bool
  /// Acts on the world around the firmware.
  func apply(_ stimulus: Stimulus) throws(StimulusRefusal)
  /// Lets one base tick pass.
  func advance()
  /// Why the rig cannot go on; nothing while it can.
  var trouble: String? { get }
  /// Takes faults off and power away and waits for the rotors to come to rest.
  ///
  /// - Returns: what is not safe, nothing when everything is.
  func makeSafe() -> String?
}

extension Rig {
  /// 15 s.
  public var bootSeconds: Double { 15 }
  /// Nothing ever keeps it from going on.
  public var trouble: String? { nil }
  /// Looks at the events themselves.
  public var hasEvents: Bool { !events.isEmpty }
}
