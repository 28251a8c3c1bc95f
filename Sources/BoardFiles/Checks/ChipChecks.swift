internal import ChipDrivers
internal import PerfusionCore

extension Draft {
  /// Addresses, multiplexers and bus speeds; the rules are the firmware's own.
  func checkChips() {
    let issues = wiring.chipIssues()
    for index in issues.indices where !isAboutUnplaced(issues[index]) { report(issues[index]) }
  }

  /// The bus-time budget of docs/domain.md 10.3.
  func checkSchedules() {
    for bus in wiring.buses.indices {
      let schedule = BusSchedule(wiring, bus: bus, tickMicroseconds: machine.tickMicroseconds)
      for index in schedule.issues.indices { report(schedule.issues[index]) }
    }
  }

  private func isAboutUnplaced(_ issue: ScheduleIssue) -> Bool {
    switch issue {
    case .addressClash(let chip, let other), .allCallClash(let chip, let other):
      unplacedChips.contains(Int(chip)) || unplacedChips.contains(Int(other))
    case .noSuchBus(let chip), .impossibleAddress(let chip), .busTooFast(let chip),
      .notAMultiplexer(let chip), .multiplexerOnOtherBus(let chip),
      .noSuchMultiplexerChannel(let chip), .nestedMultiplexer(let chip),
      .noVisitInterval(let chip), .noRoom(let chip):
      unplacedChips.contains(Int(chip))
    case .tooManyChips, .overBudget: false
    }
  }

  private func report(_ issue: ScheduleIssue) {
    switch issue {
    case .noSuchBus, .impossibleAddress, .noVisitInterval, .noSuchMultiplexerChannel: break
    case .addressClash(let chip, let other): reportClash(Int(chip), Int(other))
    case .allCallClash(let chip, let other):
      error(
        chip,
        "chip '\(name(chip))' is at 0x70, where the PCA9685 '\(name(other))' answers its "
          + "all-call until it is set up",
        "write another address, 0x71 to 0x77 for a TCA9548A")
    case .busTooFast(let chip):
      let part = wiring.chips[Int(chip)].part
      error(
        chip,
        "chip '\(name(chip))' is \(part.named), which follows at most "
          + "\(part.highestClock / 1000) kHz, on the faster bus '\(busName(chip))'",
        "put it on a slow bus")
    case .notAMultiplexer(let chip):
      error(
        chip, "chip '\(name(chip))' sits behind '\(multiplexer(chip))', which is no multiplexer",
        "name a TCA9548A")
    case .multiplexerOnOtherBus(let chip):
      error(
        chip, "chip '\(name(chip))' is on bus '\(busName(chip))' and its multiplexer is not",
        "put both on one bus")
    case .nestedMultiplexer(let chip):
      error(
        chip, "chip '\(name(chip))' makes a multiplexer behind a multiplexer",
        "put multiplexers directly on the bus")
    case .tooManyChips(let bus):
      diagnostics.error(
        buses.place(at: Int(bus)),
        "bus '\(buses.word(Int(bus)))' has more than \(BusSchedule.chipCapacity) chips to visit",
        "move some to another bus")
    case .noRoom(let chip):
      error(
        chip,
        "the visit of '\(name(chip))' finds no free time in a tick of bus "
          + "'\(busName(chip))'",
        "visit chips less often with 'every', or move some to another bus")
    case .overBudget(let bus, let perMille):
      diagnostics.error(
        buses.place(at: Int(bus)),
        "bus '\(buses.word(Int(bus)))' is busy for \(NumberText.text(Double(perMille) / 10)) % of "
          + "its busiest tick, more than the ceiling of 60 %",
        "visit chips less often with 'every', or move some to another bus")
    }
  }

  private func reportClash(_ chip: Int, _ other: Int) {
    let (one, two) = (wiring.chips[chip], wiring.chips[other])
    let address = PartFacts.hex(one.address.bits)
    let line = chips.place(at: other).line
    diagnostics.error(
      chips.place(at: chip),
      "chip '\(chips.word(chip))' has the address \(address) on bus '\(buses.word(Int(one.bus)))', "
        + "where '\(chips.word(other))' of line \(line) answers already",
      clashAdvice(one.part, two.part))
  }

  private func clashAdvice(_ one: ChipPart, _ two: ChipPart) -> String {
    let facts = [one, two].compactMap(PartFacts.of)
    if let eeprom = facts.first(where: { $0.name == "24LC256" }),
      facts.contains(where: { $0.name == "FDC1004" })
    {
      return "the FDC1004 is fixed at 0x50: write 0x57 for the \(eeprom.name)"
    }
    if let movable = facts.first(where: { $0.addresses.count > 1 }) {
      return "write another address (the \(movable.name) has \(movable.writtenAddresses)), or use "
        + "another bus or a multiplexer"
    }
    return "use another bus, or another channel of a TCA9548A"
  }

  private func error(_ chip: UInt8, _ problem: String, _ advice: String) {
    diagnostics.error(chips.place(at: Int(chip)), problem, advice)
  }

  private func name(_ chip: UInt8) -> String { chips.word(Int(chip)) }

  private func busName(_ chip: UInt8) -> String {
    buses.word(Int(wiring.chips.element(at: Int(chip))?.bus ?? 0))
  }

  private func multiplexer(_ chip: UInt8) -> String {
    chips.word(Int(wiring.chips.element(at: Int(chip))?.multiplexer ?? 0))
  }
}
