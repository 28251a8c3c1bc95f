public import PerfusionCore

/// What is true about the board at this moment, before any sensor.
public struct BoardState: Sendable {
  /// Signed speed of each pump's rotor, in the order of the configuration.
  public var rotorSpeeds: [RotationalSpeed]
  /// Speed reference that each drive holds.
  public var speedReferences: [RotationalSpeed]
  /// Torque is available at each drive.
  public var hasTorque: [Bool]
  /// Opening of the arterial clamp.
  public var arterialClamp: Fraction
  /// Opening of the venous occluder.
  public var venousOccluder: Fraction
  /// Gap of each occlusion actuator.
  public var occlusionGaps: [Fraction]
  /// Electrical power into each heater (patient, cardioplegia).
  public var heaters: [Power]
  /// Contactors in series with the heaters that are closed.
  public var contactors: [Bool]
  /// Chillers that run.
  public var chillers: [Bool]
  /// The independent cut-outs have tripped.
  public var cutOutsTripped: [Bool]
  /// Voltage of the drive bus.
  public var busVoltage: Voltage
  /// Charge left in the battery.
  public var batteryCharge: ElectricCharge
  /// The window watchdog is content.
  public var watchdogIsGood: Bool
  /// The buzzer sounds, driven by firmware or watchdog.
  public var buzzerSounds: Bool
  /// When the buzzer began or ceased to sound.
  public var buzzerSince: Instant
  /// Red, yellow and cyan lamp.
  public var lamps: [Bool]
  /// Microseconds that each bus has been busy since power-on.
  public var busBusy: [Int64]
  /// Edges that were lost because nobody took them.
  public var lostEdges: Int

  init(_ board: BoardHardware) {
    rotorSpeeds = board.drives.map { .rpm($0.rotorSpeed) }
    speedReferences = board.drives.map { .rpm($0.reference) }
    hasTorque = board.drives.map(\.hasTorque)
    arterialClamp = Fraction(value: board.clamp.opening)
    venousOccluder = Fraction(value: board.venousOccluder.position)
    occlusionGaps = board.occlusion.map { Fraction(value: $0.position) }
    heaters = board.water.map { Power(watts: $0.state.heaterWatts) }
    contactors = board.water.map(\.contactor.isOn)
    chillers = board.water.map(\.state.chillerRuns)
    cutOutsTripped = board.water.map(\.cutOut.isTripped)
    busVoltage = Voltage(base: board.supply.busVoltage)
    batteryCharge = ElectricCharge(base: board.supply.charge)
    watchdogIsGood = board.watchdog.isGood
    buzzerSounds = board.annunciators.isSounding
    buzzerSince = board.annunciators.soundingSince
    lamps = [
      board.annunciators.red.isOn, board.annunciators.yellow.isOn, board.annunciators.cyan.isOn,
    ]
    busBusy = board.buses.map(\.busyMicroseconds)
    lostEdges = board.lines.edges.lost
  }
}
