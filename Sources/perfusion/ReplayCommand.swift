import ArgumentParser
import BlackBoxFiles
import Foundation
import LinkMessages

/// `perfusion replay BLACKBOX`: re-runs the core on what was recorded.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Runs the core again on the inputs of a black box and compares every output bit.",
    discussion: """
      Inputs, commands and the board image in the file are enough. Several files of one recording \
      are given in their order. Exit code 1 says that something differed.
      """)

  @Argument(help: "Black box files, in their order.")
  var files: [String]
  @Option(help: "Another build of the core; one for another processor runs under its emulator.")
  var core: String?
  @Flag(help: "Prints the result as one JSON document.")
  var json = false

  func validate() throws {
    if files.isEmpty { throw ValidationError("name at least one black box file") }
  }

  func run() throws {
    let clock = ContinuousClock()
    let began = clock.now
    let readers = try files.map { try BlackBoxInput.open($0) }
    let image = try BlackBoxInput.image(readers[0], files[0])
    let report = try compare(readers, image)
    let parts = began.duration(to: clock.now).components
    let wall = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    print(json ? ReplayText.json(report, wall) : ReplayText.plain(report, wall))
    if report.difference != nil { throw ExitCode(1) }
  }

  private func compare(_ readers: [McapReader], _ image: BoardImage) throws -> ReplayReport {
    guard let core else { return try replay(readers, on: LinkedCore(image.machine)) }
    guard FileManager.default.isExecutableFile(atPath: core) else {
      throw UnreadableInput("\(core): error: no program is there; build one with .ci/replay-core")
    }
    let bytes = try BlackBoxInput.imageBytes(readers[0], files[0])
    let piped: PipedCore
    do throws(ReplayFailure) {
      piped = try PipedCore(path: core, image: bytes)
    } catch {
      BoardReading.complain("\(core): error: \(error)")
      throw ExitCode(1)
    }
    return try replay(readers, on: piped)
  }

  private func replay<Core: ReplayedCore>(
    _ readers: [McapReader], on core: Core
  ) throws -> ReplayReport {
    var replay = Replay(on: core)
    for (reader, name) in zip(readers, files) {
      do throws(ReplayError) {
        try replay.run(reader)
      } catch {
        switch error {
        case .file(let problem): throw UnreadableInput("\(name): \(problem)")
        case .replay(let failure):
          BoardReading.complain(
            "\(name): error: \(failure); \(replay.report.ticks) ticks were compared")
          throw ExitCode(1)
        }
      }
      if replay.report.difference != nil { break }
    }
    guard replay.report.ticks > 0 else {
      throw UnreadableInput("\(files[0]): error: there are no inputs in it; name a black box")
    }
    return replay.report
  }
}

/// What a replay found, as text.
enum ReplayText {
  static func plain(_ report: ReplayReport, _ wall: Double) -> String {
    let rate = Int(report.seconds / max(wall, 1e-6))
    let head =
      "\(report.ticks) ticks compared, \(report.commands) commands, \(report.events) events, "
      + "\(report.starts) start\(report.starts == 1 ? "" : "s"), "
      + "\(decimal(report.seconds)) s in \(decimal(wall)) s: \(rate) x real time"
    guard let found = report.difference else { return head + "\nidentical to the last bit" }
    return head + """

      differs at \(decimal(found.seconds)) s (tick \(found.tick)), \(found.channel) \(found.field)
        recorded: \(found.recorded)
        replayed: \(found.replayed)
      """
  }

  static func json(_ report: ReplayReport, _ wall: Double) -> String {
    var object: [String: Any] = [
      "ticks": report.ticks, "commands": report.commands, "events": report.events,
      "starts": report.starts, "seconds": report.seconds, "wallSeconds": wall,
      "identical": report.difference == nil,
    ]
    if let found = report.difference {
      object["difference"] = [
        "seconds": found.seconds, "tick": found.tick, "channel": found.channel,
        "field": found.field, "recorded": found.recorded, "replayed": found.replayed,
      ]
    }
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .prettyPrinted]
    do {
      let data = try JSONSerialization.data(withJSONObject: object, options: options)
      return String(decoding: data, as: UTF8.self)
    } catch { return "{}" }
  }

  private static func decimal(_ value: Double) -> String { String(format: "%.3f", value) }
}

/// Opens black boxes for the command line.
enum BlackBoxInput {
  static func open(_ path: String) throws -> McapReader {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UnreadableInput("\(path): error: the file cannot be read; name a black box (*.mcap)")
    }
    do throws(McapError) { return try McapReader([UInt8](data)) } catch {
      throw UnreadableInput("\(path): \(error)")
    }
  }

  static func image(_ reader: McapReader, _ path: String) throws -> BoardImage {
    do throws(McapError) { return try reader.boardImage() } catch {
      throw UnreadableInput("\(path): \(error)")
    }
  }

  static func imageBytes(_ reader: McapReader, _ path: String) throws -> [UInt8] {
    do throws(McapError) { return try reader.boardImageBytes() } catch {
      throw UnreadableInput("\(path): \(error)")
    }
  }
}
