import ArgumentParser
import Foundation
import LinkMessages
import LinkSockets
import PerfusionCore
import Scenarios

struct SetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Sets something on a running machine.",
    discussion: """
      For example: perfusion set arterial.flow "4.5 L/min". A pump keeps its setting when this \
      command has ended. Exit code 1 says that it was refused, and why.
      """)

  @Argument(
    help: """
      What: ROLE.flow, ROLE.speed, ROLE.pressure, ROLE.ratio, ROLE.gap, venousOccluder, \
      patient.cool, patient.maintain, patient.rewarm (the same for cardioplegia), AL-nn.limit.
      """,
    completion: .list(SettingNames.all))
  var setting: String
  @Argument(help: "The value with its unit, such as \"4.5 L/min\".")
  var value: String
  @Flag(help: "Confirms a large step.")
  var confirmed = false
  @OptionGroup var link: LinkOptions
  @Flag(help: "Prints the answer as one JSON document.")
  var json = false

  func run() throws {
    guard let phrase = SettingNames.phrase(setting, value) else {
      throw UnreadableInput(
        "\"\(setting)\" cannot be set; write one of: " + SettingNames.all.joined(separator: ", "))
    }
    try ask(phrase, isConfirmed: confirmed, link, json: json)
  }
}

struct CommandCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "command", abstract: "Asks a running machine for something, in words.",
    discussion: """
      The words are those of the case files (docs/scenarios.md): perfusion command "start \
      arterial", "request onBypass", "open arterial clamp", "zero arterialLinePressure".
      """)

  @Argument(help: "What is asked.", completion: .list(CommandWords.all))
  var phrase: [String]
  @Flag(help: "Confirms a large step.")
  var confirmed = false
  @OptionGroup var link: LinkOptions
  @Flag(help: "Prints the answers as JSON, one a line.")
  var json = false

  func run() throws {
    try ask(phrase.joined(separator: " "), isConfirmed: confirmed, link, json: json)
  }
}

struct AcknowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Takes note of the alarms that stand, or of one.")

  @Argument(help: "An alarm such as AL-05; all of them without it.")
  var alarm: String?
  @OptionGroup var link: LinkOptions
  @Flag(help: "Prints the answer as one JSON document.")
  var json = false

  func run() throws {
    try ask(alarm.map { "acknowledge \($0)" } ?? "acknowledge alarms", link, json: json)
  }
}

struct SilenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "silence",
    abstract: "Pauses the alarm sound for 120 s, or until a new alarm of high priority.")

  @Flag(help: "Ends the pause.")
  var end = false
  @OptionGroup var link: LinkOptions
  @Flag(help: "Prints the answer as one JSON document.")
  var json = false

  func run() throws { try ask(end ? "end pause" : "pause audio", link, json: json) }
}

/// Asks for what a phrase says and prints the answer; exit code 1 when it was not carried out.
private func ask(
  _ phrase: String, isConfirmed: Bool = false, _ link: LinkOptions, json: Bool
) throws {
  let client = try link.connect()
  let image = try talk { () throws(LinkClientError) in try client.image() }
  let planned: [PlannedAction]
  do throws(OperatorPhraseMistake) {
    planned = try operatorActions(phrase, machine: image.machine)
  } catch { throw UnreadableInput("\(error.problem); \(error.advice)") }
  let began = ContinuousClock().now
  for one in planned {
    let wait = began.advanced(by: .milliseconds(Int(one.after * 1000)))
    let left = ContinuousClock().now.duration(to: wait).components
    if left.seconds >= 0, one.after > 0 {
      usleep(UInt32(left.seconds * 1_000_000 + left.attoseconds / 1_000_000_000_000))
    }
    let (answer, text) = try talk { () throws(LinkClientError) in
      try client.command { sequence in
        LinkCommand(
          sequence: sequence, action: one.action, isConfirmed: isConfirmed || one.isConfirmed,
          leaseMilliseconds: one.action.movedThing == nil ? 0 : 2000)
      }
    }
    try tell(answer, text, json: json)
  }
}

private func tell(_ answer: LinkAnswer, _ text: String, json: Bool) throws {
  let missing = answer.missing == .none ? "" : ": " + checklistText(answer.missing)
  let isDone = answer.outcome == .accepted || answer.outcome == .limited
  if json {
    let document = JSONValue.object([
      ("outcome", .string("\(answer.outcome)")), ("decision", .integer(Int64(answer.decision))),
      ("refusal", answer.refusal.map { .string("\($0)") } ?? .null),
      ("missing", .string(checklistText(answer.missing))), ("text", .string(text)),
    ])
    print(document.text(indentation: nil))
  } else if isDone {
    print(answer.outcome == .accepted ? "accepted" : "carried out within a limit: \(text)")
  } else {
    let line = "\(answer.outcome == .refused ? "refused: " : "")\(text)\(missing)\n"
    FileHandle.standardError.write(Data(line.utf8))
  }
  if !isDone { throw ExitCode(1) }
}
