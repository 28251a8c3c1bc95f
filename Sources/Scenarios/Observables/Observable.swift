import PerfusionCore

/// A number of the machine or its plant that a case can look at, by name.
public struct Observable: Sendable {
  /// Its name, for example `arterialLinePressure`, `true.airToPatient`, `arterial.speed`, `phase`.
  public let name: String
  /// What it measures.
  public let dimension: Dimension
  /// Where it is found.
  let source: ObservableSource
  /// The words of its values when `dimension` is `word`.
  let words: NamedCases?

  /// A value as a person reads it: with its unit, or as a word.
  public func text(_ value: Double) -> String {
    guard value == value else { return "no usable value" }
    return words.map { $0.name(value) } ?? dimension.text(value)
  }
}

/// Where an observable is found.
enum ObservableSource: Sendable, Hashable {
  case pressure(PressureSite)
  case flow(FlowSite)
  case temperature(TemperatureSite)
  case air(AirSite)
  case switchState(SwitchSite)
  case sensor(SensorField)
  case pressureQuality(PressureSite)
  case flowQuality(FlowSite)
  case temperatureQuality(TemperatureSite)
  case airQuality(AirSite)
  case switchQuality(SwitchSite)
  case pump(Int, PumpField)
  case status(StatusField)
  case thermal(WaterCircuit, ThermalField)
  case timer(TimerID)
  case checklist(ChecklistItem)
  case alarm(AlarmID)
  case output(OutputField)
  case truePressure(PressureSite)
  case trueFlow(FlowSite)
  case trueTemperature(TemperatureSite)
  case trueAir(AirSite)
  case truth(TruthField)
  case truePumpFlow(Int)
  case truePumpSpeed(Int)
  case boardTruth(BoardTruthField)

  /// True when only a rig that knows its plant can tell.
  var isTruth: Bool {
    switch self {
    case .truePressure, .trueFlow, .trueTemperature, .trueAir, .truth, .truePumpFlow,
      .truePumpSpeed, .boardTruth:
      true
    default: false
    }
  }
}

/// Readings that stand alone in the sensor snapshot.
enum SensorField: String, Sendable, CaseIterable {
  case reservoirVolume, venousOccluderOpening, batteryVoltage, batteryCurrent, batteryCharge
  case reservoirQuality = "reservoirVolume.quality"

  var dimension: Dimension {
    switch self {
    case .reservoirVolume: .volume
    case .venousOccluderOpening: .fraction
    case .batteryVoltage: .voltage
    case .batteryCurrent: .current
    case .batteryCharge: .charge
    case .reservoirQuality: .word
    }
  }
}

/// What can be seen of one pump.
enum PumpField: String, Sendable, CaseIterable {
  case speed, commanded, setSpeed, setFlow, setPressure, flow, delivered, floor, ratio
  case strokeVolume, reason, grade, mode, started, needsResume, pulsatile, tubeConfirmed
  case turns, current, driveAlive, torqueIsOff, coverIsOpen, occlusionGap
  case driveSpeed, driveEnabled, torqueRemoved

  var dimension: Dimension {
    switch self {
    case .speed, .commanded, .setSpeed, .floor, .driveSpeed: .speed
    case .setFlow, .flow: .flow
    case .setPressure: .pressure
    case .delivered: .volume
    case .strokeVolume: .strokeVolume
    case .current: .current
    case .ratio, .turns: .number
    case .occlusionGap: .fraction
    case .reason, .grade, .mode, .started, .needsResume, .pulsatile, .tubeConfirmed, .driveAlive,
      .torqueIsOff, .coverIsOpen, .driveEnabled, .torqueRemoved:
      .word
    }
  }

  var words: NamedCases? {
    switch self {
    case .reason: SpokenNames.reasons
    case .grade: SpokenNames.grades
    case .mode: SpokenNames.pumpModes
    default: dimension == .word ? SpokenNames.onOff : nil
    }
  }
}

/// What can be seen of the whole machine.
enum StatusField: String, Sendable, CaseIterable {
  case phase, cause, timeToEmpty, dose, isDosing, airCount, arterialClampOpen, venousOccluder
  case alarmCount = "alarms.count"

  var dimension: Dimension {
    switch self {
    case .phase, .cause, .isDosing, .arterialClampOpen: .word
    case .timeToEmpty: .time
    case .dose: .volume
    case .airCount, .alarmCount: .number
    case .venousOccluder: .fraction
    }
  }

  var words: NamedCases? {
    switch self {
    case .phase: SpokenNames.phases
    case .cause: SpokenNames.causes
    default: dimension == .word ? SpokenNames.onOff : nil
    }
  }
}

/// What can be seen of one water circuit.
enum ThermalField: String, Sendable, CaseIterable {
  case mode, target, bloodSetpoint, setpoint, duty, chiller, hold, heater, waterPump, contactor

  var dimension: Dimension {
    switch self {
    case .target, .bloodSetpoint, .setpoint: .temperature
    case .duty: .fraction
    case .mode, .chiller, .hold, .heater, .waterPump, .contactor: .word
    }
  }

  var words: NamedCases? {
    switch self {
    case .mode: SpokenNames.thermalModes
    case .hold: SpokenNames.holds
    default: dimension == .word ? SpokenNames.onOff : nil
    }
  }
}

/// What the board is told beside pumps and water.
enum OutputField: String, Sendable, CaseIterable {
  case clamp = "output.openArterialClamp"
  case occluder = "output.venousOccluder"
  case buzzer = "output.buzzer"
  case red = "output.red"
  case yellow = "output.yellow"
  case cyan = "output.cyan"
  case watchdog = "output.strokeWatchdog"

  var dimension: Dimension { self == .occluder ? .fraction : .word }
}

/// True values of the plant that belong to no site.
enum TruthField: String, Sendable, CaseIterable {
  case reservoirVolume = "true.reservoirVolume"
  case airToPatient = "true.airToPatient"
  case retrogradeVolume = "true.retrogradeVolume"
  case deliveredVolume = "true.deliveredVolume"
  case cardioplegiaVolume = "true.cardioplegiaVolume"
  case headAir = "true.headAir"

  var dimension: Dimension { .volume }
}

/// True values of the board: actuators and supply, whatever their sensors say.
enum BoardTruthField: String, Sendable, CaseIterable {
  case arterialClamp = "true.arterialClampOpening"
  case venousOccluder = "true.venousOccluderOpening"
  case busVoltage = "true.busVoltage"
  case batteryCharge = "true.batteryCharge"
  case buzzer = "true.buzzer"

  var dimension: Dimension {
    switch self {
    case .arterialClamp, .venousOccluder: .fraction
    case .busVoltage: .voltage
    case .batteryCharge: .charge
    case .buzzer: .word
    }
  }
}
