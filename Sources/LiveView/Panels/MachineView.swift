public import PerfusionCore
public import Scenarios

/// Everything that the live view shows at one moment.
public struct MachineView: Sendable {
  /// Name of the board.
  public var board: String
  /// The machine's configuration.
  public var machine: MachineConfiguration
  /// What the operator sees.
  public var status: MachineStatus
  /// What the sensors say.
  public var sensors: SensorSnapshot
  /// What the actuators are told.
  public var actuators: ActuatorCommands
  /// The log so far.
  public var log: EventLog
  /// Virtual time since power-on in seconds.
  public var seconds: Double
  /// Virtual seconds in one second of the wall clock.
  public var speed: Double
  /// How old what is shown is, seconds; over `oldest` it is shown as old (HZ-14).
  public var age = 0.0
  /// Age from which on values are no longer what is now (docs/domain.md 8.3, HZ-14: 500 ms).
  public static var oldest: Double { 0.5 }
  /// What is being played, empty when nothing is.
  public var activity = ""
  /// Text of the key hint line.
  public var hint = ""
  /// Lines of the help page, shown instead of the events while it is not empty.
  public var help: [String] = []

  /// A view of a machine.
  public init(
    board: String, machine: MachineConfiguration, status: MachineStatus, sensors: SensorSnapshot,
    actuators: ActuatorCommands, log: EventLog, seconds: Double, speed: Double
  ) {
    self.board = board
    self.machine = machine
    self.status = status
    self.sensors = sensors
    self.actuators = actuators
    self.log = log
    self.seconds = seconds
    self.speed = speed
  }
}

/// Phases as a screen shows them.
func phaseName(_ phase: Phase) -> String {
  switch phase {
  case .off: "OFF"
  case .post: "SELF TEST"
  case .standby: "STANDBY"
  case .setup: "SET-UP"
  case .prime: "PRIME"
  case .ready: "READY"
  case .partialBypass: "PARTIAL BYPASS"
  case .onBypass: "ON BYPASS"
  case .circulatoryArrest: "CIRCULATORY ARREST"
  case .wean: "WEAN"
  case .ecmo: "ECMO"
  case .exVivo: "EX VIVO"
  case .postBypass: "POST BYPASS"
  case .service: "SERVICE"
  case .faultHold: "FAULT HOLD"
  }
}

/// `arterialLinePressure` as people write it: `arterial line pressure`.
func spoken(_ identifier: String) -> String {
  var out = ""
  for character in identifier {
    if character.isUppercase { out += " " }
    out += character.lowercased()
  }
  return out
}

/// A reading with a fixed count of decimals, `--` while it is unusable.
func shown<Value: Quantity>(_ reading: Reading<Value>, decimals: Int) -> String {
  fixedNumber(reading.usable?.base ?? .nan, decimals: decimals)
}
