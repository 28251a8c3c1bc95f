/// The volume a roller pump has delivered, by the travel of its rotor.
///
/// Each count carries its share of the stroke volume; the leak past the rollers is taken off while
/// the rotor turns. While the rotor cannot be read, the commanded speed stands in; when counts come
/// back unbroken they replace what stood in (docs/domain.md 2.2: dose within 2 % over 100 ml).
public struct VolumeCounter: BitwiseCopyable, Sendable {
  /// Volume since start-up; falls while the rotor turns in reverse.
  public var total: Volume { Volume(milliliters: counted + standIn) }
  /// Volume since the last `reset`.
  public var delivered: Volume { Volume(milliliters: counted + standIn - mark) }
  /// Part of the volume since the last unbroken count is only the commanded speed.
  public var isStandIn: Bool { standIn != 0 }

  private var counted: Double = 0
  private var standIn: Double = 0
  private var mark: Double = 0

  /// A counter at zero.
  public init() {}

  /// Counts from here.
  public mutating func reset() { mark = counted + standIn }

  /// Adds what the rotor has travelled since the last update.
  ///
  /// * `stroke`: stroke volume, less what the inlet does not fill.
  /// * `leak`: flow back past the rollers now.
  /// * `commanded`: signed speed the drive is told.
  public mutating func update(
    rotor: RotorMotion, stroke: StrokeVolume, leak: Flow,
    commanded: RotationalSpeed, tick: Seconds
  ) {
    if rotor.wasRebased {
      counted += standIn
      standIn = 0
    }
    guard rotor.speed.quality == .valid else {
      standIn += (stroke * (commanded * tick)).milliliters
      return
    }
    standIn = 0
    if rotor.advance != 0 {
      let turns = Double(rotor.advance) / rotor.countsPerRevolution
      counted += stroke.millilitersPerRevolution * turns
    }
    if rotor.speed.value.magnitude > .rpm(0.5) { counted -= (leak * tick).milliliters }
  }

  /// Adds a measured flow: for pumps whose rotor does not meter.
  public mutating func add(_ flow: Flow, tick: Seconds) { counted += (flow * tick).milliliters }
}
