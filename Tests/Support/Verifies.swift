public import Testing

/// Marks a test as evidence for hazards, alarms or requirements: `@Test(.verifies("HZ-08"))`.
///
/// The traceability table is generated from these marks.
public struct Verifies: TestTrait, SuiteTrait {
  /// Identifiers such as `HZ-08`, `AL-34`, `EP-2`, `C4`.
  public var identifiers: [String]
  /// What a test report shows.
  public var comments: [Comment] { identifiers.map { Comment(rawValue: $0) } }
}

extension Trait where Self == Verifies {
  /// The test is evidence for these identifiers.
  public static func verifies(_ identifiers: String...) -> Self {
    Verifies(identifiers: identifiers)
  }
}
