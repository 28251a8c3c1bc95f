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

  /// A machine at power-on.
  public init(board: BoardDescription, seed: UInt64) {
    virtual = VirtualMachine(board: board, seed: seed)
    machine = board.machine
    numbers = PlantNumbers(board.machine)
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
  public var events: EventList { _read { yield virtual.events } }
  /// Something happened in the last tick.
  public var hasEvents: Bool { virtual.hasEvents }
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
  /// Queues a command.
  public func submit(_ command: OperatorCommand) -> Bool { virtual.submit(command) }
  /// Lets one base tick pass.
  public func advance() { virtual.runTick() }

  /// Acts on plant, board or supply.
  public func apply(_ stimulus: Stimulus) throws(StimulusRefusal) {
    switch stimulus {
    case .parameter(let name, let value):
      guard numbers.set(name, to: value, of: &virtual.circuit.parameters) else {
        throw .wrong("the plant has no parameter \"\(name)\"")
      }
    case .air(let inlet, let volume): virtual.circuit.injectAir(volume: volume, at: inlet)
    case .removeAir: virtual.circuit.removeAir()
    case .giveVolume(let volume): virtual.circuit.giveVolume(volume)
    case .giveToPatient(let volume): virtual.circuit.giveToPatient(volume)
    case .fault(let fault): try inject(fault)
    case .clear(let fault): try clear(fault)
    case .mains(let isGood): virtual.setMains(good: isGood)
    case .batteryCharge(let hours): virtual.setBatteryCharge(ElectricCharge(base: hours))
    case .killFirmware: virtual.killFirmware()
    case .restartFirmware(let delay): virtual.restartFirmware(after: .seconds(delay))
    case .hangFirmware: virtual.stopTicking()
    case .emergencyStop(let isPressed):
      virtual.setEmergencyStop(first: isPressed, second: isPressed)
    case .cover(let pump, let isOpen): virtual.setCover(pump: pump, isOpen: isOpen)
    case .clampLever(let isHeld): virtual.holdClampOpen(isHeld)
    }
  }

  private func inject(_ fault: FaultSpecification) throws(StimulusRefusal) {
    do throws(FaultRefusal) { try virtual.inject(fault) } catch { throw Self.refusal(error) }
  }

  private func clear(_ fault: FaultSpecification) throws(StimulusRefusal) {
    do throws(FaultRefusal) { try virtual.clear(fault) } catch { throw Self.refusal(error) }
  }

  private static func refusal(_ refusal: FaultRefusal) -> StimulusRefusal {
    switch refusal {
    case .unknownTarget(let name, let nearest):
      .wrong(
        "the board has nothing called \"\(name)\""
          + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""))
    case .unsupported(let fault, let supported):
      .wrong(
        "\"\(fault.target)\" does not know \"\(fault.word.rawValue)\"; it knows "
          + supported.map(\.rawValue).joined(separator: ", "))
    }
  }
}
