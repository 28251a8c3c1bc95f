public import PerfusionCore

/// Reads `Outputs` messages; the bytes may be anything.
public struct OutputsDecoder: Sendable {
  /// What the board was told, from `tick` on until the next change.
  public private(set) var actuators = ActuatorCommands()
  /// The tick of the last change that was read.
  public private(set) var tick: UInt64 = 0
  /// A complete tick has been read.
  public private(set) var isSynchronised = false

  /// A decoder that waits for a complete tick.
  public init() {}

  /// Forgets all: the next tick must be a complete one.
  public mutating func reset() { self = OutputsDecoder() }

  /// Reads one message and calls `body` after each of its ticks, until one returns false.
  ///
  /// - Returns: false when the bytes are no `Outputs` message.
  public mutating func read(
    _ message: UnsafeRawBufferPointer, _ body: (OutputsDecoder) -> Bool
  ) -> Bool {
    var reader = unsafe ByteReader(message)
    var isReported = false
    while let field = reader.field() {
      guard field.number == OutputField.next else {
        guard take(field) else { return false }
        continue
      }
      if !isReported, isSynchronised, !body(self) { return true }
      isReported = true
      var inner = unsafe ByteReader(field.bytes)
      while let change = inner.field() {
        guard take(change) else { return false }
      }
      guard !inner.hasFailed else { return false }
      if isSynchronised, !body(self) { return true }
    }
    guard !reader.hasFailed else { return false }
    if !isReported, isSynchronised { _ = body(self) }
    return true
  }

  private mutating func take(_ field: WireField) -> Bool {
    let isOn = field.bits != 0
    switch field.number {
    case OutputField.tick: tick = field.bits
    case OutputField.isComplete: becomeComplete()
    case OutputField.openArterialClamp: actuators.openArterialClamp = isOn
    case OutputField.testAirDetectors: actuators.testAirDetectors = isOn
    case OutputField.strokeWatchdog: actuators.strokeWatchdog = isOn
    case OutputField.isAdopting: actuators.isAdopting = isOn
    case OutputField.buzzer: actuators.alarm.buzzer = isOn
    case OutputField.red: actuators.alarm.red = isOn
    case OutputField.yellow: actuators.alarm.yellow = isOn
    case OutputField.cyan: actuators.alarm.cyan = isOn
    case OutputField.patientWater: return field.read(&actuators.patientWater)
    case OutputField.cardioplegiaWater: return field.read(&actuators.cardioplegiaWater)
    case OutputField.venousOccluder: return field.read(&actuators.venousOccluder)
    case OutputField.drives..<OutputField.occlusionGaps:
      return field.read(&actuators.drives[Int(field.number - OutputField.drives)])
    case OutputField.occlusionGaps..<(OutputField.occlusionGaps + 8):
      return field.read(&actuators.occlusionGaps[Int(field.number - OutputField.occlusionGaps)])
    default: break
    }
    return true
  }

  private mutating func becomeComplete() {
    actuators = ActuatorCommands()
    isSynchronised = true
  }
}

extension WireField {
  fileprivate func read(_ fraction: inout Fraction) -> Bool {
    var reader = unsafe ByteReader(bytes)
    var value = 0.0
    while let field = reader.field() {
      if field.number == 1 || field.number == 2 { value = field.double }
    }
    fraction = Fraction(base: value)
    return !reader.hasFailed
  }
  fileprivate func read(_ water: inout WaterCommand) -> Bool {
    var reader = unsafe ByteReader(bytes)
    water = WaterCommand()
    while let field = reader.field() {
      switch field.number {
      case 1: water.pump = field.bits != 0
      case 2: water.heater = field.bits != 0
      case 3: water.heaterContactor = field.bits != 0
      case 4: water.chiller = field.bits != 0
      default: break
      }
    }
    return !reader.hasFailed
  }
  fileprivate func read(_ drive: inout DriveCommand) -> Bool {
    var reader = unsafe ByteReader(bytes)
    drive = DriveCommand()
    drive.speed = RotationalSpeed(base: 0)
    while let field = reader.field() {
      switch field.number {
      case 1, 2: drive.speed = RotationalSpeed(base: field.double)
      case 3: drive.isReversed = field.bits != 0
      case 4: drive.isEnabled = field.bits != 0
      case 5: drive.removeTorque = field.bits != 0
      default: break
      }
    }
    return !reader.hasFailed
  }
}
