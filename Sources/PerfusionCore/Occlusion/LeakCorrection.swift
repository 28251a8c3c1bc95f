/// The flow of a roller pump less what its rollers let back (docs/domain.md 2.3).
public struct LeakCorrection: BitwiseCopyable, Sendable {
  /// Leak as the last occlusion test measured it; zero for full occlusion.
  public var leak: LeakConductance

  /// A correction by a measured leak.
  public init(leak: LeakConductance) { self.leak = leak }

  /// The flow at a speed against a head.
  ///
  /// Without a usable outlet pressure the flow is not corrected; without a usable inlet pressure
  /// the inlet counts as zero. The leak never takes more than the flow of a forward pump.
  public func flow(
    stroke: StrokeVolume, speed: RotationalSpeed, outlet: Reading<Pressure>,
    inlet: Reading<Pressure>
  ) -> Flow {
    let displaced = stroke * speed
    guard let outlet = outlet.usable else { return displaced }
    let back = leak * (outlet - (inlet.usable ?? .zero))
    return displaced > .zero ? displaced - back.clamped(.zero, displaced) : displaced
  }
}

/// Loss of occlusion while the pump runs: the probe sees less than 92 % of what the rollers
/// displace for 5 s, and the inlet is not starved (docs/domain.md 2.3, HZ-18).
public struct OcclusionLoss: BitwiseCopyable, Sendable {
  /// The occlusion counts as lost.
  public private(set) var isLost = false
  private var condition = SustainedCondition(for: Seconds(seconds: 5))

  /// Share of the displaced flow under which it counts.
  public static var share: Fraction { Fraction(value: 0.92) }
  /// Inlet pressure below which starvation explains the missing flow.
  public static var starved: Pressure { Pressure(millimetersOfMercury: -50) }

  /// A pump that has not been watched yet.
  public init() {}

  /// Takes what one more `step` showed; without a usable probe and inlet pressure nothing counts.
  public mutating func update(
    probe: Reading<Flow>, stroke: StrokeVolume, speed: Reading<RotationalSpeed>,
    inlet: Reading<Pressure>, step: Seconds
  ) {
    guard let flow = probe.usable, let speed = speed.usable, let inlet = inlet.usable,
      speed.revolutionsPerMinute >= 5
    else {
      isLost = condition.update(false, step: step)
      return
    }
    let displaced = stroke * speed
    isLost = condition.update(
      flow < displaced * Self.share.value && inlet > Self.starved, step: step)
  }
}
