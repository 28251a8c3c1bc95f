internal import ChipDrivers
internal import PerfusionCore

/// What an actuator takes and what becomes of it when its lease runs out.
struct ActuatorFacts {
  let name: String
  let site: ActuatorSite
  /// The units of its value when it goes to a channel; nothing when only a line will do.
  let kind: UnitKind?
  /// A line will do.
  let takesLine: Bool
  let fallback: LeaseFallback
  /// What must be reachable: the channel has to have room for it.
  var span: ClosedRange<Double> = 0...1

  init(
    _ name: String, _ site: ActuatorSite, kind: UnitKind? = nil, takesLine: Bool = true,
    fallback: LeaseFallback, span: ClosedRange<Double> = 0...1
  ) {
    self.name = name
    self.site = site
    self.kind = kind
    self.takesLine = takesLine
    self.fallback = fallback
    self.span = span
  }
}

extension Draft {
  /// Reads one actuator: `{chip, channel, calibration, lease}` or `{line, lease}`.
  func readActuator(_ field: Field?, _ facts: ActuatorFacts) {
    guard let field, let section = Section(field, what: facts.name) else { return }
    var actuator = ActuatorWiring()
    actuator.site = facts.site
    actuator.fallback = facts.fallback
    readLease(section, facts, &actuator)
    let calibration = section.field("calibration")
    if let reference = reference(section, .output, for: facts.name) {
      actuator.port = reference.port
      switch reference {
      case .line(_, let line):
        if !facts.takesLine {
          line.fail("\(facts.name) is a number and a line has two states", "name a chip")
        }
        calibration?.fail("\(facts.name) goes to a line", "leave 'calibration' out")
      case .channel(_, _, let channel, let place):
        readOutput(section, facts, channel, calibration, place, &actuator)
      }
    }
    section.finish()
    append(actuator, to: &wiring.actuators, "actuators", at: field)
  }

  private func readLease(
    _ section: Section, _ facts: ActuatorFacts, _ actuator: inout ActuatorWiring
  ) {
    let advice = "write how long a command holds, for example 'lease: 500 ms'"
    guard let field = section.required("lease", advice),
      let lease = field.amount(.time, 0.001...10)
    else { return }
    if lease < 3 * tick - 1e-9 {
      field.fail(
        "lease \(NumberText.text(lease * 1000)) ms of \(facts.name) is less than three ticks",
        "write \(NumberText.text(3 * tick * 1000)) ms or more")
    }
    actuator.lease = Int32((lease * 1_000_000).rounded())
  }

  private func readOutput(
    _ section: Section, _ facts: ActuatorFacts, _ channel: ChannelFacts, _ calibration: Field?,
    _ place: Field, _ actuator: inout ActuatorWiring
  ) {
    guard let kind = facts.kind else {
      place.fail("\(facts.name) has two states", "name a line")
      return
    }
    guard let calibration else {
      place.fail(
        "\(facts.name) has no calibration",
        "write 'calibration: {0 \(kind.base): 0 \(channel.unit), ...}' with two points")
      return
    }
    guard
      let line = section.calibration(calibration, from: kind, fromFactor: 1, to: channel.kind)
    else { return }
    actuator.scale = line.scale / channel.factor
    actuator.offset = line.offset / channel.factor
    for value in [facts.span.lowerBound, facts.span.upperBound] {
      let needed = value * actuator.scale + actuator.offset
      let slack = 1e-9
      guard
        needed < channel.span.lowerBound - slack || needed > channel.span.upperBound + slack
      else { continue }
      calibration.fail(
        "\(kind.text(value)) of \(facts.name) needs "
          + "\(channel.text(needed)), outside \(channel.text(channel.span.lowerBound)) to "
          + "\(channel.text(channel.span.upperBound))",
        "mend the calibration or the limit")
    }
  }
}

extension ChannelFacts {
  /// A channel value as a person would write it.
  func text(_ value: Double) -> String {
    "\(NumberText.text(unit == "%" ? value * 100 : value)) \(unit)"
  }
}
