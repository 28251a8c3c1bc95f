import ArgumentParser
import PhysicalRig
import BoardFiles
import Doctor
import Foundation
import Scenarios

/// `perfusion doctor`: is this machine fit to run the firmware.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Tells whether this machine is fit to run the firmware.",
    discussion: """
      Kernel, preemption, cores, real-time limits and competitors, buses, GPIO, watchdog, storage: \
      each line ok, warn or fail, with its mend. Exit code 1 when a line fails. With --rig: are \
      the adapters, lines and chips of a bench's rig file there; its converters are set to zero.
      """)

  @Flag(help: "Prints one JSON document.")
  var json = false
  @Option(help: "Looks at the machine whose files lie under this folder.")
  var root = "/"
  @Option(help: "Rig file of a bench: looks at its hardware instead.")
  var rig: String?
  @OptionGroup var rigOptions: RigOptions

  func run() throws {
    if let rig { return try report(BenchReading.findings(rig, rigOptions)) }
    guard FileManager.default.fileExists(atPath: root) else {
      throw UnreadableInput("\(root): error: there is no such folder; name one with proc and sys")
    }
    try report(Doctor(MachineView(root: root)).examine())
  }

  private func report(_ findings: [Finding]) throws {
    print(json ? Self.document(findings).text() : findings.report, terminator: "")
    if findings.fitness == .fail { throw ExitCode(1) }
  }

  private static func document(_ findings: [Finding]) -> JSONValue {
    .object([
      ("fitness", .string(findings.fitness.rawValue)),
      (
        "findings",
        .array(
          findings.map {
            .object([
              ("subject", .string($0.subject)), ("fitness", .string($0.fitness.rawValue)),
              ("seen", .string($0.seen)), ("mend", .string($0.mend)),
            ])
          })
      ),
    ])
  }
}
