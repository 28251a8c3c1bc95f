import Yams

/// Steps that are played again and again, each turn at another moment of tick and rotor:
///
///     - repeat: 50
///       stagger: 7.3 ms
///       steps:
///         - after: 2 s
///           hand: press emergency stop
extension ScenarioReader {
  /// The most turns of one `repeat`.
  static var mostTurns: Int { 1000 }

  /// All turns' entries in order; the first entry of turn n comes n times `stagger` later.
  mutating func turns(_ node: Node) -> [TimelineEntry] {
    let keys = ["repeat", "stagger", "steps"]
    guard let keyed = KeyedNode(node, keys: keys, of: "a repeated entry", &mistakes) else {
      return []
    }
    let count = turnCount(keyed)
    let stagger = keyed.text("stagger", &mistakes).flatMap { time($0.text, $0.place) } ?? 0
    guard case .sequence(let nodes)? = keyed["steps"], !nodes.isEmpty else {
      mistakes.add(
        keyed["steps"]?.place ?? keyed.place, "a repeated entry has no steps",
        "write \"steps:\" and a list of \"- after: ...\" entries")
      return []
    }
    let steps = nodes.compactMap { step($0) }
    return (0..<count).flatMap { turn in
      steps.enumerated().map { index, step in
        index == 0 ? step.later(by: Double(turn) * stagger) : step
      }
    }
  }

  private mutating func turnCount(_ keyed: KeyedNode) -> Int {
    guard let (text, place) = keyed.text("repeat", &mistakes) else { return 1 }
    guard let count = Int(text), count >= 1, count <= Self.mostTurns else {
      mistakes.add(
        place, "\"repeat: \(text)\" is no number of turns",
        "write a number from 1 to \(Self.mostTurns)")
      return 1
    }
    return count
  }

  /// A step counts from the one before: a moment of the run would come once only.
  private mutating func step(_ node: Node) -> TimelineEntry? {
    guard let keyed = KeyedNode(node, keys: Self.entryKeys, of: "a repeated step", &mistakes)
    else { return nil }
    if let moment = keyed["at"] {
      mistakes.add(
        moment.textPlace, "a repeated step has an absolute time",
        "write \"after: 5 s\" or \"wait: ...\"")
    }
    return entry(keyed)
  }
}

extension TimelineEntry {
  fileprivate func later(by seconds: Double) -> TimelineEntry {
    guard case .after(let wait) = due else { return self }
    var entry = self
    entry.due = .after(wait + seconds)
    return entry
  }
}
