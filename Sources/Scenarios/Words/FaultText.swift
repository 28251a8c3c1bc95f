public import VirtualBoard

/// Why a fault text is not understood.
public struct FaultTextProblem: Error, Sendable {
  /// What is wrong.
  public var problem: String
  /// What to write instead.
  public var advice: String
}

/// Reads `target:word`.
public func parseFault(_ text: String) -> Result<FaultSpecification, FaultTextProblem> {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  guard parts.count == 2, !parts[0].isEmpty else {
    return .failure(
      FaultTextProblem(
        problem: "\"\(text)\" is not a fault",
        advice: "write \"target:word\" such as \"arterialClamp:stuck\""))
  }
  guard let word = FaultWord(rawValue: String(parts[1])) else {
    return .failure(
      FaultTextProblem(
        problem: "unknown fault word \"\(parts[1])\"",
        advice: adviceForName(String(parts[1]), among: FaultWord.allCases.map(\.rawValue))))
  }
  return .success(FaultSpecification(target: String(parts[0]), word: word))
}
