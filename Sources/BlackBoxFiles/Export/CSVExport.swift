internal import BlackBox
internal import PerfusionCore

/// A black box as tables of text, one a channel: every tick with every value that the machine has,
/// to the last bit.
public struct CSVExport {
  /// Receives a line of a table: the channel without its slash, and the line without its end.
  public typealias Sink = (String, String) -> Void

  private let reader: McapReader
  private var present: [Bool] = []

  /// An export of a file.
  public init(_ reader: McapReader) throws(McapError) {
    self.reader = reader
    present = try CSVExport.presentColumns(reader)
  }

  /// Writes all tables, each with its header line.
  public func write(to sink: Sink) throws(McapError) {
    heads(sink)
    var inputs = InputsDecoder()
    var outputs = OutputsDecoder()
    var problem: McapError?
    _ = try reader.walk { message throws(McapError) in
      let isWhole: Bool
      switch message.topic {
      case "/inputs":
        isWhole = unsafe inputs.read(message.data) {
          sink("inputs", line($0))
          return true
        }
      case "/outputs":
        isWhole = unsafe outputs.read(message.data) {
          let values = SignalColumns.outputs($0.actuators).map(\.value)
          sink("outputs", ([String($0.tick)] + values).joined(separator: ","))
          return true
        }
      default: isWhole = small(message, sink)
      }
      if !isWhole { problem = McapError(.message(message.topic), at: message.offset) }
      return isWhole
    }
    if let problem { throw problem }
  }

  /// Which readings the machine has at any time.
  private static func presentColumns(_ reader: McapReader) throws(McapError) -> [Bool] {
    var inputs = InputsDecoder()
    var found = [Bool](repeating: false, count: SensorSnapshot().columns.count)
    var ticks = 0
    _ = try reader.walk { message throws(McapError) in
      guard message.topic == "/inputs" else { return true }
      _ = unsafe inputs.read(message.data) {
        ticks += 1
        guard ticks < 2000 ? ticks % 100 == 1 : ticks % 2000 == 1 else { return true }
        for (place, column) in $0.sensors.columns.enumerated() where column.quality != .absent {
          found[place] = true
        }
        return true
      }
      return true
    }
    return found
  }

  private func heads(_ sink: Sink) {
    let names = SensorSnapshot().columns.enumerated().filter { present[$0.offset] }.map {
      "\($0.element.name),\($0.element.name).taken_us,\($0.element.name).quality"
    }
    sink("inputs", (["tick", "moment_us"] + names).joined(separator: ","))
    let told = SignalColumns.outputs(ActuatorCommands()).map(\.name)
    sink("outputs", (["tick"] + told).joined(separator: ","))
    sink("events", "time_ns,tick,decision,event")
    sink("commands", "time_ns,tick,decision,source,is_confirmed,action")
    sink(
      "loop",
      "time_ns,tick,overruns,longest_period_us,longest_execution_us,lost_ticks,start,"
        + "wake_up_p50_ns,wake_up_p99_ns,wake_up_p9999_ns,wake_up_longest_ns,execution_p50_ns,"
        + "execution_p99_ns,execution_p9999_ns,execution_longest_ns,expired_leases,busy_share")
  }

  private func line(_ tick: InputsDecoder) -> String {
    var cells = [String(tick.tick), String(tick.now.microseconds)]
    for (place, column) in tick.sensors.columns.enumerated() where present[place] {
      cells += [column.value, String(column.takenAt), "\(column.quality)"]
    }
    return cells.joined(separator: ",")
  }

  private func small(_ message: McapMessage, _ sink: Sink) -> Bool {
    switch message.topic {
    case "/events":
      guard let record = unsafe EventRecord(message.data) else { return false }
      sink(
        "events",
        "\(message.time),\(record.tick),\(record.event.decision),\"\(record.event.kind)\"")
    case "/commands":
      guard let record = unsafe CommandRecord(message.data) else { return false }
      let command = record.command
      sink(
        "commands",
        "\(message.time),\(record.tick),\(command.decision),\(command.source),"
          + "\(command.isConfirmed ? 1 : 0),\"\(command.action)\"")
    case "/loop":
      guard let record = unsafe LoopRecord(message.data) else { return false }
      let report = record.report
      let start = record.isStart ? (record.isAdopting ? "adopting" : "fresh") : ""
      sink(
        "loop",
        "\(message.time),\(report.tick),\(report.overruns),\(report.longestPeriod),"
          + "\(report.longestExecution),\(report.lostTicks),\(start),"
          + "\(latency(report.wakeUp)),\(latency(report.execution)),\(report.expiredLeases),"
          + report.buses.indices.map { share(report.buses[$0]) }.joined(separator: " "))
    default: break
    }
    return true
  }

  /// Four columns; empty in virtual time.
  private func latency(_ latency: LatencyFigures) -> String {
    guard latency.count > 0 else { return ",,," }
    return "\(latency.p50),\(latency.p99),\(latency.p9999),\(latency.longest)"
  }

  /// The share of time that a bus was busy, 0...1.
  private func share(_ bus: BusFigures) -> String {
    guard bus.elapsed > 0 else { return "0" }
    return "\(Double(bus.busy * 10_000 / bus.elapsed) / 10_000)"
  }
}
