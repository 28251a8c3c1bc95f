import ArgumentParser
import BoardFiles
import Foundation
import PerfusionCore
import VirtualKernel

/// `perfusion hil`: the firmware's board behind a real kernel.
struct HilCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hil", abstract: "Runs on a virtual kernel or a rig.",
    subcommands: [HilRun.self, HilKernel.self, HilChips.self, HilKills.self, HilBench.self])
}

/// `perfusion hil kernel`: a shell workload on a kernel with a board's buses and GPIO chips.
struct HilKernel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel",
    abstract: "Runs a shell command on a virtual kernel that has a board's hardware.",
    discussion: """
      The kernel is User-Mode Linux as HIL/virtual-kernel/build makes it; its clock is virtual. The \
      host's files are its root file system, read-only.
      """)

  @Option(help: "The kernel program.")
  var kernel: String
  @Option(help: "Board file.")
  var board: String?
  @Option(help: "Rig file of a bench, in the place of a board: the kernel has the rig's hardware.")
  var rig: String?
  @Option(help: "Seed of every random draw.")
  var seed: UInt64 = 1
  @Option(help: "The kernel is stopped after this virtual time.")
  var limit = Span(seconds: 60)
  @Argument(help: "Shell text to run.")
  var script: String

  func run() throws {
    let run = try kernelRun(until: Instant(microseconds: Int64(limit.seconds * 1e6)))
    let outcome: KernelRunResult
    do { outcome = try run.run(script) } catch {
      let reason = (error as? VhostError)?.reason ?? error.localizedDescription
      throw UnreadableInput("\(kernel): error: \(reason)")
    }
    print(outcome.console, terminator: "")
    let seconds = Double(outcome.time.microseconds) / 1e6
    BoardReading.complain(
      "virtual kernel: \(seconds) s of its time, \(outcome.calendarMessages) calendar messages")
    if !outcome.hasPoweredOff {
      BoardReading.complain("virtual kernel: stopped at its time limit")
      throw ExitCode(1)
    }
  }

  private func kernelRun(until end: Instant) throws -> KernelRun {
    if let rig {
      return KernelRun(
        kernel: kernel, wiring: try BenchReading.bench(rig).wiring, seed: seed, limit: end)
    }
    guard let board else { throw ValidationError("give --board or --rig") }
    return KernelRun(kernel: kernel, board: try loadBoard(board), seed: seed, limit: end)
  }
}
