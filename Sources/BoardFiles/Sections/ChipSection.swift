internal import ChipDrivers
internal import PerfusionCore

extension Draft {
  /// `chips`: id, part, bus, address, settings.
  func readChips(_ top: Section) {
    guard let list = top.required("chips", "list the chips on the buses")?.list("chip") else {
      chips.isBroken = true
      return
    }
    var later: [(index: Int, section: Section)] = []
    for field in list {
      guard let section = Section(field, what: "chip") else { continue }
      let chip = readChip(section)
      append(chip, to: &wiring.chips, "chips", at: field)
      later.append((wiring.chips.count - 1, section))
    }
    for (index, section) in later {
      readMultiplexer(section, index)
      resetLines[index] = readReset(section, index)
      section.finish()
    }
  }

  private func readChip(_ section: Section) -> ChipWiring {
    var chip = ChipWiring()
    let id = section.required("id", "give the chip a name")
    let word = id?.identifier() ?? "?"
    if let id { chips.add(word, at: id) }
    chip.id = Identifier(word)
    let table = PartFacts.catalogue.map { ($0.name, $0) }
    let facts = section.required("part", "write the part, for example ADS1115")?.choice(table)
    if let bus = buses.find(section.required("bus", "name the bus the chip is on")) {
      chip.bus = UInt8(bus)
    } else {
      unplacedChips.insert(wiring.chips.count)
    }
    if let facts, let part = facts.read(section) { chip.part = part }
    readAddress(section, facts, &chip)
    readPeriod(section, facts, &chip)
    if facts == nil { knowAllSettings(section) }
    return chip
  }

  /// A part that is not known must not make its settings unknown too.
  private func knowAllSettings(_ section: Section) {
    for key in [
      "channels", "fullScale", "range", "gain", "model", "frequency", "reference", "shunt",
      "maximumCurrent",
    ] { _ = section.field(key) }
  }

  private func readAddress(_ section: Section, _ facts: PartFacts?, _ chip: inout ChipWiring) {
    let advice = facts.map { "the \($0.name) has \($0.writtenAddresses)" } ?? "write it as 0x48"
    guard let field = section.required("address", advice), let address = field.address() else {
      unplacedChips.insert(wiring.chips.count)
      return
    }
    chip.address = I2CAddress(address)
    if let facts, !facts.addresses.contains(address) {
      unplacedChips.insert(wiring.chips.count)
      field.fail(
        "the \(facts.name) '\(chip.id)' cannot have the address \(PartFacts.hex(address))",
        "write \(facts.writtenAddresses)")
    }
  }

  private func readPeriod(_ section: Section, _ facts: PartFacts?, _ chip: inout ChipWiring) {
    let usual = max(1, ((facts?.usualPeriod ?? tick) / tick).rounded())
    chip.everyTicks = UInt16(min(usual, 1000))
    guard let field = section.field("every"), let period = field.amount(.time, 0.001...60) else {
      return
    }
    let ticks = (period / tick).rounded()
    guard (ticks * tick - period).magnitude < 1e-9, (1...1000).contains(ticks) else {
      field.fail(
        "every \(NumberText.text(period * 1000)) ms is not 1 to 1000 ticks of "
          + "\(NumberText.text(tick * 1000)) ms",
        "write a multiple of the tick")
      return
    }
    chip.everyTicks = UInt16(ticks)
    if let facts, period < facts.shortestPeriod {
      field.fail(
        "every \(NumberText.text(period * 1000)) ms is faster than the \(facts.name) converts",
        "write \(NumberText.text(facts.shortestPeriod * 1000)) ms or more")
    }
  }

  /// `reset`: the line on the RESET pin; which one it is, is known once the lines have been read.
  private func readReset(_ section: Section, _ index: Int) -> Field? {
    guard let field = section.field("reset") else { return nil }
    guard wiring.chips[index].isMultiplexer else {
      field.fail(
        "chip '\(chips.word(index))' is \(wiring.chips[index].part.named), whose reset nobody drives",
        "leave 'reset' out; it is for a TCA9548A")
      return nil
    }
    return field
  }

  /// Finds the lines that chips named as their resets.
  func resolveResetLines() {
    for (index, field) in resetLines.sorted(by: { $0.key < $1.key }) {
      guard let line = lines.find(field) else { continue }
      let wired = wiring.lines[line]
      if wired.direction != .output || wired.expander >= 0 {
        field.fail(
          "line '\(lines.word(line))' is \(wired.expander >= 0 ? "on an expander" : "an input"), and a "
            + "reset must be driven while the bus is stuck",
          "name a GPIO line with direction: output")
        continue
      }
      claim(
        &lineUse, line, "the reset of '\(chips.word(index))'", field, "line '\(lines.word(line))'")
      wiring.chips[index].resetLine = Int8(line)
    }
  }

  private func readMultiplexer(_ section: Section, _ index: Int) {
    guard let inner = section.section("multiplexer", what: "multiplexer") else { return }
    let field = inner.required("chip", "name the TCA9548A the chip sits behind")
    let channel = inner.required("channel", "write the channel, 0 to 7")?.integer(0...7)
    inner.finish()
    guard let found = chips.find(field), let channel else {
      unplacedChips.insert(index)
      return
    }
    wiring.chips[index].multiplexer = Int8(found)
    wiring.chips[index].multiplexerChannel = UInt8(channel)
  }
}
