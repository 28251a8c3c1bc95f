import ChipDrivers
import PerfusionCore

/// One wired analogue sensor: what its transducer is, with its tolerance and its fault.
///
/// What moves every millisecond, lag and output, stands beside it in `SensorBank`.
struct SensorChannel {
  let wiring: SensorWiring
  /// The site whose truth its transducer shows; another than the wired one while it is swapped.
  var measures: SensorSite
  let kind: SensorClass
  private let tolerance: SensorTolerance
  private let lagKind: TransducerLag.Kind
  private let gain: Double
  private let partOffset: Double
  private var fault: SensorFaultState?

  /// What an analogue sensor may suffer: `off` open circuit, `stuck`, `garbage` anything in its
  /// range, `wrong` a fixed offset (a rotor: counts backwards), `drift`, `swapped`, `slow`, `delayed`,
  /// `intermittent` open half of the time.
  static var faultWords: [FaultWord] {
    [.off, .stuck, .garbage, .wrong, .drift, .swapped, .slow, .delayed, .intermittent]
  }

  /// A sound sensor; its errors are drawn from `random`.
  init(_ wiring: SensorWiring, random: inout SplitMix64) {
    self.wiring = wiring
    measures = wiring.site
    kind = .of(wiring.site)
    tolerance = .of(kind)
    lagKind = SensorChannel.lag(kind, random: &random)
    gain = 1 + random.symmetric(tolerance.gain)
    partOffset = random.symmetric(tolerance.offset)
  }

  /// A fault acts on it.
  var isFaulty: Bool { fault != nil }
  /// It is exchanged with its neighbour.
  var isSwapped: Bool { fault?.word == .swapped }
  /// A fault makes it slow.
  var isSlow: Bool { fault?.word == .slow }

  /// Its transducer, settled at a value.
  func lag(settledAt value: Double) -> TransducerLag {
    TransducerLag(lagKind, settledAt: value, slowness: isSlow ? 10 : 1)
  }

  /// What a sound sensor gives that shows `value`.
  func output(showing value: Double, rails: InputRails, curves: CurveInverses) -> SensorOutput {
    let inverse = CalibrationInverse(wiring, perChannel: rails.perChannel, rails: rails.range)
    var open = inverse.openCircuit(wiring, curves: curves)
    if case .carries(let value) = rails.open { open = value }
    return SensorOutput(
      shown: value, gain: gain, offset: partOffset, noise: tolerance.noise, inverse: inverse,
      openInput: open)
  }

  /// A slow quantity behind a plain lag, without a fault: ten milliseconds at a time will do.
  func maySkip(_ lag: borrowing TransducerLag) -> Bool {
    switch kind {
    case .temperature, .volume, .voltage, .charge: !isFaulty && lag.maySkip
    case .pressure, .flow, .position, .rotor, .current, .twoState: false
    }
  }

  /// Applies or ends a fault of a sensor whose transducer shows `value`.
  mutating func setFault(
    _ word: FaultWord?, showing value: Double, random: SplitMix64, output: inout SensorOutput
  ) {
    fault = word.map { SensorFaultState($0, showing: value, random: random) }
    output.offset = word == .wrong ? partOffset + tolerance.wrong : partOffset
    output.mode = .measures
    output.shown = value
    if isFaulty { stepFault(&output) }
  }

  /// Moves a fault on by a millisecond and lets it shape an output that shows the transducer's
  /// present value.
  mutating func stepFault(_ output: inout SensorOutput) {
    let value = output.shown
    fault?.step(showing: value)
    guard let fault else { return }
    switch fault.word {
    case .stuck:
      output.shown = fault.held
      output.mode = .stuck
    case .garbage: output.mode = .random
    case .drift: output.offset += tolerance.wrong * (0.001 / 30)
    case .wrong where kind == .rotor:
      output.shown = 2 * fault.held - value
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
