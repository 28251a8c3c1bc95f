@testable import PerfusionCore

/// A row of either part of the interlock table.
enum AnyRow: Sendable, Equatable {
  case machine(MachineRow)
  case pump(PumpRow)

  var definition: InterlockRow {
    switch self {
    case .machine(let row): row.row
    case .pump(let row): row.row
    }
  }

  /// As the cause of an alarm; of a pump's row, at the first pump.
  var cause: AlarmCause {
    switch self {
    case .machine(let row): AlarmCause(row)
    case .pump(let row): AlarmCause(row, pumps: 1)
    }
  }

  var name: String {
    switch self {
    case .machine(let row): "\(row)"
    case .pump(let row): "\(row)"
    }
  }

  static var all: [AnyRow] {
    (0..<UInt8(MachineRow.count)).compactMap { MachineRow(rawValue: $0).map { .machine($0) } }
      + (0..<UInt8(PumpRow.count)).compactMap { PumpRow(rawValue: $0).map { .pump($0) } }
  }

  /// The rows that raise an alarm; pressure of a cardioplegia pump has one of its own.
  static func rows(of alarm: UInt8) -> [AnyRow] {
    alarm == 37
      ? [.pump(.pressureAlert), .pump(.pressureStop), .pump(.pressureHard)]
      : all.filter { $0.definition.alarm.number == alarm }
  }
}

/// Interlocks and alarm system, driven by single rows of a machine that answers every event.
struct RowBench {
  var interlocks: Interlocks
  var alarms = AlarmBench()
  var started: UInt8 = 0xFF
  /// The pump that pump rows are about: 0, or that of cardioplegia for AL-37.
  let pump: Int

  init(_ kind: PumpKind, _ phase: Phase, alarm: UInt8) {
    var machine = PaperMachine.adult()
    for pump in machine.pumps.indices { machine.pumps[pump].stopsWithPumps = 0 }
    machine.pumps[0].kind = kind
    machine.pumps[1].outletPressure = .cardioplegiaLinePressure
    for raw in 0..<UInt8(CircuitEvent.count) {
      guard let event = CircuitEvent(rawValue: raw) else { continue }
      for pump in machine.pumps.indices { machine.responses[pump, event] = .stop }
    }
    interlocks = Interlocks(configuration: machine)
    pump = alarm == 37 ? 1 : 0
    alarms.conditions.phase = phase
  }

  /// Ticks with or without the condition of a row.
  mutating func run(_ row: AnyRow?, ticks: Int) {
    for _ in 0..<ticks {
      var facts = InterlockFacts()
      switch row {
      case .machine(let row): facts.set(row, true)
      case .pump(let row): facts.set(row, pump: pump, true)
      case nil: break
      }
      let phase = alarms.conditions.phase
      interlocks.update(facts: facts, phase: phase, started: started)
      alarms.conditions = interlocks.alarmConditions
      alarms.conditions.phase = phase
      alarms.run()
    }
  }

  func isTold(_ alarm: UInt8) -> Bool { alarms.system.told.contains(AlarmID(alarm)) }

  /// A bench in which the row raises its alarm: some phase and kind of pump must do.
  static func place(_ row: AnyRow, alarm: UInt8) -> RowBench? {
    for phase in [Phase.onBypass, .ecmo, .setup, .ready, .circulatoryArrest, .post] {
      for kind in [PumpKind.roller, .centrifugal] {
        let fresh = RowBench(kind, phase, alarm: alarm)
        var bench = fresh
        bench.run(row, ticks: ticks(row.definition.raise) + 2)
        if bench.isTold(alarm) { return fresh }
      }
    }
    return nil
  }

  /// A span in ticks of 5 ms, at least one.
  static func ticks(_ span: Seconds) -> Int { max(1, Int(span.seconds * 200 + 0.5)) }
}
