extension RunResult {
  /// The result as a JSON document: the same run gives the same bytes.
  public var document: JSONValue {
    .object([
      ("format", .string("perfusion-result/1")),
      ("case", .string(file)),
      ("title", .string(title)),
      ("verifies", .array(identifiers.map(JSONValue.string))),
      ("board", .string(header.board)),
      ("boardFile", .string(header.boardFile)),
      ("rig", .string(header.rig)),
      ("firmware", .string(header.version)),
      ("seed", .string(String(header.seed))),
      ("verdict", .string(verdict.rawValue)),
      ("fingerprint", .string(fingerprint)),
      ("ticks", .integer(Int64(clamping: ticks))),
      ("virtualSeconds", .number(seconds)),
      ("caseSeconds", .number(caseSeconds)),
      ("counts", counts),
      ("expectations", .array(outcomes.map(\.document))),
      ("log", .array(log.lines.map(\.document))),
      ("logLinesLost", .integer(Int64(log.lost))),
    ])
  }

  private var counts: JSONValue {
    .object([
      ("met", .integer(Int64(count(.met)))),
      ("notMet", .integer(Int64(count(.notMet)))),
      ("notReached", .integer(Int64(count(.notReached)))),
      ("unsupported", .integer(Int64(count(.unsupported)))),
    ])
  }
}

extension Outcome {
  var document: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
    return .object([
      ("file", .string(file)),
      ("line", .integer(Int64(place.line))),
      ("column", .integer(Int64(place.column))),
      ("kind", .string(kind.rawValue)),
      ("text", .string(text)),
      ("verdict", .string(verdict.rawValue)),
      ("due", number(dueAt)),
      ("decided", number(decidedAt)),
      ("value", number(value)),
      ("unit", .string(unit)),
      ("margin", number(margin)),
      ("message", .string(message)),
    ])
  }
}

extension EventLog.Line {
  var document: JSONValue {
    .object([
      ("time", .number(time)),
      ("prelude", .bool(isPrelude)),
      ("kind", .string(kind.rawValue)),
      ("text", .string(text)),
    ])
  }
}
