import ChipDrivers
import PerfusionCore

/// One wired analogue sensor: its transducer with lag, tolerance and fault, up to the chip's input.
struct SensorChannel {
  let wiring: SensorWiring
  let kind: SensorClass
  /// What it gives while a fault acts, and gave when it began or ended.
  private(set) var output: SensorOutput
  private let tolerance: SensorTolerance
  private let lagKind: TransducerLag.Kind
  private let partOffset: Double
  private var lag: TransducerLag
  private var fault: SensorFaultState?
  private var isFaulty = false

  /// What an analogue sensor may suffer: `off` open circuit, `stuck`, `garbage` anything in its
  /// range, `wrong` a fixed offset (a rotor: counts backwards), `slow`, `delayed`,
  /// `intermittent` open half of the time.
  static var faultWords: [FaultWord] {
    [.off, .stuck, .garbage, .wrong, .slow, .delayed, .intermittent]
  }

  /// A sensor that has settled at the true value; its errors are drawn from `random`.
  init(
    _ wiring: SensorWiring, rails: InputRails, curves: CurveInverses, truth: Double,
    random: inout SplitMix64
  ) {
    self.wiring = wiring
    kind = .of(wiring.site)
    tolerance = .of(kind)
    lagKind = SensorChannel.lag(kind, random: &random)
    lag = TransducerLag(lagKind, settledAt: truth)
    let gain = 1 + random.symmetric(tolerance.gain)
    partOffset = random.symmetric(tolerance.offset)
    let inverse = CalibrationInverse(wiring, perChannel: rails.perChannel, rails: rails.range)
    var open = inverse.openCircuit(wiring, curves: curves)
    if case .carries(let value) = rails.open { open = value }
    output = SensorOutput(
      shown: truth, gain: gain, offset: partOffset, noise: tolerance.noise, inverse: inverse,
      openInput: open)
  }

  /// Moves on by one millisecond. `slope` is how fast the true value moves, a second, for what
  /// must be exact between milliseconds. True when a fault has shaped `output`; otherwise it is
  /// what the transducer shows.
  mutating func step(_ truth: Double, slope: Double, at now: Instant) -> Bool {
    lag.step(truth)
    guard isFaulty else { return false }
    output.shown = lag.value
    output.slope = slope
    output.steppedAt = now.microseconds
    stepFault()
    return true
  }

  /// A slow quantity behind a plain lag, without a fault: ten milliseconds at a time will do.
  var maySkip: Bool {
    switch kind {
    case .temperature, .volume, .voltage, .charge: !isFaulty && lag.maySkip
    case .pressure, .flow, .position, .rotor, .current, .twoState: false
    }
  }

  /// Moves a sensor that may skip on by ten milliseconds.
  mutating func slowStep(_ truth: Double) { lag.slowStep(truth) }

  /// What the transducer shows, without fault, tolerance and noise.
  var shown: Double { lag.value }

  /// Applies or ends a fault.
  mutating func setFault(_ word: FaultWord?, random: SplitMix64) {
    let wasSlow = fault?.word == .slow
    fault = word.map { SensorFaultState($0, showing: lag.value, random: random) }
    if word == .slow {
      lag = TransducerLag(lagKind, settledAt: lag.value, slowness: 10)
    } else if wasSlow {
      lag = TransducerLag(lagKind, settledAt: lag.value)
    }
    output.offset = word == .wrong ? partOffset + tolerance.wrong : partOffset
    output.mode = .measures
    output.shown = lag.value
    isFaulty = fault != nil
    if isFaulty { stepFault() }
  }

  private mutating func stepFault() {
    fault?.step(showing: lag.value)
    guard let fault else { return }
    switch fault.word {
    case .stuck:
      output.shown = fault.held
      output.mode = .stuck
    case .garbage: output.mode = .random
    case .wrong where kind == .rotor:
      output.shown = 2 * fault.held - lag.value
      output.slope = -output.slope
    case .delayed:
      output.shown = fault.late
      output.slope = 0
    default: output.mode = fault.isOpen ? .open : .measures
    }
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
