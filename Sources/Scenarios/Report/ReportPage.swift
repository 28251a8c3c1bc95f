/// A self-contained page: `main` inside the frame that all reports have, `tail` behind it.
func reportPage(title: String, styles: [String], main: [String], tail: String = "") -> String {
  """
  <!DOCTYPE html>
  <html lang="en">
  <head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>\(title)</title>
  <style>
  \(styles.joined(separator: "\n"))
  </style>
  </head>
  <body>
  <main>
  \(main.joined(separator: "\n"))
  </main>
  \(tail)</body>
  </html>

  """
}

/// Facts by name, as a list of terms.
func factList(_ facts: [(name: String, value: String)]) -> String {
  let rows = facts.map { "<div><dt>\(escaped($0.name))</dt><dd>\(escaped($0.value))</dd></div>" }
  return "<dl>\n\(rows.joined(separator: "\n"))\n</dl>"
}

/// The row of one line of the event log.
func logRow(_ line: EventLog.Line) -> String {
  """
  <tr class="\(line.kind.rawValue)"><td class="n">\(line.isPrelude ? "prelude " : "")\
  \(clockText(seconds: line.time, decimals: 2))</td><td>\(escaped(line.text))</td></tr>
  """
}

/// A number with its unit as it stands in a page; nothing without a number.
func quantity(_ value: Double?, _ unit: String) -> String {
  escaped(quantity(value, unit, absent: ""))
}

/// A number with its unit, percent as such, or `absent`.
func quantity(_ value: Double?, _ unit: String, absent: String) -> String {
  guard let value else { return absent }
  let shown = shortNumber(unit.hasPrefix("%") ? value * 100 : value)
  return unit.isEmpty ? shown : shown + " " + unit
}

/// A text as it stands in a page.
func escaped(_ text: String) -> String {
  var out = ""
  for character in text {
    switch character {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    default: out.append(character)
    }
  }
  return out
}
