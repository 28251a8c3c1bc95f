/// Rows that watch the machine as a whole. Those with a circuit event act on every pump that the
/// response matrix links to it; the others act on the primary pump.
public enum MachineRow: UInt8, BitwiseCopyable, Sendable {
  case arterialAir, arterialAirSensor, venousAir, cardioplegiaAir, portalVeinAir
  case levelAlert, levelAlarm, levelSensor, levelOverfull
  case linePressureAlert, linePressureLow, disconnection
  case preOxygenatorHigh, oxygenatorDropAlert, oxygenatorDropAlarm
  case suctionAlert, suctionAlarm, reservoirVacuum, reservoirPositive
  case flowLow, flowZero, flowHigh, backflow
  case clampNotAtCommand, clampClosedRunning, venousOccluder
  case arterialTemperatureWarning, arterialTemperatureHigh, gradient, rewarmRate
  case bathHigh, bathLow, waterFlow, temperatureSensor, coldBlood, uncommandedHeating
  case mainsLost, batteryLow, batteryCritical, batteryFault, electronicsHot, electronicsCritical
  case emergencyStop, emergencyStopContacts, watchdog
  case ischaemia, ischaemiaLong, doseReached, overrideActive
  case pressureSensor, zeroOverdue

  /// How many machine rows there are.
  public static var count: Int { 51 }
}

extension MachineRow {
  private static func ms(_ value: Double) -> Seconds { .milliseconds(value) }
  private static func s(_ value: Double) -> Seconds { Seconds(seconds: value) }

  /// The table. Numbers are those of docs/domain.md sections 8.2, 8.3 and 9.
  public var row: InterlockRow {
    typealias Row = InterlockRow
    let told = Reactions.support(.annunciate)
    let always = Reactions.always(.annunciate)
    let blood = Reactions(
      rest: .none, prime: .annunciate, roller: .stop, centrifugal: .zeroFlow, arrest: .annunciate)
    let servo = Reactions(
      rest: .none, prime: .none, roller: .regulate, centrifugal: .regulate, arrest: .annunciate)
    return switch self {
    case .arterialAir:
      Row(
        1, 1, after: .zero, blood, latch: .reaction, override: .timed, event: .arterialAir,
        closesClamp: true)
    case .arterialAirSensor: Row(41, 2, after: Self.s(1), always, latch: .signal, override: .timed)
    case .venousAir:
      Row(40, 3, after: Self.ms(200), told, latch: .signal, event: .venousAir, closesClamp: true)
    case .cardioplegiaAir:
      Row(
        33, 3, after: .zero, told, latch: .reaction, override: .timed, event: .cardioplegiaAir)
    case .portalVeinAir:
      Row(1, 1, after: .zero, told, latch: .reaction, override: .timed, event: .portalVeinAir)
    case .levelAlert: Row(2, 5, after: Self.ms(300), clear: Self.ms(300), servo, event: .levelAlert)
    case .levelAlarm:
      Row(
        2, 6, after: Self.ms(200),
        Reactions(
          rest: .none, prime: .none, roller: .stop, centrifugal: .zeroFlow, arrest: .annunciate),
        latch: .reaction, override: .timed, event: .levelAlarm,
        closesClamp: true)
    case .levelSensor: Row(42, 7, after: Self.s(2), told, latch: .signal, override: .timed)
    case .levelOverfull: Row(2, 8, after: Self.s(2), told)
    case .linePressureAlert: Row(8, 9, after: Self.ms(200), told)
    case .linePressureLow: Row(56, 12, after: Self.ms(500), told, latch: .signal)
    case .disconnection: Row(56, 12, after: .zero, told, latch: .signal)
    case .preOxygenatorHigh: Row(9, 13, after: Self.ms(500), told)
    case .oxygenatorDropAlert: Row(9, 14, after: Self.s(10), told)
    case .oxygenatorDropAlarm: Row(9, 15, after: Self.s(5), told, latch: .signal)
    case .suctionAlert: Row(12, 16, after: Self.s(1), servo, event: .suction)
    case .suctionAlarm: Row(12, 17, after: Self.ms(300), servo, event: .suction)
    case .reservoirVacuum: Row(39, 18, after: Self.ms(500), told, override: .never)
    case .reservoirPositive:
      Row(38, 19, after: Self.ms(300), told, latch: .signal, override: .never)
    case .flowLow: Row(3, 20, after: Self.s(3), told)
    case .flowZero: Row(3, 21, after: Self.ms(500), clear: Self.ms(200), told, override: .timed)
    case .flowHigh: Row(57, 22, after: Self.s(3), told)
    case .backflow:
      Row(
        6, 23, after: .zero,
        Reactions(
          rest: .none, prime: .annunciate, roller: .annunciate, centrifugal: .zeroFlow,
          arrest: .zeroFlow), latch: .reaction, override: .never, event: .backflow,
        closesClamp: true)
    case .clampNotAtCommand:
      Row(4, 34, after: Self.ms(500), told, latch: .signal, override: .never)
    case .clampClosedRunning:
      Row(
        4, 35, after: Self.s(1),
        Reactions(
          rest: .none, prime: .annunciate, roller: .annunciate, centrifugal: .annunciate,
          arrest: .none), override: .timed)
    case .venousOccluder: Row(5, 36, after: Self.s(2), told)
    case .arterialTemperatureWarning: Row(22, 43, after: Self.s(2), told, override: .never)
    case .arterialTemperatureHigh: Row(22, 43, after: Self.s(2), told, override: .never)
    case .gradient: Row(24, 44, after: Self.s(5), told, override: .never)
    case .rewarmRate: Row(24, 45, after: Self.s(5), told)
    case .bathHigh: Row(22, 46, after: Self.s(1), always, latch: .signal, override: .never)
    case .bathLow: Row(23, 47, after: Self.s(10), told)
    case .waterFlow: Row(26, 48, after: Self.s(3), told, latch: .signal, override: .never)
    case .temperatureSensor: Row(25, 49, after: Self.s(5), told, latch: .signal)
    case .coldBlood: Row(23, 50, after: Self.s(10), told)
    case .uncommandedHeating: Row(22, 46, after: .zero, always, latch: .signal, override: .never)
    case .mainsLost:
      Row(
        30, 51, after: Self.ms(20), Reactions.always(.keepRunning), override: .never)
    case .batteryLow: Row(31, 52, after: Self.s(1), .always(.keepRunning), override: .never)
    case .batteryCritical: Row(31, 52, after: Self.s(1), .always(.keepRunning), override: .never)
    case .batteryFault: Row(32, 53, after: Self.s(10), always, override: .never)
    case .electronicsHot: Row(52, 61, after: Self.s(10), always, override: .never)
    case .electronicsCritical: Row(52, 61, after: Self.s(10), always, override: .never)
    case .emergencyStop:
      Row(
        10, 30, after: .zero, .always(.forcedStop), latch: .reaction, override: .never,
        closesClamp: true, actsOnEveryPump: true)
    case .emergencyStopContacts: Row(10, 30, after: Self.ms(500), always, override: .never)
    case .watchdog:
      Row(15, 54, after: Self.ms(200), .always(.keepRunning), latch: .signal, override: .never)
    case .ischaemia: Row(35, 41, after: .zero, always)
    case .ischaemiaLong: Row(35, 41, after: .zero, always)
    case .doseReached: Row(35, 38, after: .zero, always)
    case .overrideActive: Row(45, 62, after: .zero, always, override: .never)
    case .pressureSensor: Row(48, 56, after: Self.s(1), told, latch: .signal, override: .never)
    case .zeroOverdue: Row(44, 63, after: .zero, Reactions.support(.annunciate))
    }
  }
}
