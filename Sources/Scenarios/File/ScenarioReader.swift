import Foundation
import PerfusionCore
import Yams

/// Reads the top level of a case file.
struct ScenarioReader {
  let file: ScenarioFile
  let machine: MachineConfiguration
  let plant: PlantVocabulary
  /// The files that led to this one: a file must not start from itself.
  let startedFrom: [String]
  var mistakes: MistakeList
  let expectations: ExpectationReader
  let actions: ActionVerbs

  static let keys = [
    "title", "summary", "verifies", "board", "seed", "patient", "circuit", "start", "timeline",
    "always", "duration",
  ]

  init(
    file: ScenarioFile, machine: MachineConfiguration, plant: PlantVocabulary,
    startedFrom: [String]
  ) {
    self.file = file
    self.machine = machine
    self.plant = plant
    self.startedFrom = startedFrom
    mistakes = MistakeList(file: file.path)
    expectations = ExpectationReader(machine)
    actions = ActionVerbs(machine)
  }

  mutating func read(_ root: Node) -> Scenario {
    var scenario = Scenario(file: file.path, title: "")
    guard let top = KeyedNode(root, keys: Self.keys, of: "a case file", &mistakes) else {
      return scenario
    }
    if let title = top.text("title", &mistakes) {
      scenario.title = title.text
    } else if !top.has("title") {
      mistakes.add(top.place, "the title is missing", "write \"title: ...\"")
    }
    scenario.summary = top.text("summary", &mistakes)?.text ?? ""
    scenario.identifiers = identifiers(top)
    scenario.seed = seed(top)
    scenario.duration = top.text("duration", &mistakes).flatMap { time($0.text, $0.place) }
    scenario.overrides = overrides(top["patient"], "patient") + overrides(top["circuit"], "circuit")
    scenario.preludes = preludes(top)
    scenario.entries = timeline(top)
    scenario.invariants = invariants(top)
    return scenario
  }

  private mutating func identifiers(_ top: KeyedNode) -> [String] {
    let texts = top.texts("verifies", &mistakes)
    for (text, place) in texts where !Self.isIdentifier(text) {
      mistakes.add(
        place, "\"\(text)\" is not an identifier", "write for example C4, HZ-08, AL-11")
    }
    return texts.map(\.text)
  }

  /// `C4`, `HZ-08`, `AL-11`, `EP-2`, `R3`.
  static func isIdentifier(_ text: String) -> Bool {
    let letters = text.prefix { $0.isUppercase && $0.isASCII }
    let rest = text.dropFirst(letters.count)
    let digits = rest.hasPrefix("-") ? rest.dropFirst() : rest
    return !letters.isEmpty && !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
  }

  private mutating func seed(_ top: KeyedNode) -> UInt64? {
    guard let (text, place) = top.text("seed", &mistakes) else { return nil }
    if let seed = UInt64(text) { return seed }
    mistakes.add(place, "\"\(text)\" is not a seed", "write a whole number from 0")
    return nil
  }

  mutating func time(_ text: String, _ place: Place) -> Double? {
    var phrase = Phrase(text, at: place)
    do throws(PhraseMistake) {
      let seconds = try phrase.takeQuantity(.time)
      try phrase.checkEnd(of: "a time")
      if seconds >= 0 { return seconds }
      mistakes.add(place, "the time is negative", "write a time from 0 s")
    } catch {
      mistakes.add(error)
    }
    return nil
  }

  private mutating func overrides(_ node: Node?, _ key: String) -> [PlantOverride] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node else {
      mistakes.add(
        node.place, "\"\(key)\" is \(node.kindName)",
        "write keys such as \"systemicResistance: ...\"")
      return []
    }
    var found: [PlantOverride] = []
    for (name, value) in mapping {
      var phrase = Phrase(value.string ?? "", at: value.textPlace)
      do throws(PhraseMistake) {
        let number = try plant.takeValue(of: name.string ?? "", at: name.place, &phrase)
        try phrase.checkEnd(of: "the value")
        found.append(PlantOverride(name: name.string ?? "", value: number, place: name.place))
      } catch {
        mistakes.add(error)
      }
    }
    return found
  }

  private mutating func preludes(_ top: KeyedNode) -> [Scenario] {
    var found: [Scenario] = []
    for (name, place) in top.texts("start", &mistakes) {
      let path = file.resolve(name)
      guard !startedFrom.contains(where: { Self.isSameFile($0, path) }) else {
        mistakes.add(place, "\"\(name)\" starts from itself", "break the circle")
        continue
      }
      guard FileManager.default.fileExists(atPath: path) else {
        mistakes.add(place, "there is no file \"\(name)\"", "give the path of a case file")
        continue
      }
      do throws(Mistakes) {
        let start = try ScenarioFile(path: path)
        found.append(try start.scenario(for: machine, plant: plant, startedFrom: startedFrom))
      } catch {
        mistakes.add(contentsOf: error)
      }
    }
    return found
  }

  private static func isSameFile(_ left: String, _ right: String) -> Bool {
    URL(fileURLWithPath: left).standardizedFileURL
      == URL(fileURLWithPath: right).standardizedFileURL
  }

  private mutating func invariants(_ top: KeyedNode) -> [Invariant] {
    var found: [Invariant] = []
    for (text, place) in top.texts("always", &mistakes) {
      do throws(PhraseMistake) {
        found.append(try expectations.invariant(text, at: place))
      } catch {
        mistakes.add(error)
      }
    }
    return found
  }
}

extension Phrase {
  /// Complains about anything behind the end.
  func checkEnd(of what: String) throws(PhraseMistake) {
    guard let word = next else { return }
    throw mistake("\"\(word.text)\" stands behind \(what)", "take it out")
  }
}
