import ArgumentParser
import BlackBoxFiles
import Foundation

/// `perfusion blackbox`: what is in a black box, its export, its repair.
struct BlackBoxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blackbox", abstract: "Contents, export and repair of black boxes.",
    subcommands: [BlackBoxInfo.self, BlackBoxExport.self, BlackBoxRecover.self])
}

/// `perfusion blackbox info FILE`.
struct BlackBoxInfo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Says what is in a black box; exit code 1 when it is not whole.")

  @Argument(help: "Black box (*.mcap).")
  var file: String
  @Flag(help: "Prints one JSON document.")
  var json = false

  func run() throws {
    let summary = BlackBoxSummary(try BlackBoxInput.open(file))
    if json { try printJSON(summary) } else { printText(summary) }
    if let problem = summary.problem {
      BoardReading.complain("\(file): \(problem)")
      throw ExitCode(1)
    }
    guard summary.isComplete else {
      BoardReading.complain(
        "\(file): error: the file has no end; run: "
          + "perfusion blackbox recover \(file) -o MENDED.mcap")
      throw ExitCode(1)
    }
  }

  private func printText(_ summary: BlackBoxSummary) {
    let lost = summary.lostTicks > 0 ? ", \(summary.lostTicks) lost" : ""
    print("ticks      \(summary.ticks)\(lost)")
    print(String(format: "time       %.3f s", summary.seconds))
    print(
      String(
        format: "size       %d bytes in %d chunks, %.1f MB an hour", summary.bytes, summary.chunks,
        summary.megabytesAnHour))
    for topic in summary.messages.keys.sorted() {
      let name = topic.padding(toLength: 10, withPad: " ", startingAt: 0)
      print("\(name) \(summary.messages[topic] ?? 0) messages")
    }
    for (name, value) in summary.metadata { print("\(name): \(value)") }
    for name in summary.attachments.keys.sorted() {
      print("attachment \(name), \(summary.attachments[name] ?? 0) bytes")
    }
  }

  private func printJSON(_ summary: BlackBoxSummary) throws {
    let object: [String: Any] = [
      "complete": summary.isComplete && summary.problem == nil, "ticks": summary.ticks,
      "lostTicks": summary.lostTicks, "seconds": summary.seconds, "bytes": summary.bytes,
      "chunks": summary.chunks, "megabytesAnHour": summary.megabytesAnHour,
      "messages": summary.messages, "attachments": summary.attachments,
      "metadata": Dictionary(
        summary.metadata.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
    ]
    let data = try JSONSerialization.data(
      withJSONObject: object, options: [.sortedKeys, .prettyPrinted])
    print(String(decoding: data, as: UTF8.self))
  }
}

/// `perfusion blackbox export --csv FILE`.
struct BlackBoxExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Writes a table for each channel.")

  @Argument(help: "Black box (*.mcap).")
  var file: String
  @Flag(help: "Comma-separated values, one file a channel: the only format so far.")
  var csv = false
  @Option(name: [.customShort("o"), .customLong("output")], help: "Folder for the tables.")
  var output: String

  func validate() throws {
    if !csv { throw ValidationError("say --csv: it is the only format so far") }
  }

  func run() throws {
    let reader = try BlackBoxInput.open(file)
    do {
      try FileManager.default.createDirectory(
        atPath: output, withIntermediateDirectories: true)
    } catch {
      throw UnreadableInput("\(output): error: the folder cannot be made; name another place")
    }
    let tables = Tables(folder: output)
    do throws(McapError) {
      try CSVExport(reader).write { tables.add($1, to: $0) }
    } catch {
      throw UnreadableInput("\(file): \(error)")
    }
    guard tables.end() else {
      throw UnreadableInput("\(output): error: a table cannot be written; make room and try again")
    }
  }

  /// The tables of an export, buffered.
  private final class Tables {
    private let folder: String
    private var handles: [String: FileHandle] = [:]
    private var waiting: [String: String] = [:]
    private var hasFailed = false

    init(folder: String) { self.folder = folder }

    func add(_ line: String, to table: String) {
      waiting[table, default: ""] += line + "\n"
      if waiting[table, default: ""].utf8.count > 1 << 20 { flush(table) }
    }

    func end() -> Bool {
      for table in waiting.keys { flush(table) }
      return !hasFailed
    }

    private func flush(_ table: String) {
      let path = "\(folder)/\(table).csv"
      if handles[table] == nil {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        handles[table] = FileHandle(forWritingAtPath: path)
      }
      do {
        guard let handle = handles[table] else { return hasFailed = true }
        try handle.write(contentsOf: Data(waiting[table, default: ""].utf8))
        waiting[table] = ""
      } catch { hasFailed = true }
    }
  }
}

/// `perfusion blackbox recover FILE -o MENDED`.
struct BlackBoxRecover: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recover",
    abstract: "Mends a file that was cut short or damaged; the original stays as it is.")

  @Argument(help: "Black box (*.mcap).")
  var file: String
  @Option(name: [.customShort("o"), .customLong("output")], help: "The mended file.")
  var output: String

  func run() throws {
    let reader = try BlackBoxInput.open(file)
    let recovery = Recovery.recover(reader)
    guard let mended = recovery.file else {
      BoardReading.complain(
        "\(file): error: not even the description of its channels is left; nothing can be saved")
      throw ExitCode(1)
    }
    guard FileManager.default.createFile(atPath: output, contents: Data(mended)) else {
      throw UnreadableInput("\(output): error: the file cannot be written; name another place")
    }
    print("\(recovery.messages) messages in \(recovery.chunks) chunks saved")
    for (offset, length) in recovery.damage {
      print("byte \(offset): \(length) bytes could not be used")
    }
  }
}
