/// A case or scenario file.
public struct Scenario: Sendable {
  /// Title line.
  public var title: String
  /// Makes a scenario.
  public init(title: String) { self.title = title }
}
