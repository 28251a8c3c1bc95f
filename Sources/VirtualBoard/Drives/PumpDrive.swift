import PerfusionCore

/// A pump's drive with its motor and shaft: reference voltage in, turning rotor out.
///
/// It follows its reference by its own speed loop and goes on at the last one when nobody talks
/// to it, because the DAC holds. Without supply or torque it runs down.
struct PumpDrive {
  /// Speed reference as the drive understands its input, rpm, never negative.
  var reference: Double = 0
  /// The enable input; true where none is wired.
  var isEnabled = true
  /// The direction input.
  var isReversed = false
  /// First and second torque-allowed input (safe torque off inactive); both must hold.
  var torqueAllowed = (first: true, second: true)
  /// Somebody has opened the cover.
  var coverIsOpen = false
  /// Signed speed of the motor at the rotor's side of the gear, rpm.
  private(set) var motorSpeed: Double = 0
  /// Signed speed of the rotor or impeller, rpm.
  private(set) var rotorSpeed: Double = 0
  /// Angle of the rotor in turns since power-on, signed.
  private(set) var rotorTurns: Double = 0
  /// Angle of what the encoder sits on, turns: the rotor of a roller, the motor of a centrifugal.
  private(set) var encoderTurns: Double = 0
  /// Signed speed of what the encoder sits on, rpm.
  private(set) var encoderSpeed: Double = 0
  /// Current of the motor, amperes.
  private(set) var current: Double = 0
  /// The drive says that it is powered, sound and has torque.
  private(set) var isAlive = false
  /// The drive says that the motor does not follow.
  private(set) var hasFault = false

  let kind: PumpKind
  let numbers: PumpDriveNumbers
  private let referenceGain: Double
  private let referenceOffset: Double
  private let stallCurrent: Double
  private var random: SplitMix64
  private var faults = PumpDriveFaults()
  private var isFaulty = false
  private var isJammed = false
  private var isSlow = false
  private var failingMilliseconds: Int32 = 0

  /// A drive at rest; its reference input is wrong by up to 3 % of the value and 0.1 % of the
  /// greatest speed, by the seed.
  init(kind: PumpKind, maximumSpeed: Double, random: SplitMix64) {
    self.kind = kind
    self.random = random
    numbers = .of(kind)
    stallCurrent = numbers.stallTorque / numbers.torquePerAmpere
    referenceGain = 1 + self.random.symmetric(0.03)
    referenceOffset = self.random.symmetric(0.001) * maximumSpeed
  }

  /// Torque is allowed by both inputs.
  var hasTorque: Bool { torqueAllowed.first && torqueAllowed.second }
  /// The safe-torque-off feedback.
  var torqueIsOff: Bool { !hasTorque }
  /// Electrical power taken from the supply, watts.
  var power: Double { current * 24 }

  /// Notes what it says of itself.
  @inline(__always) mutating func note(as pump: Int, in states: inout TwoStates) {
    states.note(
      pump, alive: isAlive, fault: hasFault, off: torqueIsOff, open: coverIsOpen)
  }

  /// Moves on by one millisecond against a load in N.m at the rotor.
  mutating func step(load: Double, supplied: Bool) {
    if isFaulty { return stepFaulty(load: load, supplied: supplied) }
    let seen = isEnabled && reference > 0 ? reference * referenceGain + referenceOffset : 0
    let drives = supplied && hasTorque
    if seen == 0 && motorSpeed == 0 && rotorSpeed == 0 { return rest(drives: drives) }
    move(to: isReversed ? -seen : seen, drives: drives, load: load)
    rotorSpeed = motorSpeed
    turn()
  }

  /// A drive that stands and is to stand: what `move` would come to.
  private mutating func rest(drives: Bool) {
    failingMilliseconds = 0
    hasFault = false
    isAlive = drives
    current = drives ? numbers.idleCurrent : 0
  }

  private mutating func stepFaulty(load: Double, supplied: Bool) {
    faults.step(&random, numbers: numbers, reference: reference)
    let isLoose = faults.shaft == .off || faults.slips
    let drives = supplied && hasTorque && !faults.dropsPower
    move(to: faultyTarget(), drives: drives, load: isLoose ? 0 : load)
    if isLoose {
      rotorSpeed -= rotorSpeed * (0.001 / numbers.coasting)
      if abs(rotorSpeed) < 0.05 { rotorSpeed = 0 }
    } else {
      rotorSpeed = motorSpeed
    }
    turn()
  }

  private mutating func move(to wanted: Double, drives: Bool, load: Double) {
    if drives { follow(wanted, load: load) } else { coast() }
    if isJammed { motorSpeed = 0 }
    watchFollowing(wanted, drives: drives)
    isAlive = drives && !hasFault
    current = drives ? motorCurrent(load, wanted: wanted) : 0
  }

  /// Applies or ends a fault of the drive's electronics.
  mutating func setFault(_ word: FaultWord?, random: SplitMix64) {
    self.random = random
    faults.setDrive(word, holding: reference, random: self.random.fork())
    noticeFaults()
  }

  /// Applies or ends a fault of motor, coupling and rotor.
  mutating func setShaftFault(_ word: FaultWord?, random: SplitMix64) {
    faults.setShaft(word, random: random)
    noticeFaults()
  }

  private func faultyTarget() -> Double {
    let given = faults.reference(reference)
    let seen = given > 0 ? max(0, given * referenceGain + referenceOffset) : 0
    let speed = isEnabled || faults.ignoresEnable ? seen : 0
    return isReversed != (faults.shaft == .wrong) ? -speed : speed
  }

  private mutating func follow(_ wanted: Double, load: Double) {
    let limit = numbers.acceleration
    let asked = (wanted - motorSpeed) / (isSlow ? numbers.lag * 10 : numbers.lag)
    let isStalled = load > numbers.stallTorque && abs(wanted) > abs(motorSpeed)
    guard !isStalled else { return coast() }
    motorSpeed += min(max(asked, -limit), limit) * 0.001
    if wanted == 0 && abs(motorSpeed) < 0.05 { motorSpeed = 0 }
  }

  private mutating func coast() {
    motorSpeed -= motorSpeed * (0.001 / numbers.coasting)
    if abs(motorSpeed) < 0.05 { motorSpeed = 0 }
  }

  /// A drive that cannot follow for 500 ms says so.
  private mutating func watchFollowing(_ wanted: Double, drives: Bool) {
    let allowed = max(5, abs(wanted) * 0.2)
    let isFailing = drives && abs(wanted - motorSpeed) > allowed
    failingMilliseconds = isFailing ? min(failingMilliseconds + 1, 1000) : 0
    hasFault = failingMilliseconds >= 500
  }

  private func motorCurrent(_ load: Double, wanted: Double) -> Double {
    if isJammed && abs(wanted) > 1 { return numbers.idleCurrent + stallCurrent }
    let torque = motorSpeed == 0 ? 0 : min(abs(load) / numbers.torquePerAmpere, stallCurrent)
    return numbers.idleCurrent + torque + numbers.frictionCurrent * abs(motorSpeed)
  }

  private mutating func turn() {
    encoderSpeed = kind == .roller ? rotorSpeed : motorSpeed
    rotorTurns += rotorSpeed * (0.001 / 60)
    encoderTurns += encoderSpeed * (0.001 / 60)
  }

  private mutating func noticeFaults() {
    isFaulty = faults.isActive
    isJammed = faults.shaft == .stuck
    isSlow = faults.drive == .slow
  }
}
