internal import ChipDrivers
internal import PerfusionCore

extension BenchDraft {
  /// `wires` and `unplayed`: what goes where, and what the bench leaves to the board.
  func readWires(_ top: Section) {
    guard let list = top.required("wires", "list the wires to the board")?.list("wire") else {
      wiresAreBroken = true
      return
    }
    for field in list {
      guard let section = Section(field, what: "wire") else {
        wiresAreBroken = true
        continue
      }
      readWire(section)
      section.finish()
    }
    for field in top.field("unplayed")?.list("signal") ?? [] {
      guard let entry = signal(field) else { continue }
      if take(entry, field) { unplayed.insert(entry.signal) }
    }
  }

  /// The signal that a field names; reports one that the board does not have.
  private func signal(_ field: Field) -> BoardSignals.Entry? {
    guard let word = field.text(), let signals else {
      wiresAreBroken = true
      return nil
    }
    if let entry = signals[word] { return entry }
    wiresAreBroken = true
    field.failUnknown("signal of the board", word, among: signals.entries.map(\.name))
    return nil
  }

  /// Notes where a signal was named; reports the second time.
  private func take(_ entry: BoardSignals.Entry, _ field: Field) -> Bool {
    if let first = places[entry.signal] {
      field.fail(
        "signal '\(entry.name)' is there already in line \(first.line)", "name each signal once")
      return false
    }
    places[entry.signal] = field.place
    return true
  }

  private func readWire(_ section: Section) {
    for key in ["chip", "channel", "line", "calibration", "cable", "gate"] {
      _ = section.field(key)
    }
    guard let field = section.required("signal", "name the signal of the board"),
      let entry = signal(field)
    else {
      wiresAreBroken = true
      return
    }
    guard take(entry, field) else { return }
    let isPlayed = entry.signal.isPlayed
    let end = hardware.reference(section, isPlayed ? .output : .input, for: entry.name)
    let cable = readCable(section, entry)
    let gate = readGate(section, entry)
    guard let end else { return }
    var line: StraightLine?
    switch end {
    case .line(_, let place):
      if entry.facts != nil {
        place.fail("\(entry.name) is a number and a line has two states", "name a chip")
      }
      section.field("calibration")?.fail(
        "\(entry.name) goes to a line", "leave 'calibration' out")
      line = StraightLine(scale: 1, offset: 0)
    case .channel(_, _, let channel, let place):
      line = readScale(section, entry, channel, place)
    }
    guard let line else { return }
    wires.append(
      BenchWire(
        name: entry.name, signal: entry.signal, port: end.port, scale: line.scale,
        offset: line.offset, cable: cable, gate: gate))
  }

  /// The line of the board behind an OR gate in front of a line that the rig plays.
  private func readGate(_ section: Section, _ entry: BoardSignals.Entry) -> Int? {
    guard let field = section.field("gate"), let other = signal(field) else { return nil }
    guard case .outputLine(let line) = other.signal, case .inputLine = entry.signal else {
      field.fail(
        "a gate joins a line that the board drives to one that it reads",
        "name the test line of the air detectors, or leave 'gate' out")
      return nil
    }
    // One line may stand at several gates.
    places[other.signal] = places[other.signal] ?? field.place
    return line
  }

  /// The relay that opens a wire.
  private func readCable(_ section: Section, _ entry: BoardSignals.Entry) -> Int? {
    let what = "cable of \(entry.name)"
    guard let inner = section.section("cable", what: what) else { return nil }
    defer { inner.finish() }
    if !entry.signal.isPlayed {
      diagnostics.error(
        inner.place, "\(entry.name) is driven by the board and has a cable to pull",
        "pull the cables of its inputs")
    }
    let end = hardware.reference(inner, .output, for: what)
    guard case .line(let line, _)? = end else { return nil }
    return line
  }

  /// What the rig's channel is worth at the board's pin.
  private func readScale(
    _ section: Section, _ entry: BoardSignals.Entry, _ channel: ChannelFacts, _ place: Field
  ) -> StraightLine? {
    let calibration = section.field("calibration")
    guard let facts = entry.facts else {
      place.fail("\(entry.name) has two states and \(place.name) is a number", "name a line")
      return nil
    }
    let reachable = [UnitKind.voltage.name, UnitKind.current.name, UnitKind.fraction.name]
    guard reachable.contains(facts.kind.name) else {
      place.fail(
        "\(entry.name) is measured inside a chip of the board, where no wire ends",
        "give the board on the bench an analog input there, or list it under 'unplayed'")
      return nil
    }
    let line: StraightLine?
    if let calibration {
      line = section.calibration(
        calibration, from: channel.kind, fromFactor: channel.factor, to: facts.kind
      ).map {
        StraightLine(scale: $0.scale / facts.factor, offset: $0.offset / facts.factor)
      }
    } else if channel.kind.name == facts.kind.name {
      line = StraightLine(scale: 1, offset: 0)
    } else {
      place.fail(
        "the rig's channel is in \(channel.unit) and \(entry.name) in \(facts.unit)",
        "write 'calibration: {0 \(channel.unit): 0 \(facts.unit), ...}' with two points, the rig's "
          + "value first")
      line = nil
    }
    if let line { checkReach(entry, facts, channel, line, calibration ?? place) }
    return line
  }

  /// The rig must be able to play, or to hear, the whole range of a signal.
  private func checkReach(
    _ entry: BoardSignals.Entry, _ facts: ChannelFacts, _ channel: ChannelFacts,
    _ line: StraightLine, _ field: Field
  ) {
    guard let span = entry.span else { return }
    let ends = [channel.span.lowerBound, channel.span.upperBound].map {
      $0 * line.scale + line.offset
    }
    let (low, high) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
    let slack = (span.upperBound - span.lowerBound) * 1e-6 + 1e-9
    guard span.lowerBound < low - slack || span.upperBound > high + slack else { return }
    let verb = entry.signal.isPlayed ? "plays" : "hears"
    field.fail(
      "the rig \(verb) \(facts.text(low)) to \(facts.text(high)) of \(entry.name), which needs "
        + "\(facts.text(span.lowerBound)) to \(facts.text(span.upperBound))",
      "put an amplifier or divider into the wire and write it as 'calibration', or take another "
        + "channel")
  }
}

extension BenchDraft {
  /// What can only be judged when the whole file has been read.
  func check(_ top: Section) {
    hardware.checkChips()
    checkTachometers(top)
    checkAirTest(top)
    if !wiresAreBroken { checkMissing(top) }
    guard !diagnostics.hasErrors else { return }
    hardware.checkSchedules()
    checkLoop(top)
    hardware.checkUnused()
    if power == nil {
      diagnostics.warning(
        .start, "the bench has no 'power': scenarios that cut the board's supply are unsupported",
        "write 'power: {line: ...}' with the relay in its supply")
    }
  }

  /// Nobody forgets a wire: every signal of the board is wired, or said not to be.
  private func checkMissing(_ top: Section) {
    for entry in signals?.entries ?? [] where places[entry.signal] == nil {
      let verb = entry.signal.isPlayed ? "plays" : "hears"
      diagnostics.error(
        top.place(of: "wires"), "nothing \(verb) the board's signal '\(entry.name)'",
        "wire it, or list it under 'unplayed'")
    }
  }

  /// A rig line changes once a millisecond.
  private func checkTachometers(_ top: Section) {
    guard let board else { return }
    for index in board.machine.pumps.indices {
      let pump = board.machine.pumps[index]
      let edges = pump.maximumSpeed.revolutionsPerMinute / 60 * pump.countsPerRevolution
      guard pump.rotorSensor == .tachometer, edges > 1000 else { continue }
      diagnostics.error(
        top.place(of: "board"),
        "the tachometer of \(pump.role) gives \(NumberText.text(edges.rounded())) edges a second at "
          + "its greatest speed, and a rig line changes 1000 times a second at most",
        "write fewer 'pulsesPerRevolution' into the board file, or a lower 'maximumSpeed'")
    }
  }

  /// A test line on GPIO is driven for one tick of the board, in which the rig must have heard it and
  /// played air: an expander, visited once in a tick, may miss it.
  private func checkAirTest(_ top: Section) {
    guard let board else { return }
    var fast: Set<Int> = []
    for index in board.wiring.actuators.indices {
      guard case .airTest = board.wiring.actuators[index].site,
        case .line(let line) = board.wiring.actuators[index].port,
        board.wiring.lines[Int(line)].expander < 0
      else { continue }
      fast.insert(Int(line))
    }
    guard !fast.isEmpty else { return }
    for index in board.wiring.sensors.indices {
      guard case .air = board.wiring.sensors[index].site,
        case .line(let line) = board.wiring.sensors[index].port
      else { continue }
      fast.insert(Int(line))
    }
    for wire in wires {
      guard wire.gate == nil, let line = wire.signal.line, fast.contains(line),
        case .line(let rig) = wire.port,
        hardware.wiring.lines[Int(rig)].expander >= 0
      else { continue }
      diagnostics.error(
        places[wire.signal] ?? top.place(of: "wires"),
        "'\(wire.name)' goes to an expander of the rig, and the self test of the air detectors "
          + "lasts one tick of the board",
        "put an OR gate with the test line there ('gate'), or a GPIO line of the rig")
    }
  }

  /// One loop serves all buses of a rig, one after the other.
  private func checkLoop(_ top: Section) {
    let wiring = hardware.wiring
    let tick = hardware.machine.tickMicroseconds
    let sum = wiring.buses.indices.reduce(0.0) {
      $0 + BusSchedule(wiring, bus: $1, tickMicroseconds: tick).worstUtilisation
    }
    guard sum > BenchDraft.ceiling else { return }
    diagnostics.error(
      top.place(of: "chips"),
      "the rig's chips take \(NumberText.text((sum * 1000).rounded() / 10)) % of its busiest tick, "
        + "and one loop serves all buses",
      "visit chips less often with 'every', or write a longer 'tick'; "
        + "\(NumberText.text(BenchDraft.ceiling * 100)) % is the most")
  }

  /// Most of a tick that the rig's transfers may take: the plant needs the rest.
  static var ceiling: Double { 0.8 }
}
