import BoardFiles
import Foundation
import Yams

/// What a rig file says (`HIL/rigs/*.yaml`, docs/hil.md).
public struct RigFile: Sendable {
  /// What kind of rig it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// Firmware, board and plant in one process.
    case inProcess = "in-process"
    /// The deployed firmware file on a real kernel, whose hardware is a virtual board.
    case virtualKernel = "virtual-kernel"
    /// A board under test whose circuit is played by the chips of a rig computer.
    case bench
  }
  /// The file as the person named it.
  public var path: String
  /// What kind of rig it is.
  public var kind: Kind
  /// Its name in reports.
  public var name: String
  /// The firmware file, for rigs that run one.
  public var firmware: String?
  /// Virtual seconds between two frames of the link, for rigs that read the machine by it.
  public var framePeriod: Double

  /// Which files of HIL/scenarios the rig plays when none are named: those whose names begin so;
  /// empty for all of them.
  public var scenarios: [String] = []

  static let keys = ["rig", "name", "description", "firmware", "frames", "scenarios"]

  /// Reads a rig file.
  ///
  /// - Throws: every mistake of the file.
  public init(path: String) throws(Mistakes) {
    var mistakes = MistakeList(file: path)
    let place = Place(line: 1, column: 1)
    var top: KeyedNode?
    if let data = FileManager.default.contents(atPath: path) {
      do {
        let text = String(decoding: data, as: UTF8.self)
        if let node = try Yams.compose(yaml: text) {
          // What else a bench file says is read by `BenchFile`, with the rig's hardware.
          let isBench = node["rig"]?.string == Kind.bench.rawValue
          top = KeyedNode(
            node, keys: isBench ? BenchFile.topLevelKeys : Self.keys, of: "a rig file", &mistakes)
        } else {
          mistakes.add(place, "the file is empty", "write \"rig: in-process\"")
        }
      } catch {
        mistakes.add(contentsOf: Mistakes([syntaxMistake(error, file: path)]))
      }
    } else {
      mistakes.add(place, "the file cannot be read", "give the path of a rig file")
    }
    self.path = path
    name = top?.text("name", &mistakes)?.text ?? path
    firmware = top?.text("firmware", &mistakes)?.text
    scenarios = top?.texts("scenarios", &mistakes).map(\.text) ?? []
    kind = .inProcess
    framePeriod = 0.02
    if let top { read(top, &mistakes) }
    guard mistakes.list.isEmpty else { throw Mistakes(mistakes.list) }
  }

  private mutating func read(_ top: KeyedNode, _ mistakes: inout MistakeList) {
    if let (text, place) = top.text("frames", &mistakes) {
      if let seconds = timeSpan(text), seconds >= 0.01, seconds <= 1 {
        framePeriod = seconds
      } else {
        mistakes.add(place, "\"\(text)\" is no frame period", "write a time from 10 ms to 1 s")
      }
    }
    let names = Kind.allCases.map(\.rawValue)
    guard let (text, place) = top.text("rig", &mistakes) else {
      return mistakes.add(top.place, "the kind is missing", "write \"rig: in-process\"")
    }
    guard let kind = Kind(rawValue: text) else {
      return mistakes.add(
        place, "\"\(text)\" is no kind of rig", adviceForName(text, among: names))
    }
    self.kind = kind
    if kind == .virtualKernel, firmware == nil {
      mistakes.add(
        top.place, "the firmware file is missing", "write \"firmware: dist/perfusiond-x86_64\"")
    }
  }
}
