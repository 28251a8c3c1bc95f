/// One line of a screen: pieces of text with their styles. Every character takes one column.
public struct Line: Sendable, Equatable {
  /// A piece of text in one style.
  struct Span: Sendable, Equatable {
    var text: String
    var style: Style
  }
  private(set) var spans: [Span] = []
  /// Columns that it takes.
  public private(set) var width = 0
  /// It is read at full contrast whatever the palette.
  var keepsContrast = false

  /// An empty line.
  public init() {}
  /// A line of one piece.
  public init(_ text: String, _ style: Style = .plain) { add(text, style) }

  /// Adds a piece; control characters become spaces.
  public mutating func add(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    let clean = String(text.map { $0.isNewline || $0 == "\t" || $0 == "\u{1b}" ? " " : $0 })
    spans.append(Span(text: clean, style: style))
    width += clean.count
  }

  /// Adds a piece in a column of a given width, cut or filled up with spaces.
  public mutating func add(
    _ text: String, _ style: Style = .plain, width: Int, right: Bool = false
  ) {
    guard width > 0 else { return }
    let cut = text.count > width ? String(text.prefix(max(0, width - 1))) + "…" : text
    let gap = String(repeating: " ", count: width - cut.count)
    if right { add(gap) }
    add(cut, style)
    if !right { add(gap) }
  }

  /// Adds another line behind this one.
  public mutating func add(_ line: Line) {
    spans += line.spans
    width += line.width
    keepsContrast = keepsContrast || line.keepsContrast
  }

  /// The line cut or filled up to exactly `columns` columns; what fills takes the last style when
  /// that is a bar.
  public func fitted(_ columns: Int) -> Line {
    var line = Line()
    line.keepsContrast = keepsContrast
    for span in spans {
      let room = columns - line.width
      guard room > 0 else { break }
      line.add(String(span.text.prefix(room)), span.style)
    }
    let fill = spans.last?.style == .bar ? Style.bar : .plain
    line.add(String(repeating: " ", count: max(0, columns - line.width)), fill)
    return line
  }

  /// The same text, all of it quiet.
  var greyed: Line { Line(plainText, .quiet) }

  /// The text without styles.
  public var plainText: String { spans.map(\.text).joined() }

  /// The text with escape sequences, ending in the terminal's own colours.
  public func styledText(in palette: Palette = .day) -> String {
    var out = ""
    for span in spans {
      let escape = (keepsContrast ? .day : palette).escape(span.style)
      out += escape.isEmpty ? span.text : escape + span.text + "\u{1b}[0m"
    }
    return out
  }
}
