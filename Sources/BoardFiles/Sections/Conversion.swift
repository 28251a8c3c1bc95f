internal import ChipDrivers
internal import PerfusionCore

extension Draft {
  /// Reads how a channel value becomes the sensor's value, and the range of that.
  func readConversion(
    _ section: Section, _ facts: SensorFacts, _ reference: SourceReference,
    _ sensor: inout SensorWiring
  ) {
    guard let kind = facts.kind else { return }
    guard case .channel(_, _, let channel, let field) = reference else {
      if case .line(_, let field) = reference {
        field.fail("\(facts.name) is a number and \(field.name) a two-state line", "name a chip")
      }
      return
    }
    let reach: ClosedRange<Double>?
    if let thermistor = section.field("thermistor") {
      reach = readThermistor(thermistor, kind, channel, &sensor)
      if let calibration = section.field("calibration") {
        calibration.fail(
          "\(facts.name) has both a thermistor and a calibration", "keep one of them")
      }
    } else {
      reach = readStraightLine(section, facts, kind, channel, field, &sensor)
    }
    guard let range = readRange(section, facts, kind) else { return }
    (sensor.lowest, sensor.highest) = (range.lowerBound, range.upperBound)
    guard let reach, let written = section.field("range") else { return }
    let slack = (reach.upperBound - reach.lowerBound) * 1e-6
    if range.lowerBound < reach.lowerBound - slack || range.upperBound > reach.upperBound + slack {
      written.fail(
        "range \(kind.written(range)) of \(facts.name) is more than its source can give, "
          + "\(kind.written(reach))",
        "write a range inside, or mend the calibration")
    }
  }

  private func readRange(
    _ section: Section, _ facts: SensorFacts, _ kind: UnitKind
  ) -> ClosedRange<Double>? {
    section.required(
      "range", "write what \(facts.name) can measure, as '[lowest, highest]' in \(kind.base)")?
      .span(kind)
  }

  /// The values that the channel can give, in the unit of the sensor.
  private func readStraightLine(
    _ section: Section, _ facts: SensorFacts, _ kind: UnitKind, _ channel: ChannelFacts,
    _ source: Field, _ sensor: inout SensorWiring
  ) -> ClosedRange<Double>? {
    var line: StraightLine?
    if let field = section.field("calibration") {
      line = section.calibration(
        field, from: channel.kind, fromFactor: channel.factor, to: kind)
    } else if channel.kind.name == kind.name {
      line = StraightLine(scale: channel.factor, offset: 0)
    } else {
      source.fail(
        "\(facts.name) is a \(kind.name) and its channel gives \(channel.unit)",
        "write 'calibration: {0 \(channel.unit): 0 \(kind.base), ...}' with two points")
    }
    guard let line else { return nil }
    (sensor.scale, sensor.offset) = (line.scale, line.offset)
    let low = channel.span.lowerBound * line.scale + line.offset
    let high = channel.span.upperBound * line.scale + line.offset
    return min(low, high)...max(low, high)
  }
}
