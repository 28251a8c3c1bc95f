/// The last second of what the line diagnosis compares, at 20 Hz.
struct LineHistory: Sendable {
  /// One moment.
  struct Moment: BitwiseCopyable, Sendable {
    var post: Pressure?
    var drop: Pressure?
    var flow: Flow?
    var speed: RotationalSpeed?
    static var nothing: Moment { Moment(post: nil, drop: nil, flow: nil, speed: nil) }
  }

  private static var capacity: Int { 21 }
  private var moments = InlineArray<21, Moment>(repeating: .nothing)
  private var newest = 0

  mutating func append(_ moment: Moment) {
    newest = (newest + 1) % Self.capacity
    moments[newest] = moment
  }

  /// The moment `age` samples ago, 0...20.
  subscript(age: Int) -> Moment {
    let bounded = min(max(age, 0), Self.capacity - 1)
    return moments[(newest + Self.capacity - bounded) % Self.capacity]
  }

  /// Rise of the post-oxygenator pressure within the last second that more flow does not explain.
  var postRise: Pressure? {
    isFlowRising ? nil : Self.difference(self[0].post, self[20].post)
  }
  /// The same of the drop over the oxygenator.
  var dropRise: Pressure? {
    isFlowRising ? nil : Self.difference(self[0].drop, self[20].drop)
  }

  private var isFlowRising: Bool {
    guard let now = self[0].flow, let before = self[20].flow else { return true }
    return now > before + .litersPerMinute(0.2)
  }

  /// The post-oxygenator pressure fell by `fall` in half a second while flow and speed stayed.
  func lost(_ fall: Pressure) -> Bool {
    let (now, before) = (self[0], self[10])
    guard let drop = Self.difference(before.post, now.post), drop > fall,
      let flowNow = now.flow, let flowBefore = before.flow
    else { return false }
    if let speedNow = now.speed, let speedBefore = before.speed,
      speedNow.magnitude < speedBefore.magnitude * 0.95
    {
      return false
    }
    return flowNow >= flowBefore * 0.9
  }

  private static func difference(_ later: Pressure?, _ earlier: Pressure?) -> Pressure? {
    guard let later, let earlier else { return nil }
    return later - earlier
  }
}
