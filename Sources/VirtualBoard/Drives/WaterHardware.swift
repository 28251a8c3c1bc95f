import PerfusionCore

/// Heater, contactor, chiller, pump and cut-out of one water circuit. All run on mains only.
struct WaterHardware {
  /// Solid-state relay of the heater; stuck means welded.
  var heater = Relay(welds: true)
  /// Contactor in series with it; stuck means welded.
  var contactor = Relay(welds: true)
  /// Compressor of the chiller.
  var chiller = Relay()
  /// Water pump on or off.
  var pump = Relay()
  /// Speed input of the water pump, 0...1.
  var pumpSpeed: Double = 1
  /// Independent over-temperature cut-out.
  var cutOut = ThermalCutOut()
  /// What reaches the water now.
  private(set) var state = State()
  private let ratedWatts: Double

  /// A circuit without power; without a wired contactor the heater has none in series.
  init(configuration: WaterCircuitConfiguration, hasContactor: Bool) {
    ratedWatts = configuration.heater.watts
    contactor.isCommanded = !hasContactor
  }

  /// What the circuit does to its water.
  struct State: BitwiseCopyable {
    /// Electrical power that reaches the heater, watts.
    var heaterWatts: Double = 0
    /// The compressor runs.
    var chillerRuns = false
    /// Speed of the water pump, 0...1.
    var pumpRuns: Double = 0
  }

  /// Moves on by one millisecond.
  @discardableResult mutating func step(
    mains: Bool, water: Double, at now: Instant
  ) -> State {
    cutOut.step(water: water)
    let heats = heater.step(at: now)
    let closes = contactor.step(at: now)
    state.heaterWatts = heats && closes && mains && !cutOut.isTripped ? ratedWatts : 0
    state.chillerRuns = chiller.step(at: now) && mains
    let wanted = pump.step(at: now) && mains ? min(max(pumpSpeed, 0), 1) : 0
    state.pumpRuns += (wanted - state.pumpRuns) * 0.002
    return state
  }
}
