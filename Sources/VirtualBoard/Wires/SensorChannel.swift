import ChipDrivers
import PerfusionCore

/// One wired analogue sensor: its transducer with lag, tolerance, noise and fault, up to the
/// chip's input.
struct SensorChannel {
  let wiring: SensorWiring
  let kind: SensorClass
  private let tolerance: SensorTolerance
  private let lagKind: TransducerLag.Kind
  private let inverse: CalibrationInverse
  private let openInput: Double
  private let gain: Double
  private let offset: Double
  private var lag: TransducerLag
  private var slope: Double = 0
  private var steppedAt: Int64 = 0
  private var fault: SensorFaultState?

  /// What an analogue sensor may suffer: `off` open circuit, `stuck`, `garbage` anything in its
  /// range, `wrong` a fixed offset (a rotor: counts backwards), `slow`, `delayed`,
  /// `intermittent` open half of the time.
  static var faultWords: [FaultWord] {
    [.off, .stuck, .garbage, .wrong, .slow, .delayed, .intermittent]
  }

  /// A sensor that has settled at the true value; its errors are drawn from `random`.
  init(
    _ wiring: SensorWiring, inverse: CalibrationInverse, rails: InputRails, truth: Double,
    random: inout SplitMix64
  ) {
    self.wiring = wiring
    self.inverse = inverse
    switch rails.open {
    case .carries(let value): openInput = value
    case .pulled, .insideChip: openInput = inverse.openCircuit(wiring)
    }
    kind = .of(wiring.site)
    tolerance = .of(kind)
    lagKind = SensorChannel.lag(kind, random: &random)
    lag = TransducerLag(lagKind, settledAt: truth)
    gain = 1 + random.symmetric(tolerance.gain)
    offset = random.symmetric(tolerance.offset)
  }

  /// What the transducer shows, without tolerance and noise; engineering unit.
  var shown: Double { lag.value }

  /// Moves on by one millisecond. `slope` is how fast the true value moves, a second, for what
  /// must be exact between milliseconds.
  mutating func step(_ truth: Double, slope: Double, at now: Instant) {
    lag.step(truth)
    self.slope = slope
    steppedAt = now.microseconds
    fault?.step(showing: lag.value)
  }

  /// What stands at the chip's input at a moment.
  func input(at now: Instant, random: inout SplitMix64) -> Double {
    var value = lag.value
    if slope != 0 { value += slope * Double(now.microseconds &- steppedAt) * 1e-6 }
    guard let fault else { return inverse.input(measured(value, &random)) }
    if fault.isOpen { return openInput }
    if fault.word == .stuck { return inverse.input(fault.held * gain + offset) }
    if fault.word == .garbage {
      return inverse.input(random.between(wiring.lowest, wiring.highest))
    }
    let shown = fault.shown(value)
    if fault.word == .wrong && kind == .rotor {
      return inverse.input(2 * fault.held - shown)
    }
    let error = fault.word == .wrong ? tolerance.wrong : 0
    return inverse.input(measured(shown + error, &random))
  }

  /// Applies or ends a fault.
  mutating func setFault(_ word: FaultWord?, random: SplitMix64) {
    let wasSlow = fault?.word == .slow
    fault = word.map { SensorFaultState($0, showing: lag.value, random: random) }
    if word == .slow {
      lag = TransducerLag(lagKind, settledAt: lag.value, slowness: 10)
    } else if wasSlow {
      lag = TransducerLag(lagKind, settledAt: lag.value)
    }
  }

  private func measured(_ value: Double, _ random: inout SplitMix64) -> Double {
    let exact = value * gain + offset
    return tolerance.noise > 0 ? exact + random.bell() * tolerance.noise : exact
  }

  private static func lag(
    _ kind: SensorClass, random: inout SplitMix64
  ) -> TransducerLag.Kind {
    switch kind {
    case .pressure: .secondOrder(hertz: 30)
    case .flow: .delayedFirstOrder(seconds: 0.1, milliseconds: 20)
    case .temperature: .firstOrder(seconds: random.between(3, 5))
    case .volume: .firstOrder(seconds: 0.2)
    case .current: .firstOrder(seconds: 0.005)
    case .position, .rotor, .voltage, .charge, .twoState: .none
    }
  }
}
