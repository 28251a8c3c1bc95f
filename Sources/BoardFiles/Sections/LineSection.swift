internal import ChipDrivers
internal import PerfusionCore

extension Draft {
  /// `lines`: id, GPIO line or expander pin, direction, active level, bias, edge.
  func readLines(_ top: Section) {
    guard let field = top.field("lines") else { return }
    guard let list = field.list("line") else {
      lines.isBroken = true
      return
    }
    var taken: [String: String] = [:]
    for field in list {
      guard let section = Section(field, what: "line") else { continue }
      var line = LineWiring()
      let id = section.required("id", "give the line a name")
      if let id, let word = id.identifier() {
        lines.add(word, at: id)
        line.id = Identifier(word)
      }
      if let pin = readPin(section, &line) {
        if let other = taken[pin.key] {
          pin.field.fail(
            "\(pin.key) is that of line '\(other)' already", "give each line its own pin")
        }
        taken[pin.key] = line.id.description
      }
      readElectrical(section, &line)
      section.finish()
      append(line, to: &wiring.lines, "lines", at: field)
    }
  }

  /// Where the line is: a GPIO line by name, or by offset on a chip, or a pin of an expander.
  private func readPin(
    _ section: Section, _ line: inout LineWiring
  ) -> (key: String, field: Field)? {
    let gpio = section.field("gpio")
    let label = section.field("chip")
    let offset = section.field("offset")
    let expander = section.field("expander")
    let pin = section.field("pin")
    if let label, let word = label.lineName() { line.chipLabel = Identifier(word) }
    if let expander {
      return readExpanderPin(section, expander, pin, &line)
    }
    if let offset, let number = offset.integer(0...511) {
      if label == nil {
        offset.fail(
          "offset \(number) is of no chip", "write 'chip:' with the label of its GPIO chip")
      }
      line.offset = Int16(number)
      return ("offset \(number) of \(line.chipLabel)", offset)
    }
    if let gpio {
      guard let word = gpio.lineName() else { return nil }
      line.lineName = Identifier(word)
      return ("GPIO line \(word)", gpio)
    }
    if offset == nil {
      diagnostics.error(
        section.place, "line '\(line.id)' is nowhere",
        "write 'gpio:' with the name of the GPIO line, or 'expander:' and 'pin:'")
    }
    return nil
  }

  private func readExpanderPin(
    _ section: Section, _ expander: Field, _ pin: Field?, _ line: inout LineWiring
  ) -> (key: String, field: Field)? {
    let pins = (0..<16).map { ("\($0 < 8 ? "A" : "B")\($0 & 7)", UInt8($0)) }
    guard let chip = chips.find(expander) else { return nil }
    if case .mcp23017 = wiring.chips[chip].part {
      line.expander = Int8(chip)
    } else {
      expander.fail(
        "chip '\(chips.word(chip))' is \(wiring.chips[chip].part.named), not an expander",
        "name an MCP23017")
    }
    guard let pin else {
      diagnostics.error(section.place, "line '\(line.id)' has no pin", "write A0 to A7 or B0 to B7")
      return nil
    }
    guard let number = pin.choice(pins) else { return nil }
    line.expanderPin = number
    return ("pin \(pins[Int(number)].0) of \(chips.word(chip))", pin)
  }

  private func readElectrical(_ section: Section, _ line: inout LineWiring) {
    let directions: [(String, LineDirection)] = [("input", .input), ("output", .output)]
    let direction = section.required("direction", "write input or output")
    if let direction = direction?.choice(directions) { line.direction = direction }
    let levels = [("high", false), ("low", true)]
    if let low = section.field("active")?.choice(levels) { line.isActiveLow = low }
    let biases: [(String, LineBias)] = [
      ("none", .none), ("pullUp", .pullUp), ("pullDown", .pullDown),
    ]
    if let field = section.field("bias"), let bias = field.choice(biases) {
      line.bias = bias
      if bias != .none && line.direction == .output {
        field.fail("output '\(line.id)' has a bias", "leave 'bias' out, or make it an input")
      }
    }
    let edges: [(String, LineEdge)] = [("none", .none), ("both", .both)]
    guard let field = section.field("edge"), let edge = field.choice(edges) else { return }
    line.edge = edge
    if edge == .both && line.direction == .output {
      field.fail("output '\(line.id)' captures edges", "leave 'edge' out, or make it an input")
    }
    if edge == .both && line.expander >= 0 {
      field.fail(
        "line '\(line.id)' is on an expander, whose edges the kernel cannot capture",
        "wire it to a GPIO line, or write 'edge: none'")
    }
  }
}
