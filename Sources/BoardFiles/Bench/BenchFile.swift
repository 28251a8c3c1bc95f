internal import ChipDrivers
internal import PerfusionCore

/// Reads and checks rig files of the kind `bench` (docs/hil.md).
public enum BenchFile {
  /// The keys at the top of such a file.
  public static var topLevelKeys: [String] {
    [
      "rig", "name", "description", "board", "tick", "boot", "frames", "scenarios", "link", "buses",
      "chips", "lines", "power", "wires", "unplayed",
    ]
  }

  /// Reads a bench file from its text.
  ///
  /// Everything that is wrong is reported, not only the first; a bench comes out only when nothing
  /// is.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - file: Its name in messages.
  ///   - board: Reads the board file that the bench names: its path as it must be opened and what
  ///     reading it gave, nothing when there is no such file.
  /// - Returns: the bench and what is to be said of the file.
  public static func read(
    _ text: String, file: String,
    board: (String) -> (path: String, result: BoardFileResult)?
  ) -> BenchFileResult {
    let diagnostics = Diagnostics(file: file)
    guard let node = BoardFile.compose(text, diagnostics, begin: "rig: bench"),
      let top = Section(
        Field(name: "the file", node: node, diagnostics: diagnostics), what: "the rig file")
    else { return BenchFileResult(bench: nil, diagnostics: diagnostics.sorted) }
    for key in topLevelKeys { _ = top.field(key) }
    let draft = BenchDraft(diagnostics)
    draft.readBoard(top, board)
    draft.hardware.readTick(top)
    draft.hardware.readBuses(top)
    draft.hardware.readChips(top)
    draft.hardware.readLines(top)
    draft.readRelays(top)
    draft.readLink(top)
    draft.readWires(top)
    top.finish()
    draft.check(top)
    return BenchFileResult(
      bench: diagnostics.hasErrors ? nil : draft.bench, diagnostics: diagnostics.sorted)
  }
}

/// A bench file while it is being read.
final class BenchDraft {
  let diagnostics: Diagnostics
  /// The rig's own buses, chips and lines, read as those of a board.
  let hardware: Draft
  var board: BoardDescription?
  var boardFile = ""
  var signals: BoardSignals?
  var name = ""
  var wires: [BenchWire] = []
  var unplayed: Set<BoardSignal> = []
  var power: Int?
  var link = BenchLink(socket: "/run/perfusion/link.sock")
  var bootSeconds = 60.0
  /// Where each signal was wired or left out.
  var places: [BoardSignal: Place] = [:]
  /// A wire could not be read, so a signal that seems to be missing may be meant.
  var wiresAreBroken = false

  init(_ diagnostics: Diagnostics) {
    self.diagnostics = diagnostics
    hardware = Draft(diagnostics)
  }

  /// What was read.
  var bench: BenchDescription? {
    guard let board else { return nil }
    var bench = BenchDescription(board: board, boardFile: boardFile)
    bench.name = name
    bench.tickMicroseconds = hardware.machine.tickMicroseconds
    bench.wiring = hardware.wiring
    bench.wires = wires
    bench.unplayed = unplayed
    bench.power = power
    bench.link = link
    bench.bootSeconds = bootSeconds
    return bench
  }

  /// `name`, `board`: what stands on the bench.
  func readBoard(_ top: Section, _ read: (String) -> (path: String, result: BoardFileResult)?) {
    name = top.field("name")?.text() ?? "bench"
    let advice = "write 'board:' and the file of the board under test"
    guard let field = top.required("board", advice), let path = field.text() else { return }
    guard let (file, result) = read(path) else {
      return field.fail(
        "the board file '\(path)' cannot be read", "give a path as seen from this file")
    }
    boardFile = file
    guard let board = result.board else {
      let first = result.diagnostics.first { $0.severity == .error }
      return field.fail(
        "the board file '\(path)' has errors, the first: \(first?.description ?? "unknown")",
        "mend it; perfusion board check shows all of them")
    }
    self.board = board
    signals = BoardSignals(board)
  }

  /// `power`: the relay in the board's supply.
  func readRelays(_ top: Section) {
    guard let section = top.section("power", what: "power") else { return }
    if case .line(let line, _)? = hardware.reference(section, .output, for: "power") {
      power = line
    }
    section.finish()
  }

  /// `link` and `boot`: how the firmware is reached, and how long it may take to speak.
  func readLink(_ top: Section) {
    if let seconds = top.field("boot")?.amount(.time, 0.1...600) { bootSeconds = seconds }
    guard let section = top.section("link", what: "link") else { return }
    if let socket = section.field("socket")?.text() { link.socket = socket }
    if let field = section.field("ssh"), let host = field.text() {
      if host.contains(where: \.isWhitespace) || host.hasPrefix("-") {
        field.fail("ssh '\(host)' is no host", "write user@host")
      }
      link.host = host
    }
    section.finish()
  }
}
