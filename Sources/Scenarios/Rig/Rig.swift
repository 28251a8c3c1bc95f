public import CircuitModel
public import PerfusionCore
public import VirtualBoard

/// What a case can do to the world around the firmware, beside operating it.
public enum Stimulus: Sendable, Hashable {
  /// Sets a number of the plant.
  case parameter(String, Double)
  /// Puts this much air, in millilitres, in front of a detector.
  case air(String, Double)
  /// Applies a fault.
  case fault(FaultSpecification)
  /// Ends a fault.
  case clear(FaultSpecification)
  /// Mains comes or goes.
  case mains(Bool)
  /// The firmware dies and starts again.
  case restartFirmware
}

/// Why a rig did not apply a stimulus.
public enum StimulusRefusal: Error, Sendable, Equatable {
  /// No rig of this kind can: the scenario is unsupported here, never passed.
  case unsupported(String)
  /// The scenario names something that the board does not have.
  case wrong(String)
}

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
  /// True values of the plant, nothing on a rig that does not know them.
  var truth: CircuitSignals? { get }
  /// The rig knows its plant's true values.
  var knowsTruth: Bool { get }

  /// A number of the plant now, nothing when the rig does not know it.
  func parameter(_ name: String) -> Double?
  /// Asks the controller for something in the next tick; false when its queue is full.
  func submit(_ command: OperatorCommand) -> Bool
  /// Acts on the world around the firmware.
  func apply(_ stimulus: Stimulus) throws(StimulusRefusal)
  /// Lets one base tick pass.
  func advance()
}
