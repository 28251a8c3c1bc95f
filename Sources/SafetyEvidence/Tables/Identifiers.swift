import PerfusionCore

/// How identifiers are written.
enum Identifiers {
  /// `AL-08`.
  static func alarm(_ number: UInt8) -> String { "AL-" + twoDigits(number) }
  /// `HZ-08`.
  static func hazard(_ number: UInt8) -> String { "HZ-" + twoDigits(number) }

  private static func twoDigits(_ number: UInt8) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}

/// How values of the tables are written.
enum Words {
  /// `G4 stop`, in the words of docs/domain.md 8.1.
  static func grade(_ grade: Grade) -> String {
    switch grade {
    case .none: "-"
    case .annunciate: "G0 tell"
    case .keepRunning: "Gx keep running"
    case .hold: "G1 hold"
    case .regulate: "G2 regulate"
    case .zeroFlow: "G3 zero flow"
    case .stop: "G4 stop"
    case .forcedStop: "G5 forced stop"
    case .isolate: "G6 isolate"
    }
  }

  /// `200 ms`, `2 s`, `at once`.
  static func span(_ span: Seconds) -> String {
    let milliseconds = Int((span.seconds * 1000).rounded())
    if milliseconds <= 0 { return "at once" }
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }

  static func latch(_ latch: Latch) -> String {
    switch latch {
    case .none: "-"
    case .signal: "alarm, until reset"
    case .reaction: "reaction, until resumed"
    }
  }

  static func override(_ override: OverrideClass) -> String {
    switch override {
    case .timed: "A: \(span(OverrideClass.time))"
    case .limit: "B: limit"
    case .never: "C: never"
    case .notApplicable: "-"
    }
  }

  static func override(_ override: AlarmOverride) -> String {
    switch override {
    case .timed: "A: \(span(OverrideClass.time))"
    case .limit: "B: limit"
    case .never: "C: never"
    case .notApplicable: "-"
    }
  }

  /// `cardioplegiaAir` as `cardioplegia air`.
  static func spoken(_ name: String) -> String {
    name.reduce(into: "") { text, letter in
      text += letter.isUppercase ? " " + letter.lowercased() : String(letter)
    }
  }

  /// As the content of a cell: no bar, no tag and no line break in it.
  static func cell(_ text: String) -> String {
    text.reduce(into: "") { cell, letter in
      switch letter {
      case "|": cell += "\\|"
      case "<": cell += "&lt;"
      case _ where letter.isNewline: cell += " "
      default: cell.append(letter)
      }
    }
  }
}
