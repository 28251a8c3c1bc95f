import ArgumentParser
import BoardFiles
import Foundation
import PerfusionCore
import PhysicalRig
import Scenarios

/// The bench of a session: two virtual boards wired back to back, or the hardware of this computer.
final class BenchSession {
  /// The bench.
  let bench: BenchDescription
  private let isBackToBack: Bool
  /// The rig's hardware; nothing when two virtual boards stand for both ends.
  let opening: RigOpening?

  /// Opens the rig's hardware, unless virtual boards stand for both ends. What is not there ends the
  /// command with exit code 1; nothing stands in for it.
  init(_ bench: BenchDescription, _ command: HilRun) throws {
    self.bench = bench
    isBackToBack = command.backToBack
    guard !isBackToBack else {
      opening = nil
      return
    }
    let opening = RigOpening(bench)
    for finding in opening.findings where !finding.isGood {
      BoardReading.complain(
        "\(command.rig): error: \(finding.subject): \(finding.seen); \(finding.mend)")
    }
    guard opening.isGood else {
      BoardReading.complain(
        "\(command.rig): the rig's hardware is not whole; perfusion doctor --rig \(command.rig) tells "
          + "all of it, and --back-to-back plays without hardware")
      throw ExitCode(1)
    }
    self.opening = opening
  }

  /// What runs on the board, with its check sum.
  var firmware: (name: String, sum: String) {
    if isBackToBack, let bytes = FileManager.default.contents(atPath: "/proc/self/exe") {
      return ("perfusion (this program)", sha256(Array(bytes)))
    }
    return ("on the board", "not known to the rig")
  }

  /// What the reports say of the bench.
  var facts: [(String, String)] {
    [
      ("Board file", bench.boardFile),
      ("Bench", isBackToBack ? "two virtual boards, back to back" : "hardware of this computer"),
    ]
  }
}
