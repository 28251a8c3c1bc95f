import ArgumentParser
import Foundation
import LinkMessages
import LinkSockets
import PerfusionCore
import Scenarios

struct AlarmsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alarms",
    abstract: "Lists the alarms that stand, or the alarm log of this start and earlier ones.")

  @OptionGroup var link: LinkOptions
  @Flag(help: "The alarm log, oldest first, instead of what stands now.")
  var log = false
  @Flag(help: "Prints one JSON document.")
  var json = false

  func run() throws {
    let client = try link.connect()
    let machine = try talk { () throws(LinkClientError) in try client.image().machine }
    var reports: [AlarmReport] = []
    try talk { () throws(LinkClientError) in
      try client.fetch(log ? .alarmLog : .alarms) {
        if case .alarm(let report) = $0 { reports.append(report) }
      }
    }
    if json {
      let documents = reports.map { document($0, machine) }
      return print(JSONValue.array(documents).text(), terminator: "")
    }
    var start: UInt32 = 0
    for report in reports {
      if log, report.start != start {
        start = report.start
        print("start \(start)" + (report.civilTime > 0 ? ", \(civil(report.civilTime))" : ""))
      }
      print((log ? "  " : "") + line(report, machine))
    }
    if reports.isEmpty { print(log ? "the alarm log is empty" : "no alarm stands") }
  }

  /// By the computer's clock.
  private func civil(_ seconds: Int64) -> String {
    Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
  }

  private func line(_ report: AlarmReport, _ machine: MachineConfiguration) -> String {
    let time = clockText(seconds: Double(report.at.microseconds) / 1_000_000, decimals: 1)
    let state =
      report.change == .stands ? (report.isLatched ? "latched" : "active") : "\(report.change)"
    guard report.alarm.number != 0 else { return "\(time)  \(state)" }
    let words = report.text
    let pumps = pumpNames(report.cause, machine: machine)
    return "\(time)  \(alarmName(report.alarm))  \(report.priority)  \(state)  \(words.state)"
      + (pumps.isEmpty ? "" : " (\(pumps.joined(separator: ", ")))") + ": \(words.action)"
      + (report.acknowledgedBy.map { "  (acknowledged by \($0))" } ?? "")
  }

  private func document(_ report: AlarmReport, _ machine: MachineConfiguration) -> JSONValue {
    .object(
      [
        ("seconds", .number(Double(report.at.microseconds) / 1_000_000)),
        ("start", .integer(Int64(report.start))),
        ("civilTime", report.civilTime > 0 ? .string(civil(report.civilTime)) : .null),
        ("tick", .integer(Int64(clamping: report.tick.count))),
        ("alarm", report.alarm.number == 0 ? .null : .string(alarmName(report.alarm))),
        ("change", .string("\(report.change)")), ("priority", .string("\(report.priority)")),
        ("isLatched", .bool(report.isLatched)), ("phase", .string("\(report.phase)")),
        ("acknowledgedBy", report.acknowledgedBy.map { .string("\($0)") } ?? .null),
        ("decision", .integer(Int64(report.decision))),
        ("text", report.alarm.number == 0 ? .null : .string("\(report.text.state)")),
      ] + causeFields(report.cause, machine))
  }
}
