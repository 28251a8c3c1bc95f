/// Slows a pump as the venous reservoir falls from its alert to its alarm volume
/// (docs/domain.md 8.4, f_L): 1 at the alert, one tenth at the alarm.
///
/// At the alarm itself the interlocks stop the pump; the servo never does.
public struct LevelServo: BitwiseCopyable, Sendable {
  /// Volume from which the pump is slowed, 500 ml by default.
  public var alert: Volume
  /// Volume at which the factor reaches its least, 300 ml by default.
  public var alarm: Volume
  private var memory = FactorMemory()

  /// The factor at and below the alarm volume.
  public static var least: Fraction { Fraction(value: 0.1) }

  /// A servo between two volumes.
  ///
  /// Volumes that coincide or lie the wrong way round make a switch at `alarm`.
  public init(alert: Volume, alarm: Volume) {
    self.alert = alert
    self.alarm = alarm
  }

  /// A servo with the limits of a reservoir.
  public init(_ reservoir: ReservoirConfiguration) {
    self.init(alert: reservoir.alert, alarm: reservoir.alarm)
  }

  /// The factor at a volume, 0.1...1.
  public func factor(at volume: Volume) -> Fraction {
    guard alert > alarm else { return volume > alarm ? .one : Self.least }
    let share = Fraction(value: (volume - alarm) / (alert - alarm)).clamped()
    return Self.least + share * (1 - Self.least.value)
  }

  /// Takes the volume after one more `step`; a lost reading holds, then releases.
  public mutating func update(volume: Reading<Volume>, step: Seconds) -> Fraction {
    memory.update(volume.usable.map { factor(at: $0) }, step: step)
  }

  /// Forgets the last factor.
  public mutating func reset() { memory.reset() }
}
