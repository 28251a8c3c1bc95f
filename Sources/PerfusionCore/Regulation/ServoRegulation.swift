/// What the servos of one pump look at.
public struct ServoInputs: BitwiseCopyable, Sendable {
  /// Outlet pressure, mean over one roller half-turn.
  public var outletMean: Reading<Pressure>
  /// Inlet pressure as it is measured.
  public var inlet: Reading<Pressure>
  /// Volume of the venous reservoir.
  public var reservoir: Reading<Volume>

  /// Makes the inputs; a pressure or volume that does not concern the pump is `.absent`.
  public init(
    outletMean: Reading<Pressure>, inlet: Reading<Pressure>, reservoir: Reading<Volume>
  ) {
    self.outletMean = outletMean
    self.inlet = inlet
    self.reservoir = reservoir
  }
}

/// Which servos may act on a pump, by its configuration, the response matrix and overrides.
public struct ServoSelection: BitwiseCopyable, Equatable, Sendable {
  /// The outlet pressure slows it.
  public var pressure: Bool
  /// The reservoir level slows it.
  public var level: Bool
  /// Inlet suction slows it.
  public var suction: Bool

  /// Selects servos one by one.
  public init(pressure: Bool, level: Bool, suction: Bool) {
    self.pressure = pressure
    self.level = level
    self.suction = suction
  }
  /// No servo acts.
  public static var none: ServoSelection {
    ServoSelection(pressure: false, level: false, suction: false)
  }
  /// Every servo acts.
  public static var all: ServoSelection {
    ServoSelection(pressure: true, level: true, suction: true)
  }
}

/// The smallest of the servo factors and the servo it comes from.
public struct ServoVerdict: BitwiseCopyable, Sendable {
  /// Share of the set-point that may be commanded, from the pump's least factor to 1.
  public var factor: Fraction
  /// Why, or `asSet` when nothing slows the pump.
  public var reason: CommandReason
  /// A pump that runs as set.
  public static var asSet: ServoVerdict { ServoVerdict(factor: .one, reason: .asSet) }

  /// Makes a verdict.
  public init(factor: Fraction, reason: CommandReason) {
    self.factor = factor
    self.reason = reason
  }
}

/// The servo regulation of one pump: outlet pressure, reservoir level and inlet suction
/// (grade G2 of docs/domain.md 8.1).
///
/// Call `update` every tick: pressure and suction run at 50 Hz and level at 10 Hz inside it
/// (docs/domain.md 11.1), and between them the verdict stands. The operator's set-point is never
/// touched: the caller multiplies it by the factor and shows both. The backflow floor of a
/// centrifugal pump comes after this and is the caller's.
public struct ServoRegulation: BitwiseCopyable, Sendable {
  /// Time between two runs of the pressure and suction servos.
  public static var pressurePeriod: Seconds { .milliseconds(20) }
  /// Time between two runs of the level servo.
  public static var levelPeriod: Seconds { .milliseconds(100) }

  /// The outlet pressure servo; its limits may be changed at any time.
  public var pressure: PressureServo
  /// The level servo.
  public var level: LevelServo
  /// The suction servo.
  public var suction: SuctionServo
  /// What the servos allow now.
  public private(set) var verdict = ServoVerdict.asSet

  private let least: Fraction
  private let tick: Seconds
  private let pressureTicks: UInt64
  private let levelTicks: UInt64
  private var factors = (pressure: Fraction.one, level: Fraction.one, suction: Fraction.one)

  /// The servos of a pump; `least` is the factor below which no servo goes.
  ///
  /// An arterial roller keeps 10 % of its set-point (docs/domain.md 8.1); pumps whose outlet may
  /// be shut, such as cardioplegia, go down to zero.
  public init(
    pump: PumpConfiguration, limits: CircuitLimits, reservoir: ReservoirConfiguration,
    tick: Seconds
  ) {
    pressure = PressureServo(pump)
    level = LevelServo(reservoir)
    suction = SuctionServo(limits)
    least = pump.role == .arterial && pump.kind == .roller ? LevelServo.least : .zero
    self.tick = tick
    pressureTicks = Self.ticks(Self.pressurePeriod, tick)
    levelTicks = Self.ticks(Self.levelPeriod, tick)
  }

  /// Takes one tick's readings and gives what the pump may run at.
  public mutating func update(
    tick now: Tick, inputs: ServoInputs, selection: ServoSelection
  ) -> ServoVerdict {
    if now.count % pressureTicks == 0 { runPressures(inputs, selection) }
    if now.count % levelTicks == 0 { runLevel(inputs, selection) }
    verdict = smallest()
    return verdict
  }

  /// Forgets the past, for a pump that was stopped.
  public mutating func reset() {
    pressure.reset()
    level.reset()
    suction.reset()
    factors = (.one, .one, .one)
    verdict = .asSet
  }

  private mutating func runPressures(_ inputs: ServoInputs, _ selection: ServoSelection) {
    let step = tick * Double(pressureTicks)
    if selection.pressure {
      factors.pressure = pressure.update(mean: inputs.outletMean, step: step)
    } else {
      pressure.reset()
      factors.pressure = .one
    }
    if selection.suction {
      factors.suction = suction.update(inlet: inputs.inlet, step: step)
    } else {
      suction.reset()
      factors.suction = .one
    }
  }

  private mutating func runLevel(_ inputs: ServoInputs, _ selection: ServoSelection) {
    guard selection.level else {
      level.reset()
      factors.level = .one
      return
    }
    factors.level = level.update(
      volume: inputs.reservoir, step: tick * Double(levelTicks))
  }

  private func smallest() -> ServoVerdict {
    var result = ServoVerdict.asSet
    if factors.pressure < result.factor {
      result = ServoVerdict(factor: factors.pressure, reason: .pressureServo)
    }
    if factors.level < result.factor {
      result = ServoVerdict(factor: factors.level, reason: .levelServo)
    }
    if factors.suction < result.factor {
      result = ServoVerdict(factor: factors.suction, reason: .suctionServo)
    }
    result.factor = max(result.factor, least)
    return result
  }

  private static func ticks(_ period: Seconds, _ tick: Seconds) -> UInt64 {
    let count = tick.seconds > 0 ? period / tick + 0.5 : 1
    return count >= 1 && count < 1e6 ? UInt64(count) : 1
  }
}
