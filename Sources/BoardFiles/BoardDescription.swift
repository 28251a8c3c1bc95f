public import ChipDrivers
public import CircuitModel
public import PerfusionCore

/// A checked board file: the machine, its wiring, and the plant that the virtual board puts
/// around it.
public struct BoardDescription: Sendable {
  /// Name in the board file.
  public var name: String
  /// Free text of the board file.
  public var summary: String
  /// What the controller is told.
  public var machine: MachineConfiguration
  /// How the board is wired.
  public var wiring: BoardWiring
  /// What the virtual board simulates around it; not part of the board image.
  public var circuit: CircuitParameters

  /// Makes a description.
  public init(
    name: String, summary: String, machine: MachineConfiguration, wiring: BoardWiring,
    circuit: CircuitParameters
  ) {
    self.name = name
    self.summary = summary
    self.machine = machine
    self.wiring = wiring
    self.circuit = circuit
  }
}
