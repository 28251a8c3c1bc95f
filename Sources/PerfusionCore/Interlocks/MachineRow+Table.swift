extension MachineRow {
  private static func ms(_ value: Double) -> Seconds { .milliseconds(value) }
  private static func s(_ value: Double) -> Seconds { Seconds(seconds: value) }

  /// Told while somebody depends on the flow, and in an arrest.
  private static var told: Reactions { .support(.annunciate) }
  private static var always: Reactions { .always(.annunciate) }
  private static var keep: Reactions { .always(.keepRunning) }
  /// Air: expected while priming, zero flow under support.
  private static var air: Reactions {
    Reactions(
      rest: .none, prime: .annunciate, roller: .stop, centrifugal: .zeroFlow, arrest: .annunciate)
  }
  /// A servo's event: the matrix says whether it regulates.
  private static var servo: Reactions {
    Reactions(
      rest: .none, prime: .none, roller: .regulate, centrifugal: .regulate, arrest: .annunciate)
  }
  /// Told as soon as blood or water may move.
  private static var whilePumping: Reactions {
    Reactions(
      rest: .none, prime: .annunciate, roller: .annunciate, centrifugal: .annunciate,
      arrest: .annunciate)
  }

  /// The table. Numbers are those of docs/domain.md sections 8.2, 8.3 and 9.
  public var row: InterlockRow {
    switch self {
    case .arterialAir, .massiveAir, .arterialAirSensor, .microbubbles, .venousAir, .cardioplegiaAir,
      .portalVeinAir, .levelAlert, .levelAlarm, .levelSensor, .levelUnmeasured, .levelOverfull:
      bloodSourceRow
    case .linePressureAlert, .linePressureLow, .disconnection, .isolation, .isolationVent,
      .preOxygenatorHigh, .oxygenatorDropAlert, .oxygenatorDropAlarm, .suctionAlert,
      .suctionAlarm, .reservoirVacuum, .reservoirPositive, .pressureSensor, .zeroOverdue,
      .sensorUntrue:
      pressureRow
    case .flowLow, .flowZero, .flowHigh, .flowExcess, .backflow, .probeReversed, .commonCause,
      .flowProbe,
      .volumeBalance, .clampNotOpen, .clampUncertain,
      .clampNotClosed, .clampClosedRunning, .venousOccluder, .ischaemia, .ischaemiaLong,
      .doseReached, .doseOver, .overrideActive:
      flowRow
    case .arterialTemperatureWarning, .arterialTemperatureHigh, .gradient, .gradientHigh,
      .rewarmRate, .bathHigh, .bathLow, .waterFlow, .waterFlowHeating, .temperatureSensor,
      .arterialTemperatureSensor, .coldBlood, .uncommandedHeating, .waterLeak,
      .disinfectionOverdue:
      heatRow
    case .mainsLost, .batteryLow, .batteryCritical, .batteryEmpty, .batteryFault, .batteryUnfit,
      .electronicsHot, .electronicsCritical, .emergencyStop, .emergencyStopContacts:
      supplyRow
    case .watchdog, .configurationFault, .memoryFault, .torqueTest, .watchdogTestOverdue,
      .maintenanceOverdue,
      .logStorage, .displayLost, .displayLostLong, .busFault, .safetyBusFault, .loopOverrun,
      .loopOverrunMany, .clockDisagrees, .adoptedOtherSpeed, .controllerRestarted:
      controllerRow
    }
  }

  private var bloodSourceRow: InterlockRow {
    typealias Row = InterlockRow
    return switch self {
    case .massiveAir:
      Row(1, 1, .high, after: Self.s(1), Self.told, override: .never)
    case .arterialAirSensor:
      Row(
        41, 2, .high, after: Self.s(1), Self.always, latch: .signal, override: .notApplicable,
        start: .blocks)
    case .microbubbles: Row(1, 4, .low, after: .zero, Self.told)
    case .venousAir:
      Row(
        40, 3, .medium, after: Self.ms(200), Self.told, latch: .signal, event: .venousAir,
        closesClamp: true)
    case .cardioplegiaAir:
      Row(
        33, 3, .medium, after: .zero, Self.told, latch: .reaction, override: .timed,
        event: .cardioplegiaAir)
    case .portalVeinAir:
      Row(
        1, 1, .high, after: .zero, Self.told, latch: .reaction, override: .timed,
        event: .portalVeinAir)
    case .levelAlert:
      Row(2, 5, .medium, after: Self.ms(300), Self.servo, event: .levelAlert)
    case .levelAlarm:
      Row(
        2, 6, .high, after: Self.ms(200),
        Reactions(
          rest: .none, prime: .none, roller: .stop, centrifugal: .zeroFlow, arrest: .annunciate),
        latch: .reaction, override: .timed, event: .levelAlarm, closesClamp: true)
    case .levelSensor:
      Row(42, 7, .medium, after: Self.s(2), Self.told, latch: .signal, override: .notApplicable)
    case .levelUnmeasured:
      Row(42, 7, .high, after: Self.s(2), Self.told, latch: .signal, override: .notApplicable)
    case .levelOverfull: Row(2, 8, .medium, after: Self.s(2), Self.told)
    default:
      Row(
        1, 1, .high, after: .zero, Self.air, latch: .reaction, override: .timed,
        event: .arterialAir, closesClamp: true)
    }
  }

  private var pressureRow: InterlockRow {
    typealias Row = InterlockRow
    return switch self {
    case .linePressureAlert: Row(8, 9, .medium, after: Self.ms(200), Self.told)
    case .linePressureLow:
      Row(56, 12, .high, after: Self.ms(500), Self.told, latch: .signal)
    case .disconnection: Row(56, 12, .high, after: .zero, Self.told, latch: .signal)
    case .isolation:
      Row(
        1, also: 56, 21, .high, after: .zero,
        .whileConnected(.isolate), latch: .reaction, override: .never, closesClamp: true,
        reach: .bloodPath)
    case .isolationVent:
      Row(
        1, also: 56, 21, .high, after: .zero,
        .whileConnected(.stop), latch: .reaction, override: .never, reach: .vents)
    case .preOxygenatorHigh: Row(9, 13, .medium, after: Self.ms(500), Self.told)
    case .oxygenatorDropAlert: Row(9, 14, .medium, after: Self.s(10), Self.told)
    case .oxygenatorDropAlarm: Row(9, 15, .high, after: Self.s(5), Self.told, latch: .signal)
    case .suctionAlert: Row(12, 16, .medium, after: Self.s(1), Self.servo, event: .suction)
    case .suctionAlarm: Row(12, 17, .high, after: Self.ms(300), Self.servo, event: .suction)
    case .reservoirVacuum:
      Row(39, 18, .high, after: Self.ms(500), Self.told, override: .never)
    case .reservoirPositive:
      Row(
        38, 19, .high, after: Self.ms(300), .whileConnected(.stop), latch: .signal,
        override: .never, reach: .suckers)
    case .pressureSensor:
      Row(48, 56, .high, after: Self.s(1), Self.told, latch: .signal, override: .never)
    case .sensorUntrue: Row(48, 56, .medium, after: .zero, Self.whilePumping, override: .never)
    default: Row(44, 63, .low, after: .zero, Self.told, start: .blocks)
    }
  }

  private var flowRow: InterlockRow {
    typealias Row = InterlockRow
    return switch self {
    case .flowLow: Row(3, 20, .high, after: Self.s(3), Self.told)
    case .flowZero:
      Row(
        3, 21, .high, after: Self.ms(500), clear: Self.ms(200), Self.told,
        override: .notApplicable)
    case .flowHigh: Row(57, 22, .medium, after: Self.s(3), .support(.hold))
    case .flowExcess: Row(57, 22, .medium, after: Self.s(1), .support(.hold))
    case .backflow:
      Row(
        6, 23, .high, after: .zero,
        Reactions(
          rest: .none, prime: .annunciate, roller: .annunciate, centrifugal: .zeroFlow,
          arrest: .zeroFlow), latch: .reaction, override: .never, event: .backflow,
        closesClamp: true)
    case .probeReversed:
      Row(43, 25, .medium, after: Self.s(5), Self.whilePumping, override: .limit, start: .blocks)
    case .flowProbe: Row(43, also: 17, 25, .medium, after: .zero, Self.whilePumping)
    case .volumeBalance: Row(42, also: 56, 7, .medium, after: .zero, Self.told)
    case .clampNotOpen:
      Row(
        4, 34, .high, after: .zero,
        Reactions(
          rest: .none, prime: .annunciate, roller: .hold, centrifugal: .hold,
          arrest: .annunciate), latch: .reaction, override: .never)
    case .clampUncertain:
      Row(4, 34, .high, after: .zero, Self.whilePumping, latch: .signal, override: .never)
    case .clampNotClosed:
      Row(
        5, 34, .high, after: Self.ms(500),
        Reactions(
          rest: .none, prime: .annunciate, roller: .stop, centrifugal: .zeroFlow,
          arrest: .annunciate), latch: .reaction, override: .never)
    case .clampClosedRunning:
      Row(
        4, 35, .high, after: Self.s(1),
        Reactions(
          rest: .none, prime: .annunciate, roller: .annunciate, centrifugal: .annunciate,
          arrest: .none), override: .notApplicable)
    case .venousOccluder: Row(5, 36, .medium, after: Self.s(2), Self.told)
    case .ischaemia: Row(35, 41, .low, after: .zero, Self.always)
    case .ischaemiaLong: Row(35, 41, .medium, after: .zero, Self.always)
    case .doseReached: Row(35, 38, .medium, after: .zero, Self.always)
    case .doseOver: Row(35, 38, .high, after: .zero, Self.always)
    case .overrideActive: Row(45, 62, .low, after: .zero, Self.always, override: .never)
    default: Row(3, also: 17, 25, .medium, after: Self.ms(500), Self.told)
    }
  }

  private var heatRow: InterlockRow {
    typealias Row = InterlockRow
    return switch self {
    case .arterialTemperatureWarning:
      Row(22, 43, .medium, after: .zero, Self.told, override: .never)
    case .arterialTemperatureHigh: Row(22, 43, .high, after: .zero, Self.told, override: .never)
    case .gradient: Row(24, 44, .medium, after: .zero, Self.told, override: .never)
    case .gradientHigh: Row(24, 44, .high, after: .zero, Self.told, override: .never)
    case .rewarmRate: Row(24, 45, .medium, after: .zero, Self.told)
    case .bathHigh:
      Row(22, 46, .high, after: .zero, Self.always, latch: .reaction, override: .never)
    case .bathLow: Row(23, 47, .low, after: .zero, Self.told)
    case .waterFlow:
      Row(26, also: 28, 48, .medium, after: .zero, Self.told, latch: .signal, override: .never)
    case .waterFlowHeating:
      Row(26, also: 28, 48, .high, after: .zero, Self.told, latch: .signal, override: .never)
    case .temperatureSensor: Row(25, 49, .medium, after: .zero, Self.told, latch: .signal)
    case .arterialTemperatureSensor:
      Row(25, 49, .high, after: .zero, Self.told, latch: .signal)
    case .coldBlood: Row(23, 50, .medium, after: .zero, Self.told)
    case .uncommandedHeating:
      Row(22, 46, .high, after: .zero, Self.always, latch: .reaction, override: .never)
    case .waterLeak:
      Row(
        27, 48, .high, after: Self.s(30), Self.whilePumping, latch: .signal, override: .never,
        water: .stops)
    default:
      Row(29, 66, .low, after: .zero, Self.always, override: .never, water: .locks)
    }
  }

  private var supplyRow: InterlockRow {
    typealias Row = InterlockRow
    return switch self {
    case .mainsLost: Row(30, 51, .medium, after: Self.ms(20), Self.keep, override: .never)
    case .batteryLow:
      Row(31, 52, .medium, after: Self.s(1), Self.keep, latch: .signal, override: .never)
    case .batteryCritical:
      Row(
        31, 52, .high, after: Self.s(1), Self.keep, latch: .signal, override: .never,
        start: .blocks)
    case .batteryEmpty:
      Row(
        31, 52, .high, after: Self.s(1), Self.keep, latch: .signal, override: .never,
        start: .blocks)
    case .batteryFault: Row(32, 53, .low, after: Self.s(10), Self.always, override: .never)
    case .batteryUnfit: Row(32, 53, .medium, after: .zero, Self.always, override: .never)
    case .electronicsHot: Row(52, 61, .medium, after: Self.s(10), Self.keep, override: .never)
    case .electronicsCritical:
      Row(52, 61, .high, after: Self.s(10), Self.keep, override: .never, start: .blocks)
    case .emergencyStopContacts:
      Row(10, 30, .high, after: Self.ms(500), Self.always, override: .never, start: .blocks)
    default:
      Row(
        10, 30, .high, after: .zero, .always(.forcedStop), latch: .reaction, override: .never,
        closesClamp: true, reach: .every, start: .blocks)
    }
  }

  private var controllerRow: InterlockRow {
    typealias Row = InterlockRow
    return switch self {
    case .watchdog:
      Row(
        15, also: 16, 54, .high, after: Self.ms(200), Self.keep, latch: .signal, override: .never)
    case .configurationFault:
      Row(
        50, 58, .high, after: .zero, Self.keep, latch: .signal, override: .never, start: .holds)
    case .memoryFault:
      Row(
        50, also: 16, 58, .high, after: .zero, Self.keep, latch: .signal, override: .never,
        start: .holds)
    case .torqueTest:
      Row(
        54, 59, .high, after: .zero, Self.keep, latch: .reaction, override: .never,
        start: .blocks)
    case .watchdogTestOverdue:
      Row(
        15, 60, .medium, after: .zero, Self.always, latch: .signal, override: .never,
        start: .blocks)
    case .maintenanceOverdue: Row(29, 66, .low, after: .zero, Self.always, override: .never)
    case .logStorage: Row(51, 67, .low, after: .zero, Self.keep, override: .never)
    case .displayLost:
      Row(14, 55, .medium, after: Self.s(1), Self.keep, latch: .signal, override: .never)
    case .displayLostLong:
      Row(14, 55, .high, after: Self.s(11), Self.keep, latch: .signal, override: .never)
    case .busFault: Row(47, 56, .medium, after: .zero, Self.keep, latch: .signal, override: .never)
    case .safetyBusFault:
      Row(
        47, 56, .high, after: .zero, Self.keep, latch: .signal, override: .never, start: .blocks)
    case .loopOverrun: Row(53, 57, .low, after: .zero, Self.keep, override: .never)
    case .loopOverrunMany: Row(53, 57, .medium, after: .zero, Self.keep, override: .never)
    case .clockDisagrees: Row(49, 57, .low, after: .zero, Self.keep, override: .never)
    case .adoptedOtherSpeed:
      Row(55, 27, .high, after: .zero, Self.keep, latch: .signal, override: .never)
    default: Row(55, 54, .high, after: .zero, Self.keep, latch: .signal, override: .never)
    }
  }
}
