/// A JSON value with a fixed order of keys, written the same in every build.
public indirect enum JSONValue: Sendable, Equatable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number.
  case integer(Int64)
  /// A number; one that is infinite or no number is written as `null`.
  case number(Double)
  /// A text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// Members in the order in which they are written.
  case object([(String, JSONValue)])

  /// Compares values, members in order.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    left.text(indentation: nil) == right.text(indentation: nil)
  }
}

extension JSONValue {
  /// The document: two spaces a level and a final newline, or one line when `indentation` is nil.
  public func text(indentation: Int? = 2) -> String {
    var out = ""
    write(to: &out, indentation: indentation, depth: 0)
    if indentation != nil { out += "\n" }
    return out
  }

  private func write(to out: inout String, indentation: Int?, depth: Int) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .integer(let value): out += String(value)
    case .number(let value): out += value.isFinite ? value.description : "null"
    case .string(let value): Self.quote(value, into: &out)
    case .array(let elements):
      Self.list(elements, "[", "]", &out, indentation, depth) { element, out in
        element.write(to: &out, indentation: indentation, depth: depth + 1)
      }
    case .object(let members):
      Self.list(members, "{", "}", &out, indentation, depth) { member, out in
        Self.quote(member.0, into: &out)
        out += indentation == nil ? ":" : ": "
        member.1.write(to: &out, indentation: indentation, depth: depth + 1)
      }
    }
  }

  private static func list<Element>(
    _ elements: [Element], _ open: String, _ close: String, _ out: inout String,
    _ indentation: Int?, _ depth: Int, _ write: (Element, inout String) -> Void
  ) {
    out += open
    for (index, element) in elements.enumerated() {
      if index > 0 { out += "," }
      newline(&out, indentation, depth + 1)
      write(element, &out)
    }
    if !elements.isEmpty { newline(&out, indentation, depth) }
    out += close
  }

  private static func newline(_ out: inout String, _ indentation: Int?, _ depth: Int) {
    guard let indentation else { return }
    out += "\n" + String(repeating: " ", count: indentation * depth)
  }

  private static func quote(_ text: String, into out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      // A report embeds documents in a page, where "</script>" must not appear.
      case "<": out += "\\u003c"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
