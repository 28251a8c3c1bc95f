internal import ChipDrivers
internal import CircuitModel
internal import PerfusionCore

/// What a board is, as tables: wiring, addresses, schedule, limits.
public struct BoardTables {
  let board: BoardDescription

  /// Makes the tables of a board.
  public init(_ board: BoardDescription) { self.board = board }

  /// Every table, in reading order.
  public var tables: [DescribedTable] {
    [
      machine, buses, chips, schedule, lines, sensors, actuators, pumps, responses, limits,
      service,
    ]
  }

  var wiring: BoardWiring { board.wiring }

  private var machine: DescribedTable {
    let machine = board.machine
    return DescribedTable(
      "board", ["property", "value"],
      [
        ["name", board.name], ["description", board.summary], ["kind", "\(machine.kind)"],
        ["tick", "\(NumberText.text(Double(machine.tickMicroseconds) / 1000)) ms"],
        ["plant", "\(board.circuit.topology)"],
        ["arterial clamp", machine.arterialClamp.isFitted ? "fitted" : "none"],
        ["venous occluder", machine.venousOccluder.isFitted ? "fitted" : "none"],
        ["reservoir", machine.reservoir.isFitted ? "fitted" : "none"],
        ["full flow", UnitKind.flow.text(machine.subject.fullFlow.base)],
      ])
  }

  private var buses: DescribedTable {
    DescribedTable(
      "buses", ["bus", "adapter", "speed", "busiest tick", "on average", "chips"],
      wiring.buses.indices.map { index in
        let bus = wiring.buses[index]
        let schedule = schedule(index)
        let chips = wiring.chips.indices.filter { Int(wiring.chips[$0].bus) == index }
        return [
          "\(bus.id)", "\(bus.adapter)", "\(bus.clockHertz / 1000) kHz",
          percent(schedule.worstUtilisation), percent(schedule.meanUtilisation), "\(chips.count)",
        ]
      })
  }

  private var chips: DescribedTable {
    DescribedTable(
      "chips", ["chip", "part", "bus", "address", "behind", "reset", "every"],
      wiring.chips.indices.map { index in
        let chip = wiring.chips[index]
        let behind =
          chip.multiplexer >= 0
          ? "\(wiring.chips[Int(chip.multiplexer)].id):\(chip.multiplexerChannel)" : ""
        return [
          "\(chip.id)", chip.part.catalogueName, "\(wiring.buses[Int(chip.bus)].id)",
          PartFacts.hex(chip.address.bits), behind,
          chip.resetLine >= 0 ? "\(wiring.lines[Int(chip.resetLine)].id)" : "",
          chip.part.isVisited ? milliseconds(Int(chip.everyTicks)) : "",
        ]
      })
  }

  private var schedule: DescribedTable {
    var rows: [[String]] = []
    for bus in wiring.buses.indices {
      let visits = schedule(bus).visits
      for index in visits.indices {
        let visit = visits[index]
        rows.append([
          "\(wiring.buses[bus].id)", "\(wiring.chips[Int(visit.chip)].id)",
          milliseconds(Int(visit.everyTicks)), "\(visit.phase)", "\(visit.offset) us",
          "\(visit.cost) us",
        ])
      }
    }
    return DescribedTable("schedule", ["bus", "chip", "every", "phase", "begins", "takes"], rows)
  }

  private var lines: DescribedTable {
    DescribedTable(
      "lines", ["line", "pin", "direction", "active", "bias", "edge"],
      wiring.lines.indices.map { index in
        let line = wiring.lines[index]
        return [
          "\(line.id)", pin(line), "\(line.direction)", line.isActiveLow ? "low" : "high",
          "\(line.bias)", "\(line.edge)",
        ]
      })
  }

  private func pin(_ line: LineWiring) -> String {
    if line.expander >= 0 {
      let bank = line.expanderPin < 8 ? "A" : "B"
      return "\(wiring.chips[Int(line.expander)].id) \(bank)\(line.expanderPin & 7)"
    }
    let label = line.chipLabel.count > 0 ? "\(line.chipLabel) " : ""
    return line.offset >= 0 ? "\(label)offset \(line.offset)" : "\(label)\(line.lineName)"
  }

  func schedule(_ bus: Int) -> BusSchedule {
    BusSchedule(wiring, bus: bus, tickMicroseconds: board.machine.tickMicroseconds)
  }

  func milliseconds(_ ticks: Int) -> String {
    "\(NumberText.text(Double(ticks) * Double(board.machine.tickMicroseconds) / 1000)) ms"
  }

  func percent(_ share: Double) -> String { "\(NumberText.oneDecimal(share * 100)) %" }
}
