/// Reaction times against their budgets (docs/domain.md 11.3), as a page and as a verdict.
public struct ReactionReport: Sendable {
  /// The lines.
  public let lines: [ReactionLine]
  private let injections: Int
  private let seed: UInt64

  /// Measures.
  ///
  /// - Parameters:
  ///   - root: The checkout with the case files that bring the machines up.
  ///   - injections: How many of each kind, 1 or more.
  ///   - seed: Of every random draw.
  ///   - jobs: Processes at a time, 1 or more.
  /// - Throws: `BenchError` when no process can be started.
  public init(root: String, injections: Int, seed: UInt64, jobs: Int) throws {
    self.injections = injections
    self.seed = seed
    let measured = try InjectionCrew(root: root, injections: injections, seed: seed, jobs: jobs)
      .measure()
    var lines: [ReactionLine] = []
    var tones: [ReactionLine] = []
    for (index, reaction) in Reaction.all.enumerated() {
      let own = measured.filter { $0.reaction == index }
      lines.append(Self.line(reaction, own, injections))
      if reaction.isHigh { tones.append(Self.tone(reaction, own, injections)) }
    }
    self.lines = lines + tones
  }

  private static func line(
    _ reaction: Reaction, _ own: [Injection], _ wanted: Int
  ) -> ReactionLine {
    ReactionLine(
      name: "\(reaction.name) (\(reaction.machine.words))",
      clock: "\(reaction.cause); \(reaction.effect)", budget: reaction.budget, wanted: wanted,
      times: own.map(\.time).filter { !$0.isNaN },
      leastShare: reaction.mustHold ? own.map(\.share).min() : nil, known: reaction.known)
  }

  private static func tone(
    _ reaction: Reaction, _ own: [Injection], _ wanted: Int
  ) -> ReactionLine {
    ReactionLine(
      name: "HIGH alarm tone: \(reaction.name)", clock: "\(reaction.cause); buzzer sounds",
      budget: 1000, wanted: wanted, times: own.map(\.tone).filter { !$0.isNaN })
  }

  /// What does not hold, without the misses of a budget that are known; the page shows those too.
  public var problems: [String] {
    lines.filter { $0.known == nil || $0.times.count < $0.wanted }.compactMap { line in
      line.problem.map { "\(line.name): \($0)" }
    }
  }

  /// The table.
  public var table: String {
    "| function | clock starts; stops | n | min | median | p99.9 | max | budget | holds |\n"
      + "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
      + lines.map(\.row).joined()
  }

  /// The page docs/safety/reaction-times.md.
  public var page: String {
    """
    # Reaction times

    Milliseconds from the physical cause, or the electrical edge, to the electrical or mechanical effect on the virtual board,
    in virtual time, against the budgets of docs/domain.md 11.3. Written by `make reactions` (\(injections) injections each,
    seed \(seed)); do not edit. Each injection starts from a copy of a warmed machine, waits 0.5 to 1.7 s at random (so the
    phase of the roller's turn is random) and acts in a random millisecond of the tick; every 50 injections the machine is
    another one, with its own sensor tolerances, clamp times, drive errors and noise. The clock runs from the beginning of the
    millisecond of the cause to the end of the one of the effect: never too short, too long by less than 1 ms. A rotor counts as
    standing under 5 rpm. "Pump keeps" is the least speed in the 1.5 s after the injection.

    What this cannot show: latencies of a real kernel, of real I2C adapters and of real drives; those are measured on hardware.

    \(table)
    """
  }
}
