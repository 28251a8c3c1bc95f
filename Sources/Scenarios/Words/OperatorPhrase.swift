public import PerfusionCore

/// Reads what an operator asks for in the words of the case files (docs/scenarios.md), for example
/// `set arterial flow 4.5 L/min`.
///
/// Throws what is wrong and what to write instead.
public func operatorActions(
  _ text: String, machine: MachineConfiguration
) throws(OperatorPhraseMistake) -> [PlannedAction] {
  do throws(PhraseMistake) {
    return try ActionVerbs(machine).read(Phrase(text, at: Place(line: 1, column: 1)))
  } catch {
    throw OperatorPhraseMistake(problem: error.problem, advice: error.advice)
  }
}

/// What is wrong with a phrase, and what to write instead.
public struct OperatorPhraseMistake: Error, Equatable, Sendable {
  /// What is wrong.
  public var problem: String
  /// What to write instead.
  public var advice: String
}
