import PerfusionCore
import VirtualBoard

/// Reads the numbers that cases look at, many of them in every tick.
protocol GaugeReader: AnyObject {
  /// The value now, in base units; not a number when there is no usable one.
  func value(of source: ObservableSource) -> Double
}

/// Reads from any rig, by its snapshots as a whole.
final class RigGauges<R: Rig>: GaugeReader {
  private let rig: R

  init(_ rig: R) { self.rig = rig }

  func value(of source: ObservableSource) -> Double { source.value(on: rig) }
}

/// Reads in place: nothing of the machine in this process is copied for one number.
extension InProcessRig: GaugeReader {
  func value(of source: ObservableSource) -> Double {
    switch source {
    case .truePumpSpeed(let index): virtual.rotorSpeed(pump: index)?.base ?? .nan
    case .boardTruth(let field): field.value(virtual.hands)
    case .pressure, .flow, .temperature, .air, .switchState, .sensor, .pressureQuality,
      .flowQuality, .temperatureQuality, .airQuality, .switchQuality:
      virtual.readSensors { source.sensed(in: &$0) }
    case .truePressure, .trueFlow, .trueTemperature, .trueAir, .truePumpFlow, .truth:
      virtual.readSignals { source.held(in: &$0) }
    default: source.value(on: self)
    }
  }
}

extension BoardTruthField {
  func value(_ machine: BoardHands) -> Double {
    switch self {
    case .arterialClamp: machine.arterialClampOpening.base
    case .venousOccluder: machine.venousOccluderOpening.base
    case .busVoltage: machine.busVoltage.base
    case .batteryCharge: machine.batteryCharge.base
    case .buzzer: machine.buzzerSounds ? 1 : 0
    }
  }
}
