import ArgumentParser

/// `perfusion board`: checks, compiles and shows board files.
struct BoardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "board", abstract: "Check, compile and show board files.",
    subcommands: [BoardCheck.self, BoardCompile.self, BoardDescribe.self])
}
