import CircuitModel
import PerfusionCore

/// The names that phrases may use, by the kind of thing that they name.
enum SpokenNames {
  static let roles = NamedCases(PumpRole.self)
  static let phases = NamedCases(Phase.self)
  static let checklist = NamedCases(ChecklistItem.self)
  static let timers = NamedCases(TimerID.self)
  static let reasons = NamedCases(CommandReason.self)
  static let causes = NamedCases(CommonCause.self)
  static let grades = NamedCases(Grade.self)
  static let refusals = NamedCases(Refusal.self)
  static let holds = NamedCases(ThermalHold.self)
  static let pumpModes = NamedCases(PumpMode.self)
  static let thermalModes = NamedCases(ThermalMode.self)
  static let qualities = NamedCases(Quality.self)
  static let events = NamedCases(CircuitEvent.self)
  static let pressures = NamedCases(PressureSite.self)
  static let flows = NamedCases(FlowSite.self)
  static let temperatures = NamedCases(TemperatureSite.self)
  static let airSites = NamedCases(AirSite.self)
  static let airInlets = NamedCases(AirInlet.self)
  static let switches = NamedCases(SwitchSite.self)
  static let inactivations = NamedCases(AlarmInactivation.self)
  static let inactivationEnds = NamedCases(InactivationEnd.self)
  static let machineRows = NamedCases(MachineRow.self)
  static let pumpRows = NamedCases(PumpRow.self)
  static let circuits = NamedCases(WaterCircuit.self)
  static let tubes = NamedCases(TubeSize.self)
  /// Inch sizes as they are spoken, in the order of `TubeSize`.
  static let tubeInches = NamedCases(names: ["3/16", "1/4", "5/16", "3/8", "1/2"])
  static let onOff = NamedCases(names: ["off", "on"])
}
