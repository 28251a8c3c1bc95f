import SafetyEvidence
import Testing
import TestSupport

@Suite("Faults are injected in SETUP, under support and in WEAN") struct HazardInjectionTests {
  @Test(
    "Each hazard is told, and the arterial pump does what it must",
    .enabled(if: isOptimised),
    .verifies(
      "HZ-01", "HZ-02", "HZ-03", "HZ-04", "HZ-05", "HZ-06", "HZ-07", "HZ-08", "HZ-09", "HZ-10",
      "HZ-11", "HZ-12", "HZ-13", "HZ-15", "HZ-16", "HZ-17", "HZ-18", "HZ-21", "HZ-22", "HZ-23",
      "HZ-24", "HZ-25", "HZ-26", "HZ-28", "HZ-30", "HZ-31", "HZ-33", "HZ-34", "HZ-36",
      "HZ-40", "HZ-41", "HZ-42", "HZ-43", "HZ-45", "HZ-46", "HZ-47", "HZ-48", "HZ-49", "HZ-55",
      "HZ-56", "R1", "R2", "R3", "R7", "EP-7"),
    .verifies(
      "AL-01", "AL-02", "AL-03", "AL-05", "AL-06", "AL-07", "AL-10", "AL-12", "AL-14", "AL-16",
      "AL-21", "AL-23", "AL-25", "AL-26", "AL-28", "AL-29", "AL-30", "AL-32", "AL-33", "AL-34",
      "AL-37", "AL-39", "AL-44", "AL-46", "AL-48", "AL-49", "AL-50", "AL-51", "AL-52",
      "AL-54", "AL-56", "AL-62"),
    arguments: HazardInjection.all, InjectionPhase.allCases)
  func injection(_ injection: HazardInjection, _ phase: InjectionPhase) throws {
    let trial = InjectionTrial(
      root: root, phase: phase, isCentrifugal: injection.isCentrifugal, seed: 1)
    #expect(try trial.problems(of: injection) == [])
    let marks = Set(marked)
    #expect(marks.contains(injection.identifier), "the hazard of each injection is marked")
    #expect(injection.alarmIdentifiers.allSatisfy(marks.contains), "and each alarm it expects")
  }

  /// What the running test is marked with.
  private var marked: [String] {
    (Test.current?.traits ?? []).compactMap { $0 as? Verifies }.flatMap(\.identifiers)
  }
}
