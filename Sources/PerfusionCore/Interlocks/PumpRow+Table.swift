extension PumpRow {
  private static func ms(_ value: Double) -> Seconds { .milliseconds(value) }
  private static func s(_ value: Double) -> Seconds { Seconds(seconds: value) }

  private static var told: Reactions { .always(.annunciate) }
  /// R2: a fault of the drive or its sensor never stops a pump that somebody depends on.
  private static var keep: Reactions {
    Reactions(
      rest: .annunciate, prime: .annunciate, roller: .keepRunning, centrifugal: .keepRunning,
      arrest: .annunciate)
  }
  private static var hold: Reactions {
    Reactions(
      rest: .annunciate, prime: .stop, roller: .hold, centrifugal: .hold, arrest: .annunciate)
  }

  /// The table. The pump's own detectors are debounced where they are computed, so most rows
  /// raise at once. Numbers are those of docs/domain.md sections 8.2, 8.3 and 9.
  public var row: InterlockRow {
    switch self {
    case .overspeed, .speedLow, .jam, .wrongDirection, .driveFault, .driveDead, .handCrank, .slip,
      .rotorSensor, .torqueNotOff, .airNotStopped, .pressureNotFalling:
      driveRow
    case .decoupled, .lossOfPrime, .coverOpen, .pressureAlert, .pressureStop, .pressureHard,
      .ratio, .noArterialFlow, .belowFloor, .flowMismatch, .suction, .ventAlert, .noTube,
      .occlusionLoss,
      .overOcclusion, .pulsePeak, .zeroFlowLong, .zeroFlowVeryLong, .chatter:
      headRow
    }
  }

  private var driveRow: InterlockRow {
    typealias Row = InterlockRow
    return switch self {
    case .speedLow:
      Row(11, 27, .medium, after: .zero, Self.keep, override: .never, start: .blocks)
    case .jam: Row(11, 28, .high, after: .zero, Self.keep, latch: .reaction, override: .never)
    case .wrongDirection:
      Row(
        7, 29, .high, after: .zero, .always(.forcedStop), latch: .reaction, override: .never,
        closesClamp: true)
    case .driveFault:
      Row(11, 30, .high, after: .zero, Self.keep, latch: .reaction, override: .never)
    case .driveDead:
      Row(
        11, also: 6, 30, .high, after: .zero,
        Reactions(
          rest: .none, prime: .annunciate, roller: .keepRunning, centrifugal: .zeroFlow,
          arrest: .annunciate), latch: .reaction, override: .never, closesClamp: true)
    case .handCrank: Row(11, 64, .medium, after: .zero, Self.told)
    case .slip: Row(11, 27, .medium, after: .zero, Self.keep, override: .never, start: .blocks)
    case .rotorSensor:
      Row(48, 56, .high, after: Self.s(1), Self.hold, latch: .signal, override: .never)
    case .torqueNotOff:
      Row(
        10, 59, .high, after: Self.ms(100), Self.told, latch: .reaction, override: .never,
        start: .blocks)
    case .airNotStopped:
      Row(
        1, also: 10, 1, .high, after: Self.ms(100),
        Reactions(
          rest: .none, prime: .none, roller: .forcedStop, centrifugal: .none, arrest: .none),
        latch: .reaction, override: .never, closesClamp: true)
    case .pressureNotFalling:
      Row(
        8, also: 10, 11, .high, after: Self.ms(150),
        Reactions(
          rest: .forcedStop, prime: .forcedStop, roller: .forcedStop, centrifugal: .none,
          arrest: .forcedStop), latch: .reaction, override: .never, closesClamp: true)
    default:
      Row(
        10, 26, .high, after: .zero, .always(.forcedStop), latch: .reaction, override: .never,
        closesClamp: true)
    }
  }

  private var headRow: InterlockRow {
    typealias Row = InterlockRow
    return switch self {
    case .decoupled:
      Row(3, 31, .high, after: .zero, Self.told, latch: .signal, override: .notApplicable)
    case .lossOfPrime:
      Row(
        40, 31, .high, after: .zero,
        Reactions(
          rest: .none, prime: .annunciate, roller: .annunciate, centrifugal: .zeroFlow,
          arrest: .annunciate), latch: .reaction, override: .timed, key: .lossOfPrime,
        closesClamp: true)
    case .coverOpen:
      Row(
        21, also: 20, 32, .medium, after: Self.ms(100),
        Reactions(
          rest: .forcedStop, prime: .stop, roller: .hold, centrifugal: .annunciate, arrest: .stop),
        override: .timed, key: .coverOpen, start: .blocks)
    case .pressureAlert:
      // In prime it is told: the occlusion test leaves 300 mmHg in the line that the pump starts into,
      // and a stop would meet every start after it. The stop limit, 50 mmHg above, counts there.
      Row(
        8, also: 34, 10, .high, after: Self.ms(50),
        Reactions(
          rest: .stop, prime: .annunciate, roller: .regulate, centrifugal: .regulate,
          arrest: .annunciate), override: .timed, event: .pressureAlert)
    case .pressureStop:
      Row(
        8, also: 34, 11, .high, after: Self.ms(20),
        Reactions(
          rest: .stop, prime: .stop, roller: .stop, centrifugal: .regulate, arrest: .stop),
        latch: .reaction, override: .never, event: .pressureStop)
    case .pressureHard:
      Row(
        8, also: 34, 11, .high, after: .zero,
        Reactions(
          rest: .stop, prime: .stop, roller: .stop, centrifugal: .regulate, arrest: .stop),
        latch: .reaction, override: .never)
    case .ratio:
      Row(36, 39, .high, after: .zero, .always(.stop), latch: .reaction, override: .never)
    case .noArterialFlow:
      Row(
        33, 40, .high, after: Self.ms(100),
        Reactions(
          rest: .stop, prime: .annunciate, roller: .stop, centrifugal: .stop, arrest: .stop),
        latch: .reaction, override: .never)
    case .belowFloor: Row(6, 24, .high, after: .zero, Self.told, override: .notApplicable)
    case .flowMismatch: Row(17, 25, .medium, after: .zero, Self.told)
    case .suction:
      Row(37, 42, .medium, after: Self.ms(300), .always(.stop), latch: .reaction)
    case .ventAlert: Row(37, 42, .medium, after: Self.ms(300), Self.told)
    case .noTube:
      Row(
        20, 31, .high, after: .zero, Self.told, latch: .signal, override: .notApplicable,
        start: .blocks)
    case .occlusionLoss:
      Row(
        18, 33, .medium, after: .zero, Self.told, latch: .signal, override: .never,
        start: .blocks)
    case .overOcclusion: Row(19, 33, .medium, after: Self.s(30), Self.told, override: .never)
    case .pulsePeak: Row(58, 65, .medium, after: .zero, Self.told)
    case .zeroFlowLong: Row(3, 21, .high, after: .zero, Self.told, override: .notApplicable)
    case .zeroFlowVeryLong: Row(3, 21, .high, after: .zero, Self.told, override: .notApplicable)
    default: Row(12, 16, .medium, after: .zero, Self.told)
    }
  }
}
