import ArgumentParser
import ChipDrivers
import LinkMessages
import LinkSockets
import LiveView
import PerfusionCore
import Scenarios

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says how a running machine stands.")

  @OptionGroup var link: LinkOptions
  @Flag(help: "Prints one JSON document.")
  var json = false

  func run() throws {
    let client = try link.connect()
    let machine = try talk { () throws(LinkClientError) in try client.image() }
    let frame = try talk { () throws(LinkClientError) in try client.frame() }
    var loop = LoopReport()
    try talk { () throws(LinkClientError) in
      try client.fetch(.loop) { if case .loop(let report) = $0 { loop = report } }
    }
    let status = StatusDocument(
      board: machine.name.description, machine: machine.machine,
      buses: machine.wiring.buses.indices.map { "\(machine.wiring.buses[$0].id)" }, frame: frame,
      loop: loop)
    print(json ? status.json.text() : status.text, terminator: "")
  }
}

/// The cause of an alarm in a document: the condition that was met, and the pumps.
func causeFields(
  _ cause: AlarmCause, _ machine: MachineConfiguration
) -> [(String, JSONValue)] {
  [
    ("cause", cause.words.map { .string("\($0)") } ?? .null),
    ("pumps", .array(pumpNames(cause, machine: machine).map { .string($0) })),
  ]
}

/// A frame in words and as a document.
struct StatusDocument {
  let board: String
  let machine: MachineConfiguration
  /// Names of the buses.
  let buses: [String]
  let frame: LinkFrame
  let loop: LoopReport

  /// For people.
  var text: String {
    var lines = ["\(board): " + StatusLine.text(view)]
    for index in machine.pumps.indices {
      let pump = frame.status.pumps[index]
      lines.append(
        "  \(machine.pumps[index].role): \(pump.isStarted ? "started" : "stopped"), set "
          + "\(setting(pump)), \(shown(pump.measuredSpeed, 1)) rpm, \(shown(pump.flow, 2)) L/min"
          + (pump.reason == .asSet ? "" : ", \(pump.reason)")
          + (pump.needsResume ? ", waits to be resumed" : ""))
    }
    let list = frame.status.alarmList
    for index in list.indices {
      let alarm = list[index]
      let pumps = pumpNames(alarm.cause, machine: machine)
      lines.append(
        "  \(alarmName(alarm.id)) \(alarm.priority): \(alarm.text.state)"
          + (pumps.isEmpty ? "" : " (\(pumps.joined(separator: ", ")))"))
    }
    lines += ServiceText(machine: machine, status: frame.status).lines.map { "  " + $0 }
    lines += LoopText(loop: loop, buses: buses).lines.map { "  " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  /// For programs.
  var json: JSONValue {
    .object([
      ("board", .string(board)), ("tick", .integer(Int64(clamping: frame.tick.count))),
      ("seconds", .number(Double(frame.at.microseconds) / 1_000_000)),
      ("phase", .string("\(frame.status.phase)")), ("pumps", .array(pumps)),
      ("pressures", readings(PressureSite.self) { frame.sensors[$0] }),
      ("flows", readings(FlowSite.self) { frame.sensors[$0] }),
      ("temperatures", readings(TemperatureSite.self) { frame.sensors[$0] }),
      ("reservoirVolume", reading(frame.sensors.reservoirVolume)), ("alarms", alarms),
      ("service", ServiceText(machine: machine, status: frame.status).document),
      ("loop", LoopText(loop: loop, buses: buses).document),
    ])
  }

  private var view: MachineView {
    MachineView(
      board: board, machine: machine, status: frame.status, sensors: frame.sensors,
      actuators: frame.actuators, log: EventLog(),
      seconds: Double(frame.at.microseconds) / 1_000_000, speed: 1)
  }

  private var pumps: [JSONValue] {
    machine.pumps.indices.map { index in
      let pump = frame.status.pumps[index]
      return .object([
        ("role", .string("\(machine.pumps[index].role)")), ("isStarted", .bool(pump.isStarted)),
        ("mode", .string("\(pump.mode)")),
        ("setSpeed", .number(pump.setSpeed.revolutionsPerMinute)),
        ("setFlow", .number(pump.setFlow.litersPerMinute)),
        ("setPressure", .number(pump.setPressure.millimetersOfMercury)),
        ("commandedSpeed", .number(pump.commandedSpeed.revolutionsPerMinute)),
        ("speed", reading(pump.measuredSpeed)), ("flow", reading(pump.flow)),
        ("reason", .string("\(pump.reason)")), ("grade", .string("\(pump.grade)")),
        ("needsResume", .bool(pump.needsResume)),
      ])
    }
  }

  private var alarms: JSONValue {
    let list = frame.status.alarmList
    return .array(
      list.indices.map { index in
        let alarm = list[index]
        return .object(
          [
            ("alarm", .string(alarmName(alarm.id))), ("priority", .string("\(alarm.priority)")),
            ("state", .string("\(alarm.state)")),
            ("isAcknowledged", .bool(alarm.acknowledgement != nil)),
            ("text", .string("\(alarm.text.state)")),
          ] + causeFields(alarm.cause, machine))
      })
  }

  private func readings<Place: Site, Value: Quantity>(
    _ sites: Place.Type, _ value: (Place) -> Reading<Value>
  ) -> JSONValue {
    .object(
      (0..<UInt8(Place.count)).compactMap { raw in
        guard let site = Place(rawValue: raw), value(site).isPresent else { return nil }
        return ("\(site)", reading(value(site)))
      })
  }

  /// The value, and its quality when that is not valid.
  private func reading<Value: Quantity>(_ reading: Reading<Value>) -> JSONValue {
    guard reading.isPresent else { return .null }
    return .object([
      ("value", .number(reading.value.base)), ("quality", .string("\(reading.quality)")),
    ])
  }

  private func setting(_ pump: PumpStatus) -> String {
    switch pump.mode {
    case .speed: fixedNumber(pump.setSpeed.revolutionsPerMinute, decimals: 1) + " rpm"
    case .flow: fixedNumber(pump.setFlow.litersPerMinute, decimals: 2) + " L/min"
    case .pressure: fixedNumber(pump.setPressure.millimetersOfMercury, decimals: 0) + " mmHg"
    case .follow: "to follow its master"
    }
  }

  private func shown<Value: Quantity>(_ reading: Reading<Value>, _ decimals: Int) -> String {
    fixedNumber(reading.usable?.base ?? .nan, decimals: decimals)
  }
}
