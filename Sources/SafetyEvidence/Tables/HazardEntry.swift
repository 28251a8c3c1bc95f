/// One line of the hazard table of docs/domain.md section 8.3.
public struct HazardEntry: Sendable {
  /// The number in HZ-nn.
  public var number: UInt8
  /// What may happen.
  public var name: String
  /// Why.
  public var cause: String
  /// How it is noticed.
  public var detection: String
  /// What is done about it on bypass.
  public var reaction: String
  /// Time for detection and reaction.
  public var time: String
  /// `HZ-08`.
  public var identifier: String { Identifiers.hazard(number) }
}

extension HazardEntry {
  /// Reads the table out of the text of docs/domain.md.
  public static func read(_ reference: String) -> [HazardEntry] {
    reference.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmed }
      guard cells.count >= 8, cells[1].hasPrefix("HZ-"), let number = UInt8(cells[1].dropFirst(3))
      else { return nil }
      return HazardEntry(
        number: number, name: cells[2], cause: cells[3], detection: cells[4], reaction: cells[5],
        time: cells[6])
    }
  }
}

extension Substring {
  var trimmed: String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
