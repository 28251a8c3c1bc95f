/// Rows that watch one pump and act on that pump.
public enum PumpRow: UInt8, BitwiseCopyable, Sendable {
  case overspeed, speedLow, jam, wrongDirection, driveFault, driveDead, decoupled, lossOfPrime
  case coverOpen, pressureAlert, pressureStop, pressureHard, ratio, noArterialFlow, belowFloor
  case flowMismatch, suction, handCrank, noTube, slip, rotorSensor, occlusionLoss, pulsePeak
  case zeroFlowLong, zeroFlowVeryLong, torqueNotOff, chatter

  /// How many pump rows there are.
  public static var count: Int { 27 }
}

extension PumpRow {
  private static func ms(_ value: Double) -> Seconds { .milliseconds(value) }
  private static func s(_ value: Double) -> Seconds { Seconds(seconds: value) }

  /// The table. The pump's own detectors are debounced where they are computed, so most rows
  /// raise at once. Numbers are those of docs/domain.md sections 8.2, 8.3 and 9.
  public var row: InterlockRow {
    typealias Row = InterlockRow
    let told = Reactions(
      rest: .annunciate, prime: .annunciate, roller: .annunciate, centrifugal: .annunciate,
      arrest: .annunciate)
    let keep = Reactions(
      rest: .annunciate, prime: .annunciate, roller: .keepRunning, centrifugal: .keepRunning,
      arrest: .annunciate)
    let hold = Reactions(
      rest: .annunciate, prime: .stop, roller: .hold, centrifugal: .hold, arrest: .annunciate)
    return switch self {
    case .overspeed:
      Row(10, 26, after: .zero, .always(.forcedStop), latch: .reaction, override: .never)
    case .speedLow: Row(11, 27, after: .zero, keep, override: .never)
    case .jam: Row(11, 28, after: .zero, keep, latch: .signal, override: .never)
    case .wrongDirection:
      Row(
        7, 29, after: .zero, .always(.forcedStop), latch: .reaction, override: .never,
        closesClamp: true)
    case .driveFault: Row(11, 30, after: .zero, keep, latch: .signal, override: .never)
    case .driveDead:
      Row(
        11, 30, after: .zero,
        Reactions(
          rest: .none, prime: .annunciate, roller: .keepRunning, centrifugal: .zeroFlow,
          arrest: .annunciate), latch: .reaction, override: .never, closesClamp: true)
    case .decoupled: Row(3, 31, after: .zero, told, latch: .signal, override: .timed)
    case .lossOfPrime:
      Row(
        40, 31, after: .zero,
        Reactions(
          rest: .none, prime: .annunciate, roller: .annunciate, centrifugal: .zeroFlow,
          arrest: .annunciate), latch: .reaction, override: .timed, closesClamp: true)
    case .coverOpen:
      Row(
        21, 32, after: Self.ms(100),
        Reactions(
          rest: .stop, prime: .stop, roller: .hold, centrifugal: .annunciate, arrest: .stop),
        override: .timed)
    case .pressureAlert:
      Row(
        8, 10, after: Self.ms(50),
        Reactions(
          rest: .stop, prime: .stop, roller: .regulate, centrifugal: .regulate,
          arrest: .annunciate), override: .timed, event: .pressureAlert)
    case .pressureStop:
      Row(
        8, 11, after: Self.ms(20),
        Reactions(
          rest: .stop, prime: .stop, roller: .stop, centrifugal: .regulate, arrest: .stop),
        latch: .reaction, override: .never, event: .pressureStop)
    case .pressureHard:
      Row(
        8, 11, after: .zero,
        Reactions(
          rest: .forcedStop, prime: .forcedStop, roller: .forcedStop, centrifugal: .regulate,
          arrest: .forcedStop), latch: .reaction, override: .never)
    case .ratio: Row(36, 39, after: .zero, .always(.stop), latch: .reaction, override: .never)
    case .noArterialFlow:
      Row(
        33, 40, after: Self.ms(100),
        Reactions(
          rest: .stop, prime: .annunciate, roller: .stop, centrifugal: .stop, arrest: .stop),
        latch: .reaction, override: .never)
    case .belowFloor: Row(6, 24, after: .zero, told, override: .timed)
    case .flowMismatch: Row(17, 25, after: .zero, told)
    case .suction:
      Row(
        37, 42, after: Self.ms(300), .always(.stop), latch: .reaction)
    case .handCrank: Row(11, 64, after: .zero, told)
    case .noTube: Row(20, 31, after: .zero, told, latch: .signal, override: .timed)
    case .slip: Row(11, 27, after: .zero, keep, override: .never)
    case .rotorSensor: Row(48, 56, after: Self.s(1), hold, latch: .signal, override: .never)
    case .occlusionLoss: Row(18, 33, after: .zero, told, latch: .signal, override: .never)
    case .pulsePeak: Row(58, 65, after: .zero, told)
    case .zeroFlowLong: Row(3, 21, after: .zero, told, override: .timed)
    case .zeroFlowVeryLong: Row(3, 21, after: .zero, told, override: .timed)
    case .torqueNotOff: Row(10, 59, after: Self.ms(100), told, latch: .signal, override: .never)
    case .chatter: Row(12, 16, after: .zero, told)
    }
  }
}
