import PerfusionCore

/// One stream of pseudo-random numbers.
struct Noise {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

  /// Evenly spread over -1...1.
  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Double(mixed >> 11) / 4_503_599_627_370_496 - 1
  }
}

/// A drive with its rotor and encoder, written apart from the controller: wrong gain, wrong
/// offset, lag, noise, and the ways it breaks.
struct DriveModel {
  var gain = 1.0
  var offset = 0.0
  var lag = 0.08
  var countsPerRevolution = 4096.0
  /// Peak of the noise on the angle, in counts.
  var noiseCounts = 1.0
  /// Drive speed that sticks, whatever is told.
  var stuckSpeed: Double?
  /// The rotor is blocked.
  var isJammed = false
  /// The motor turns, the rotor does not.
  var isUncoupled = false
  /// The motor is wired the wrong way round.
  var isSwapped = false
  /// Somebody turns the rotor by hand at this speed.
  var crank: Double?
  /// The encoder counts the wrong way.
  var encoderIsMirrored = false
  /// The encoder's angle is off by this many counts, at random, each sample.
  var encoderErrs = 0.0
  /// The tachometer shows this many times its pulses.
  var pulseShare = 1.0
  private var pulses = 0.0
  private var lastTurns = 0.0
  /// Ticks between encoder samples.
  var sampleEvery = 1

  var speed = 0.0
  var turns = 0.0
  var noise: Noise
  private var ticks = 0
  private var sample = Reading<Int64>(0, takenAt: .start)

  init(seed: UInt64) { noise = Noise(seed: seed) }

  /// Moves the rotor on by a tick of 1 ms steps.
  mutating func step(_ drive: DriveCommand, milliseconds: Int) {
    for _ in 0..<milliseconds {
      var goal = 0.0
      if drive.isEnabled {
        let told = max(0, drive.speed.revolutionsPerMinute * gain + offset)
        goal = drive.speed.revolutionsPerMinute > 0 ? told : 0
        if drive.isReversed != isSwapped { goal = -goal }
      }
      if let stuckSpeed { goal = stuckSpeed }
      if drive.removeTorque { goal = 0 }
      speed += (goal - speed) * 0.001 / max(lag, 0.001)
      if isJammed || isUncoupled { speed = 0 }
      if let crank { speed = crank }
      turns += speed / 60_000
    }
  }

  /// The encoder now.
  mutating func encoder(at now: Instant) -> Reading<Int64> {
    if ticks % sampleEvery == 0 {
      pulses += (turns - lastTurns) * pulseShare
      lastTurns = turns
      let shown = encoderIsMirrored ? -pulses : pulses
      let error = noise.next() * noiseCounts + noise.next() * encoderErrs
      let angle = (shown * countsPerRevolution + error).rounded(.down)
      sample = Reading(Int64(angle), takenAt: now)
    }
    ticks += 1
    return sample
  }
}

/// A pump on the bench: controller's pump, drive model, and whatever a test sets around it.
struct PumpBench {
  var pump: Pump
  var drive: DriveModel
  var intent = PumpIntent()
  var constraint = PumpConstraint()
  var environment = PumpEnvironment()
  var output = PumpOutput()
  var current = 3.0
  var encoderQuality = Quality.valid
  let milliseconds: Int
  private var ticks: Int64 = 0

  init(
    _ configuration: PumpConfiguration = PumpConfiguration(), seed: UInt64 = 1,
    milliseconds: Int = 5
  ) {
    self.milliseconds = milliseconds
    environment.tick = .milliseconds(Double(milliseconds))
    pump = Pump(configuration: configuration, tick: environment.tick)
    drive = DriveModel(seed: seed)
    drive.countsPerRevolution = configuration.countsPerRevolution
    environment.signals.driveAlive = Reading(true, takenAt: .start)
    environment.signals.torqueIsOff = Reading(false, takenAt: .start)
    environment.signals.driveFault = Reading(false, takenAt: .start)
  }

  var status: PumpStatus { pump.status }
  var seconds: Double { Double(ticks) * Double(milliseconds) / 1000 }
  var now: Instant { Instant(microseconds: ticks * Int64(milliseconds) * 1000) }

  mutating func tick() {
    ticks += 1
    drive.step(output.drive, milliseconds: milliseconds)
    environment.now = now
    environment.signals.rotor = drive.encoder(at: now)
    environment.signals.rotor.quality = encoderQuality
    environment.signals.current = Reading(ElectricCurrent(amperes: current), takenAt: now)
    environment.signals.torqueIsOff = Reading(output.drive.removeTorque, takenAt: now)
    output = pump.update(intent: intent, constraint: constraint, environment: environment)
  }

  mutating func run(_ seconds: Double) {
    for _ in 0..<Int((seconds * 1000 / Double(milliseconds)).rounded()) { tick() }
  }

  /// Runs until a finding stands; the seconds it took, nothing when it never came.
  mutating func time(until holds: (PumpBench) -> Bool, within limit: Double) -> Double? {
    let start = seconds
    while seconds - start < limit {
      tick()
      if holds(self) { return seconds - start }
    }
    return nil
  }

  /// True speed averaged over a time.
  mutating func meanSpeed(over seconds: Double) -> Double {
    let before = drive.turns
    run(seconds)
    return (drive.turns - before) * 60 / seconds
  }

  /// Starts at a speed and lets it settle.
  mutating func start(at speed: Double, settle: Double = 6) {
    intent.isStarted = true
    intent.setSpeed = .rpm(speed)
    run(settle)
  }
}

extension PumpConfiguration {
  static func roller(
    _ role: PumpRole = .arterial, tube: TubeSize = .half, stroke: Double = 45
  ) -> PumpConfiguration {
    var pump = PumpConfiguration()
    pump.role = role
    pump.roller.tube = tube
    pump.roller.strokeVolume = .millilitersPerRevolution(stroke)
    pump.roller.typicalCurrent = ElectricCurrent(amperes: 3)
    return pump
  }

  static func centrifugal() -> PumpConfiguration {
    var pump = PumpConfiguration()
    pump.kind = .centrifugal
    pump.maximumSpeed = .rpm(4500)
    pump.slewUp = .rpmPerSecond(500)
    pump.slewDown = .rpmPerSecond(1000)
    pump.rotorSensor = .tachometer
    pump.countsPerRevolution = 6
    return pump
  }
}
