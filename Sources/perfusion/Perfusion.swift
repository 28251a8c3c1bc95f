import ArgumentParser

@main
struct Perfusion: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "perfusion", abstract: "Control core of perfusion machines.",
    subcommands: [
      BoardCommand.self
    ])
}
