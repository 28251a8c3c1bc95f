/// A stretch of tubing that carries bubbles as plugs, by the volume that flows through it.
///
/// Positions are volumes from its entry, ml. Plugs are kept in order, the foremost first; when
/// there is room for no more, new air joins the hindmost plug. No air is ever lost.
struct Conduit: Sendable, BitwiseCopyable {
  /// A bubble that fills the tube between `front - volume` and `front`.
  struct Plug: Sendable, BitwiseCopyable {
    var front = 0.0
    var volume = 0.0
    var tail: Double { front - volume }
  }

  /// What left a conduit in one step, ml.
  struct Left {
    var forwards = 0.0
    var backwards = 0.0
  }

  static let capacity = 12
  private(set) var plugs = InlineArray<12, Plug>(repeating: Plug())
  private(set) var count = 0

  /// Air in it, ml.
  var airVolume: Double {
    var sum = 0.0
    for index in 0..<count { sum += plugs[index].volume }
    return sum
  }

  /// Takes all air out.
  mutating func clear() { count = 0 }

  /// Puts air at the entry.
  mutating func enter(_ volume: Double) {
    guard volume > 0 else { return }
    if count > 0 {
      let last = plugs[count - 1]
      if last.tail <= 0.02 || count == Self.capacity {
        plugs[count - 1].volume += volume
        if plugs[count - 1].front < volume { plugs[count - 1].front = volume }
        return
      }
    }
    plugs[count] = Plug(front: volume, volume: volume)
    count += 1
  }

  /// Puts a bubble with its front at a position; it joins a bubble that it touches from before.
  mutating func insert(_ volume: Double, front: Double) {
    guard volume > 0 else { return }
    var index = count
    while index > 0, plugs[index - 1].front < front { index -= 1 }
    if index < count, front - volume - plugs[index].front <= 0.02 {
      plugs[index].front = front
      plugs[index].volume += volume
      return
    }
    guard count < Self.capacity else {
      plugs[count - 1].volume += volume
      return
    }
    for later in stride(from: count, to: index, by: -1) { plugs[later] = plugs[later - 1] }
    plugs[index] = Plug(front: front, volume: volume)
    count += 1
  }

  /// Moves all bubbles by a volume, forwards or backwards, past a detector.
  mutating func advance(
    by delta: Double, length: Double, detector: Double, edges: inout AirEdges, air: inout Bool
  ) -> Left {
    var left = Left()
    air = false
    for index in 0..<count {
      note(plugs[index], moving: delta, past: detector, in: &edges)
      plugs[index].front += delta
      air = air || (plugs[index].front >= detector && plugs[index].tail < detector)
    }
    if air, edges.becameAir >= 0, edges.becameFluid > edges.becameAir { edges.becameFluid = -1 }
    shed(length, &left)
    return left
  }

  /// Moves all bubbles where no detector looks.
  mutating func advance(by delta: Double, length: Double) -> Left {
    var left = Left()
    for index in 0..<count { plugs[index].front += delta }
    shed(length, &left)
    return left
  }

  /// Notes the microseconds at which a bubble's ends pass the detector.
  private func note(
    _ plug: Plug, moving delta: Double, past detector: Double, in edges: inout AirEdges
  ) {
    guard delta != 0 else { return }
    let comes = (detector - (delta > 0 ? plug.front : plug.tail)) / delta
    let goes = (detector - (delta > 0 ? plug.tail : plug.front)) / delta
    if comes > 0, comes <= 1 {
      let moment = Int32(comes * 1000)
      if edges.becameAir < 0 || moment < edges.becameAir { edges.becameAir = moment }
    }
    if goes > 0, goes <= 1 { edges.becameFluid = max(edges.becameFluid, Int32(goes * 1000)) }
  }

  /// Hands over what has passed either end.
  private mutating func shed(_ length: Double, _ left: inout Left) {
    var kept = 0
    for index in 0..<count {
      var plug = plugs[index]
      if plug.front > length {
        let out = min(plug.front - length, plug.volume)
        left.forwards += out
        plug.volume -= out
        plug.front = length
      }
      if plug.tail < 0 {
        let out = min(-plug.tail, plug.volume)
        left.backwards += out
        plug.volume -= out
      }
      guard plug.volume > 1e-9 else { continue }
      plugs[kept] = plug
      kept += 1
    }
    count = kept
  }
}
