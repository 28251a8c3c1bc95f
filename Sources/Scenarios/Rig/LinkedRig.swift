public import CircuitModel
import LinkMessages
public import PerfusionCore
public import VirtualBoard

/// A rig whose machine is seen and operated by the firmware's link alone, as a person's program sees
/// it, in a world that the rig simulates: what is true about plant and board is known.
public protocol LinkedRig: Rig {
  /// What the link has told.
  var talk: FirmwareTalk { get }
  /// Plant, drives, clamps, supply and switches around the firmware.
  var world: BareBoard { get }
  /// The plant's numbers by name.
  var numbers: PlantNumbers { get }
}

extension LinkedRig {
  /// The plant is simulated by the rig.
  public var knowsTruth: Bool { true }
  /// The world's time: since power-on.
  public var now: Instant { world.time }
  /// What the operator sees, by the last frame.
  public var status: MachineStatus { talk.conversation.frame?.status ?? MachineStatus() }
  /// What the controller was told, by the last frame.
  public var sensors: SensorSnapshot { talk.conversation.frame?.sensors ?? SensorSnapshot() }
  /// What the controller told the actuators, by the last frame.
  public var actuators: ActuatorCommands {
    talk.conversation.frame?.actuators ?? ActuatorCommands()
  }
  /// What the link has told since the tick before.
  public var events: EventList { talk.events }
  /// The link has told something.
  public var hasEvents: Bool { !talk.events.isEmpty }
  /// True values of the plant.
  public var truth: CircuitSignals? { world.circuit.signals }
  /// True state of what stands around the firmware.
  public var boardTruth: BoardState? { world.hands.truth }

  /// A number of the plant.
  public func parameter(_ name: String) -> Double? {
    numbers.value(name, of: world.circuit.parameters)
  }
}

/// Reads in place: nothing of the world is copied for one number.
extension GaugeReader where Self: LinkedRig {
  func value(of source: ObservableSource) -> Double {
    switch source {
    case .truePumpSpeed(let index): world.hands.rotorSpeed(pump: index)?.base ?? .nan
    case .boardTruth(let field): field.value(world.hands)
    default: source.value(on: self)
    }
  }
}
