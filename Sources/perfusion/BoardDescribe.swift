import ArgumentParser
import BoardFiles
import Foundation

/// `perfusion board describe FILE`: wiring, addresses, schedule and limits as tables.
struct BoardDescribe: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Show wiring, addresses, schedule and limits of a board.")

  @Argument(help: "Board file.")
  var file: String

  @Flag(help: "One JSON document.")
  var json = false

  func run() throws {
    guard let result = BoardReading.read(file) else { throw ExitCode(2) }
    BoardReading.report(result)
    guard let board = result.board else { throw ExitCode(1) }
    let tables = BoardTables(board).tables
    print(json ? try TableText.json(board.name, tables) : TableText.text(tables))
  }
}
