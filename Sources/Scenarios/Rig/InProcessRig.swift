public import BoardFiles
public import CircuitModel
public import PerfusionCore
public import VirtualBoard

/// Firmware, virtual board and plant in this process, in virtual time.
public final class InProcessRig: Rig {
  /// The machine as a whole.
  public let virtual: VirtualMachine
  /// The board file's configuration.
  public let machine: MachineConfiguration
  private let numbers: PlantNumbers
  private let operatorLink: OperatorLink?
  private var injected: Set<FaultSpecification> = []

  /// A machine at power-on.
  ///
  /// - Parameters:
  ///   - board: The board.
  ///   - seed: Seed of every random draw.
  ///   - usesLink: The operator's actions travel over the link, as those of a person's program do.
  public init(board: BoardDescription, seed: UInt64, usesLink: Bool = false) {
    virtual = VirtualMachine(board: board, seed: seed)
    machine = board.machine
    numbers = PlantNumbers(board.machine)
    operatorLink = usesLink ? OperatorLink(board) : nil
  }

  /// `in-process`.
  public var name: String { "in-process" }
  /// The plant is simulated here.
  public var knowsTruth: Bool { true }
  /// Virtual time.
  public var now: Instant { virtual.now }
  /// What the operator sees.
  public var status: MachineStatus { _read { yield virtual.status } }
  /// What the controller was told.
  public var sensors: SensorSnapshot { _read { yield virtual.sensors } }
  /// What the controller told the actuators.
  public var actuators: ActuatorCommands { _read { yield virtual.actuators } }
  /// What happened in the last tick.
  public var events: EventList {
    guard let operatorLink else { return virtual.events }
    return operatorLink.translated(virtual.events)
  }
  /// Something happened in the last tick.
  public var hasEvents: Bool { virtual.hasEvents }
  /// The link ended, or sent what it must not.
  public var trouble: String? { operatorLink?.trouble }
  /// True values of the plant.
  public var truth: CircuitSignals? { virtual.circuit.signals }
  /// True state of the board.
  public var boardTruth: BoardState? { virtual.truth }

  /// A sum over everything that was read and commanded so far.
  public var fingerprint: UInt64 { virtual.fingerprint }

  /// A number of the plant.
  public func parameter(_ name: String) -> Double? {
    numbers.value(name, of: virtual.circuit.parameters)
  }
  /// Queues a command, or sends it over the link when the rig was made so.
  public func submit(_ command: OperatorCommand) -> Bool {
    operatorLink.map { $0.send(command) } ?? virtual.submit(command)
  }

  /// Lets one base tick pass.
  public func advance() {
    guard let operatorLink else { return virtual.runTick() }
    operatorLink.serve(self)
    virtual.runTick()
    operatorLink.take(self)
  }

  /// Power off, faults off; the rotors must come to rest.
  public func makeSafe() -> String? {
    virtual.killFirmware()
    virtual.makeSafe(injected)
    return virtual.restingTrouble { virtual.runTick() }
  }

  /// Acts on plant, board or supply.
  public func apply(_ stimulus: Stimulus) throws(StimulusRefusal) {
    if try virtual.play(stimulus, numbers) {
      if case .fault(let fault) = stimulus { injected.insert(fault) }
      return
    }
    switch stimulus {
    case .killFirmware: virtual.killFirmware()
    case .restartFirmware(let delay): virtual.restartFirmware(after: .seconds(delay))
    case .hangFirmware: virtual.stopTicking()
    case .wallClock: throw .unsupported("the firmware in this process has no wall clock")
    case .boardSupply:
      throw .unsupported("the virtual board's own supply has no switch; a bench has one")
    default: throw .unsupported("this rig cannot do that")
    }
  }
}
