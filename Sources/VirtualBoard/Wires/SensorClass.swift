import ChipDrivers
import PerfusionCore

/// What kind of transducer stands at a sensor: it decides dynamics, tolerance, noise and what
/// `wrong` means.
enum SensorClass: Sendable {
  case pressure
  case flow
  case temperature
  case volume
  case position
  case rotor
  case current
  case voltage
  case charge
  case twoState

  /// The class of what is measured at a site.
  static func of(_ site: SensorSite) -> SensorClass {
    switch site {
    case .pressure: .pressure
    case .flow: .flow
    case .temperature: .temperature
    case .reservoirVolume: .volume
    case .venousOccluderOpening, .occlusionGap: .position
    case .rotor: .rotor
    case .motorCurrent, .batteryCurrent: .current
    case .batteryVoltage: .voltage
    case .batteryCharge: .charge
    case .air, .switchInput, .driveAlive, .driveFault, .torqueIsOff, .coverIsOpen: .twoState
    }
  }
}

/// Tolerance and noise of a class of transducers, in the sensor's engineering unit.
struct SensorTolerance: Sendable {
  /// Greatest offset of a good part.
  var offset: Double
  /// Greatest error of its gain, a share.
  var gain: Double
  /// Effective value of its noise.
  var noise: Double
  /// What the fault word `wrong` adds.
  var wrong: Double

  /// The table: medical pressure transducers 1 mmHg and 1 %, clamp-on flow probes 20 ml/min and
  /// 2 %, thermistors 0.1 degC (docs/domain.md 10.1).
  static func of(_ kind: SensorClass) -> SensorTolerance {
    switch kind {
    case .pressure: SensorTolerance(offset: 1, gain: 0.01, noise: 0.3, wrong: 30)
    case .flow: SensorTolerance(offset: 0.02, gain: 0.02, noise: 0.01, wrong: 0.5)
    case .temperature: SensorTolerance(offset: 0.1, gain: 0, noise: 0.01, wrong: 1)
    case .volume: SensorTolerance(offset: 10, gain: 0.01, noise: 2, wrong: 200)
    case .position: SensorTolerance(offset: 0.005, gain: 0.005, noise: 0.0005, wrong: 0.2)
    case .rotor: SensorTolerance(offset: 0, gain: 0, noise: 0, wrong: 0)
    case .current: SensorTolerance(offset: 0.01, gain: 0.01, noise: 0.01, wrong: 2)
    case .voltage: SensorTolerance(offset: 0.02, gain: 0.005, noise: 0.005, wrong: 2)
    case .charge, .twoState: SensorTolerance(offset: 0, gain: 0, noise: 0, wrong: 0)
    }
  }
}
