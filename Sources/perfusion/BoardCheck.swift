import ArgumentParser
import BoardFiles

/// `perfusion board check FILE...`: prints nothing but errors and warnings.
struct BoardCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check board files, bus-time budget included.",
    discussion: "Exit code 0: no error; 1: a file has errors; 2: a file cannot be read.")

  @Argument(help: "Board files.")
  var files: [String]

  func run() throws {
    var worst: Int32 = 0
    for file in files {
      guard let result = BoardReading.read(file) else {
        worst = 2
        continue
      }
      BoardReading.report(result)
      if result.board == nil { worst = max(worst, 1) }
    }
    if worst != 0 { throw ExitCode(worst) }
  }
}
