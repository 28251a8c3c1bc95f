internal import ChipDrivers
internal import PerfusionCore
internal import Yams

extension Draft {
  /// `sensors`: id, quantity, source, calibration, range, policy.
  func readSensors(_ top: Section) {
    guard let list = top.required("sensors", "list what is measured")?.list("sensor") else {
      sensorsAreBroken = true
      return
    }
    for field in list {
      guard let section = Section(field, what: "sensor") else { continue }
      guard let id = section.required("id", "write the name of a site, for example arterialFlow"),
        let word = id.text()
      else {
        sensorsAreBroken = true
        continue
      }
      guard let facts = SensorFacts.sites.first(where: { $0.name == word }) else {
        id.failUnknown("sensor", word, among: SensorFacts.sites.map(\.name))
        sensorsAreBroken = true
        continue
      }
      if let first = sensorPlaces[word] {
        id.fail(
          "sensor '\(word)' is there already in line \(first.line)", "write each site once")
      }
      sensorPlaces[word] = id.place
      if let field = section.field("quantity"), let quantity = field.text(),
        quantity != facts.quantity
      {
        field.fail(
          "sensor '\(word)' has the quantity '\(quantity)'", "write '\(facts.quantity)'")
      }
      readSensor(section, facts)
      section.finish()
    }
  }

  /// Reads one sensor into the wiring; `facts` says what it is.
  func readSensor(_ section: Section, _ facts: SensorFacts) {
    var sensor = SensorWiring()
    sensor.site = facts.site
    let policies: [(String, LossPolicy)] = [
      ("critical", .critical), ("degraded", .degraded), ("advisory", .advisory),
    ]
    if let policy = section.field("policy")?.choice(policies) { sensor.policy = policy }
    let source = section.required(
      "source",
      "write where \(facts.name) is picked up: '{chip: ..., channel: ...}' or '{line: ...}'")
    if let source, let inner = Section(source, what: "source of \(facts.name)") {
      let reference = reference(inner, .input, for: facts.name)
      inner.finish()
      if let reference {
        sensor.port = reference.port
        if facts.isTwoState {
          requireLine(reference, facts)
        } else {
          readConversion(section, facts, reference, &sensor)
        }
      }
    }
    knowConversionKeys(section)
    readAge(section, &sensor)
    append(
      sensor, to: &wiring.sensors, "sensors",
      at: source ?? Field(name: facts.name, node: "", diagnostics: diagnostics))
  }

  /// Keys that a broken source keeps from being read are still known.
  private func knowConversionKeys(_ section: Section) {
    for key in ["calibration", "thermistor", "range", "reversed"] { _ = section.field(key) }
  }

  private func requireLine(_ reference: SourceReference, _ facts: SensorFacts) {
    switch reference {
    case .channel(_, _, _, let field):
      field.fail(
        "\(facts.name) is a two-state input and \(field.name) is a number", "name a line")
    case .line(let index, let field):
      guard case .air = facts.site, wiring.lines[index].edge == .none else { return }
      field.fail(
        "line '\(lines.word(index))' of \(facts.name) captures no edges: a bubble may be shorter "
          + "than a tick",
        "write 'edge: both' at the line")
    }
  }

  func readAge(_ section: Section, _ sensor: inout SensorWiring) {
    let period = period(sensor.port)
    sensor.maximumAge = Int32((max(4 * period, 0.02) * 1_000_000).rounded())
    guard let field = section.field("maximumAge"), let age = field.amount(.time, 0.001...600)
    else { return }
    if age < 2 * period - 1e-9 {
      field.fail(
        "maximumAge \(NumberText.text(age * 1000)) ms is less than two visits of "
          + "\(NumberText.text(period * 1000)) ms",
        "write \(NumberText.text(2 * period * 1000)) ms or more")
    }
    sensor.maximumAge = Int32((age * 1_000_000).rounded())
  }

  /// The time from one reading to the next, in seconds.
  private func period(_ port: SignalPort) -> Double {
    switch port {
    case .none: return tick
    case .line(let line):
      let expander = Int(wiring.lines.element(at: Int(line))?.expander ?? -1)
      return tick * Double(wiring.chips.element(at: expander)?.everyTicks ?? 1)
    case .channel(let chip, _):
      guard let wiring = wiring.chips.element(at: Int(chip)) else { return tick }
      guard case .ads1115(let channels, _) = wiring.part else {
        return tick * Double(wiring.everyTicks)
      }
      // One input is converted at each visit.
      return tick * Double(wiring.everyTicks) * Double(channels.nonzeroBitCount)
    }
  }
}
