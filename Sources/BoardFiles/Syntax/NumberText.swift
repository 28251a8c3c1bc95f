/// Reads and writes numbers as people do.
enum NumberText {
  /// A number without a needless fraction: `300`, `0.5`.
  static func text(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e9 else { return "\(value)" }
    let rounded = (value * 1e6).rounded() / 1e6
    if rounded == 0 && value != 0 { return "\(value)" }
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  /// Splits `300 mmHg` into its number and its unit; nothing when it begins with no number.
  static func split(_ text: String) -> (number: Double, unit: String)? {
    let characters = Array(text)
    var end = 0
    while end < characters.count, isNumeric(characters, end) { end += 1 }
    guard let number = Double(String(characters[..<end])), number.isFinite else { return nil }
    return (number, String(characters[end...]).trimmed)
  }

  private static func isNumeric(_ text: [Character], _ index: Int) -> Bool {
    switch text[index] {
    case "0"..."9", ".": true
    case "+", "-": index == 0 || text[index - 1] == "e" || text[index - 1] == "E"
    case "e", "E": index + 1 < text.count && "+-0123456789".contains(text[index + 1])
    default: false
    }
  }

  /// An integer, decimal or with `0x`.
  static func integer(_ text: String) -> Int? {
    if text.hasPrefix("0x") || text.hasPrefix("0X") { return Int(text.dropFirst(2), radix: 16) }
    return Int(text)
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: String {
    var view = Substring(self)
    while view.first?.isWhitespace == true { view.removeFirst() }
    while view.last?.isWhitespace == true { view.removeLast() }
    return String(view)
  }
}
