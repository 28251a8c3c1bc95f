/// Levels of faulty outputs: frozen ones, and changes that are still on their way.
final class OutputHistory {
  private struct Change {
    var due: Int64
    var pin: Int
    var level: Double
  }

  private static let capacity = 1024
  private var levels: [Double]
  private var newest: [Double]
  private var pending: [Change] = []
  private var next = 0

  /// A history that begins with these levels.
  init(levels: [Double]) {
    self.levels = levels
    newest = levels
    pending.reserveCapacity(Self.capacity)
  }

  /// The level that the pin shows now.
  func level(of pin: Int, at now: Int64) -> Double {
    settle(until: now)
    return levels[pin]
  }

  /// Notes that a pin was told to change; it will, half a second later.
  func note(_ level: Double, pin: Int, at now: Int64) {
    guard newest[pin] != level else { return }
    newest[pin] = level
    if next > Self.capacity / 2 {
      pending.removeFirst(next)
      next = 0
    }
    if pending.count - next == Self.capacity / 2 { apply() }
    pending.append(Change(due: now &+ InputHistory.delay, pin: pin, level: level))
  }

  private func settle(until now: Int64) {
    while next < pending.count, pending[next].due <= now { apply() }
  }

  private func apply() {
    levels[pending[next].pin] = pending[next].level
    next += 1
  }
}
