import ArgumentParser
import BoardFiles
import Foundation
import LinkMessages

/// `perfusion board compile FILE -o IMAGE`: writes the board image.
struct BoardCompile: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile", abstract: "Compile a board file to the image the firmware loads.")

  @Argument(help: "Board file.")
  var file: String

  @Option(name: [.customShort("o"), .customLong("output")], help: "Image to write.")
  var output: String

  func run() throws {
    guard let result = BoardReading.read(file) else { throw ExitCode(2) }
    BoardReading.report(result)
    guard let board = result.board else { throw ExitCode(1) }
    let image = try board.image().encoded()
    guard FileManager.default.createFile(atPath: output, contents: Data(image)) else {
      BoardReading.complain("\(output): error: the image cannot be written; name another place")
      throw ExitCode(2)
    }
  }
}
