/// One line of the table: what was measured, against the budget.
public struct ReactionLine: Sendable {
  /// The function with its machine.
  public var name: String
  /// What starts and what stops the clock.
  public var clock: String
  /// What it may take, ms.
  public var budget: Double
  /// Injections that were asked for.
  public var wanted: Int
  /// What they took, sorted, ms.
  public var times: [Double]
  /// The least share of its speed that the pump kept; nothing where that is not asked.
  public var leastShare: Double?
  /// Why a miss of the budget is known, in words; nothing when the budget must be kept.
  public var known: String?

  /// Makes a line.
  public init(
    name: String, clock: String, budget: Double, wanted: Int, times: [Double],
    leastShare: Double? = nil, known: String? = nil
  ) {
    self.name = name
    self.clock = clock
    self.budget = budget
    self.wanted = wanted
    self.times = times.sorted()
    self.leastShare = leastShare
    self.known = known
  }

  /// Why the line does not hold; nothing when it does.
  public var problem: String? {
    if times.count < wanted {
      return "\(wanted - times.count) of \(wanted) injections had no effect"
    }
    if let most = times.last, most > budget {
      return "\(Int(most)) ms is over the budget of \(Int(budget)) ms"
    }
    if let leastShare, leastShare < 0.98 {
      return "the pump fell to \(Int((leastShare * 100).rounded(.down))) % of its speed"
    }
    return nil
  }

  /// The least time that this share of the injections kept to, ms (nearest rank).
  public func quantile(_ share: Double) -> Int {
    guard !times.isEmpty else { return 0 }
    let rank = Int((share * Double(times.count)).rounded(.up))
    return Int(times[min(max(rank, 1), times.count) - 1])
  }

  /// As a row of the page.
  var row: String {
    var cells = [name, clock, "\(times.count)"]
    cells += [0, 0.5, 0.999, 1].map { times.isEmpty ? "-" : "\(quantile($0))" }
    cells.append("\(Int(budget))")
    let kept = leastShare.map { "; pump keeps \(Int(($0 * 1000).rounded(.down))) per mille" } ?? ""
    let cause = known.map { "; known: \($0)" } ?? ""
    cells.append(problem.map { "NO: \($0)\(cause)" } ?? "yes\(kept)")
    return "| " + cells.joined(separator: " | ") + " |\n"
  }
}
