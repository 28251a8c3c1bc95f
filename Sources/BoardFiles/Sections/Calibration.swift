internal import PerfusionCore

/// A straight line from one unit to another: value = input * scale + offset.
struct StraightLine {
  var scale: Double
  var offset: Double
}

extension Section {
  /// `calibration: {0.5 V: 0 mmHg, 4.5 V: 750 mmHg}`: two points of the line that turns the first
  /// kind into the second.
  ///
  /// The result is in the base unit of `to`, from values in the unit worth `fromFactor` base
  /// units of `from`.
  func calibration(
    _ field: Field, from: UnitKind, fromFactor: Double, to: UnitKind
  ) -> StraightLine? {
    guard let points = Section(field, what: "calibration") else { return nil }
    guard points.entries.count == 2 else {
      field.fail(
        "calibration lists \(points.entries.count == 1 ? "one point" : "\(points.entries.count) points")",
        "write two, for example '{0 \(from.base): 0 \(to.base), 1 \(from.base): 10 \(to.base)}'")
      return nil
    }
    var ends: [(input: Double, value: Double)] = []
    for entry in points.entries {
      let input = Amount(diagnostics, entry.place, "calibration point").read(entry.key, from)
      let value = Field(
        name: "calibration value", node: entry.field.node, diagnostics: diagnostics
      ).amount(to)
      guard let input, let value else { continue }
      ends.append((input / fromFactor, value))
    }
    guard ends.count == 2 else { return nil }
    guard ends[0].input != ends[1].input, ends[0].value != ends[1].value else {
      field.fail("the two calibration points give no slope", "write two different points")
      return nil
    }
    let scale = (ends[1].value - ends[0].value) / (ends[1].input - ends[0].input)
    return StraightLine(scale: scale, offset: ends[0].value - ends[0].input * scale)
  }
}
