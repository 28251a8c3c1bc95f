import PerfusionCore

/// A pump's drive with its motor and shaft: reference voltage in, turning rotor out.
///
/// It follows its reference by its own speed loop and goes on at the last one when nobody talks
/// to it, because the DAC holds. Without supply or torque it runs down.
final class PumpDrive {
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
  private var random: SplitMix64
  private var faults = PumpDriveFaults()
  private var failingMilliseconds: Int32 = 0

  /// A drive at rest; its reference input is wrong by up to 3 % of the value and 0.1 % of the
  /// greatest speed, by the seed.
  init(kind: PumpKind, maximumSpeed: Double, random: SplitMix64) {
    self.kind = kind
    self.random = random
    numbers = .of(kind)
    referenceGain = 1 + self.random.symmetric(0.03)
    referenceOffset = self.random.symmetric(0.001) * maximumSpeed
  }

  /// Torque is allowed by both inputs.
  var hasTorque: Bool { torqueAllowed.first && torqueAllowed.second }
  /// The safe-torque-off feedback.
  var torqueIsOff: Bool { !hasTorque }
  /// Signed speed of what the encoder sits on, rpm.
  var encoderSpeed: Double { kind == .roller ? rotorSpeed : motorSpeed }
  /// Electrical power taken from the supply, watts.
  var power: Double { current * 24 }

  /// Moves on by one millisecond against a load in N.m at the rotor.
  func step(load: Double, supplied: Bool) {
    if faults.isActive { faults.step(&random, numbers: numbers, reference: reference) }
    let isPowered = supplied && !faults.dropsPower
    let drives = isPowered && hasTorque
    let isLoose = faults.shaft == .off || faults.slips
    let carried = isLoose ? 0 : load
    let wanted = target()
    if drives { follow(wanted, load: carried) } else { coast() }
    if faults.shaft == .stuck { motorSpeed = 0 }
    watchFollowing(wanted, drives: drives)
    isAlive = drives && !hasFault
    current = drives ? motorCurrent(carried) : 0
    turn(isLoose: isLoose)
  }

  /// Applies or ends a fault of the drive's electronics.
  func setFault(_ word: FaultWord?, random: SplitMix64) {
    self.random = random
    faults.setDrive(word, holding: reference, random: self.random.fork())
  }

  /// Applies or ends a fault of motor, coupling and rotor.
  func setShaftFault(_ word: FaultWord?, random: SplitMix64) {
    faults.setShaft(word, random: random)
  }

  private func target() -> Double {
    let seen = max(0, faults.reference(reference) * referenceGain + offset)
    let speed = isEnabled || faults.ignoresEnable ? seen : 0
    let backwards = isReversed != (faults.shaft == .wrong)
    return backwards ? -speed : speed
  }

  private var offset: Double { reference > 0 ? referenceOffset : 0 }

  private func follow(_ wanted: Double, load: Double) {
    let lag = faults.drive == .slow ? numbers.lag * 10 : numbers.lag
    let limit = numbers.acceleration
    let asked = (wanted - motorSpeed) / lag
    let isStalled = load > numbers.stallTorque && abs(wanted) > abs(motorSpeed)
    guard !isStalled else { return coast() }
    motorSpeed += min(max(asked, -limit), limit) * 0.001
    if wanted == 0 && abs(motorSpeed) < 0.05 { motorSpeed = 0 }
  }

  private func coast() {
    motorSpeed -= motorSpeed * (0.001 / numbers.coasting)
    if abs(motorSpeed) < 0.05 { motorSpeed = 0 }
  }

  /// A drive that cannot follow for 500 ms says so.
  private func watchFollowing(_ wanted: Double, drives: Bool) {
    let allowed = max(5, abs(wanted) * 0.2)
    let isFailing = drives && abs(wanted - motorSpeed) > allowed
    failingMilliseconds = isFailing ? min(failingMilliseconds + 1, 1000) : 0
    hasFault = failingMilliseconds >= 500
  }

  private func motorCurrent(_ load: Double) -> Double {
    let stall = numbers.stallTorque / numbers.torquePerAmpere
    if faults.shaft == .stuck && abs(target()) > 1 { return numbers.idleCurrent + stall }
    let torque = motorSpeed == 0 ? 0 : min(abs(load) / numbers.torquePerAmpere, stall)
    return numbers.idleCurrent + torque + numbers.frictionCurrent * abs(motorSpeed)
  }

  private func turn(isLoose: Bool) {
    if isLoose {
      rotorSpeed -= rotorSpeed * (0.001 / numbers.coasting)
      if abs(rotorSpeed) < 0.05 { rotorSpeed = 0 }
    } else {
      rotorSpeed = motorSpeed
    }
    rotorTurns += rotorSpeed * (0.001 / 60)
    encoderTurns += encoderSpeed * (0.001 / 60)
  }
}
