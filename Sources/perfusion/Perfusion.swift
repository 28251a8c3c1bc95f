import ArgumentParser
import Foundation

@main
struct Perfusion: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "perfusion", abstract: "Control core of perfusion machines.",
    version: programVersion,
    subcommands: [
      BoardCommand.self,
      Simulate.self,
      StatusCommand.self,
      WatchCommand.self,
      AlarmsCommand.self,
      SetCommand.self,
      CommandCommand.self,
      AcknowledgeCommand.self,
      SilenceCommand.self,
      ReplayCommand.self,
      BlackBoxCommand.self,
      DoctorCommand.self,
      HilCommand.self,
      SafetyCommand.self,
      Bench.self,
      SoakCommand.self,
    ])

  /// Exit codes: 0 success, 1 the thing asked for failed, 2 wrong usage or unreadable input,
  /// 130 stopped by Ctrl-C.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as UnreadableInput {
      print(error.description, to: .standardError)
      Foundation.exit(2)
    } catch {
      let code = exitCode(for: error)
      let text = fullMessage(for: error)
      if !text.isEmpty { print(text, to: code == .success ? .standardOutput : .standardError) }
      Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
    }
  }

  private static func print(_ text: String, to file: FileHandle) {
    file.write(Data((text + "\n").utf8))
  }
}

/// Version of the program and of the firmware core in it.
let programVersion = "0.1.0"
