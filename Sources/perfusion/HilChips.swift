import ArgumentParser
import BoardFiles
import Foundation
import PerfusionCore
import VirtualKernel

/// `perfusion hil chips`: mainline drivers judge our chip models.
struct HilChips: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chips",
    abstract: "Lets the mainline kernel's drivers read our chip models.",
    discussion: """
      Each chip that Linux 6.1 has a driver for is bound to that driver inside the virtual kernel and \
      asked for an engineering value. Exit code 1 when one does not bind or says something else.
      """)

  @Option(help: "The kernel program.")
  var kernel: String
  @Option(help: "Seed of every random draw.")
  var seed: UInt64 = 1

  func run() throws {
    var wrong = 0
    var count = 0
    for board in WitnessBoard.all {
      let run = KernelRun(
        kernel: kernel, board: try loadBoard(board.board), seed: seed,
        limit: Instant(microseconds: 60_000_000))
      for testimony in try run.ask(board.witnesses) {
        count += 1
        if !testimony.isRight { wrong += 1 }
        print(Self.line(testimony))
      }
    }
    print("\(count - wrong) passed, \(wrong) failed")
    if wrong > 0 { throw ExitCode(1) }
  }

  private static func line(_ testimony: Testimony) -> String {
    let witness = testimony.witness
    let verdict = testimony.isRight ? "ok  " : "FAIL"
    let driver = testimony.driver.isEmpty ? "did not bind" : "driver \(testimony.driver)"
    let answer = testimony.answer.map { "\($0)" } ?? "nothing"
    return "\(verdict)  \(witness.part) \(witness.chip): \(driver), \(witness.question): \(answer)"
      + " (right: \(witness.range.lowerBound) to \(witness.range.upperBound))"
  }
}
