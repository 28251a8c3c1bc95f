import ArgumentParser
import Foundation
import SafetyEvidence

/// `perfusion safety`: pages of docs/safety, written from tables and measurements.
struct SafetyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "safety", abstract: "Writes pages of docs/safety from tables and measurements.",
    subcommands: [SafetyReactions.self, SafetyInjections.self, SafetyTables.self])
}

/// `perfusion safety reactions`: times from cause to effect against their budgets.
struct SafetyReactions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reactions", abstract: "Measures reaction times against their budgets.",
    discussion: "Exit code 1: a budget is broken, or an injection had no effect.")

  @Option(help: "Injections of each kind.")
  var injections = 1000
  @Option(help: "Seed of every random draw.")
  var seed: UInt64 = 1
  @Option(help: "Processes at a time.")
  var jobs = 2
  @Option(help: "The checkout.")
  var root = "."
  @Option(help: "Page to write; without it the table is printed only.")
  var output: String?

  func validate() throws {
    guard injections > 0, jobs > 0 else {
      throw ValidationError("--injections and --jobs are at least 1")
    }
  }

  func run() throws {
    let report = try ReactionReport(root: root, injections: injections, seed: seed, jobs: jobs)
    if let output { try report.page.write(toFile: output, atomically: true, encoding: .utf8) }
    print(report.table, terminator: "")
    for problem in report.problems { BoardReading.complain("reactions: error: \(problem)") }
    if !report.problems.isEmpty { throw ExitCode(1) }
  }
}

/// `perfusion safety tables`: hazards, requirements, interlock table and alarm catalogue.
struct SafetyTables: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tables", abstract: "Writes the pages that come from the code's own tables.",
    discussion: "Exit code 1: with --check, a page is not what the tables give.")

  @Option(help: "The checkout.")
  var root = "."
  @Option(help: "Folder that the pages are written to.")
  var output = "docs/safety"
  @Flag(help: "Writes nothing; fails when a page is not what it would be.")
  var check = false

  func run() throws {
    let reference = try String(contentsOfFile: "\(root)/docs/domain.md", encoding: .utf8)
    var stale = 0
    for page in SafetyPage.all(reference: reference) {
      let path = "\(output)/\(page.name)"
      guard check else {
        try page.text.write(toFile: path, atomically: true, encoding: .utf8)
        continue
      }
      guard FileManager.default.contents(atPath: path) != Data(page.text.utf8) else { continue }
      stale += 1
      BoardReading.complain(
        "\(path):1:1: error: the page is stale; run `make safety-docs` and commit it")
    }
    if stale > 0 { throw ExitCode(1) }
  }
}

/// `perfusion safety injections`: each hazard in SETUP, under support and in WEAN.
struct SafetyInjections: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "injections", abstract: "Injects a fault for each hazard and checks what follows.",
    discussion: "Exit code 1: an alarm, a reaction or its words are missing.")

  @Option(help: "Only this hazard, such as 8.")
  var hazard: UInt8?
  @Option(help: "Seed of every random draw.")
  var seed: UInt64 = 1
  @Option(help: "The checkout.")
  var root = "."

  func run() throws {
    var count = 0
    var found = 0
    for injection in HazardInjection.all where hazard == nil || hazard == injection.hazard {
      for phase in InjectionPhase.allCases {
        let trial = InjectionTrial(
          root: root, phase: phase, isCentrifugal: injection.isCentrifugal, seed: seed)
        let problems = try trial.problems(of: injection)
        for problem in problems { BoardReading.complain("injections: error: \(problem)") }
        count += 1
        found += problems.isEmpty ? 0 : 1
      }
    }
    print("injections: \(count) carried out, \(found) not answered as they must be")
    if found > 0 { throw ExitCode(1) }
  }
}
