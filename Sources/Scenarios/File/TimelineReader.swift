import PerfusionCore
import VirtualBoard
import Yams

extension ScenarioReader {
  static let entryKeys = [
    "at", "after", "note", "wait", "do", "try", "circuit", "fault", "clear", "supply", "firmware",
    "clock", "hand", "expect", "measure",
  ]

  /// Reads the timeline; entries stand in the order in which they are due.
  mutating func timeline(_ top: KeyedNode) -> [TimelineEntry] {
    guard let node = top["timeline"] else {
      mistakes.add(top.place, "the timeline is missing", "write \"timeline:\" and its entries")
      return []
    }
    guard case .sequence(let nodes) = node else {
      mistakes.add(
        node.place, "the timeline is \(node.kindName)", "write a list of \"- at: ...\" entries")
      return []
    }
    var latest = 0.0
    return nodes.flatMap { node -> [TimelineEntry] in
      if node.mapping?["repeat"] != nil { return turns(node) }
      guard let keyed = KeyedNode(node, keys: Self.entryKeys, of: "a timeline entry", &mistakes)
      else { return [] }
      let entry = entry(keyed)
      if case .at(let time) = entry.due {
        if time < latest {
          mistakes.add(
            keyed["at"]?.textPlace ?? keyed.place,
            "\(clockText(seconds: time)) lies before the entry above",
            "put the entries in the order of time")
        }
        latest = max(latest, time)
      }
      return [entry]
    }
  }

  /// One entry, whatever its place.
  mutating func entry(_ keyed: KeyedNode) -> TimelineEntry {
    var entry = TimelineEntry(place: keyed.place)
    readDue(keyed, &entry)
    entry.note = keyed.text("note", &mistakes)?.text ?? ""
    if let (text, place) = keyed.text("wait", &mistakes) {
      do throws(PhraseMistake) {
        entry.wait = try expectations.wait(text, at: place)
      } catch { mistakes.add(error) }
    }
    readActions(keyed, &entry)
    readStimuli(keyed, &entry)
    for (text, place) in keyed.texts("expect", &mistakes) {
      do throws(PhraseMistake) {
        entry.expectations.append(try expectations.expectation(text, at: place))
      } catch { mistakes.add(error) }
    }
    readMeasurements(keyed["measure"], &entry)
    return entry
  }

  private mutating func readDue(_ keyed: KeyedNode, _ entry: inout TimelineEntry) {
    if keyed.has("at"), keyed.has("after") {
      mistakes.add(keyed.place, "\"at\" and \"after\" stand in one entry", "keep one of them")
    }
    if let (text, place) = keyed.text("at", &mistakes) {
      entry.due = .at(time(text, place) ?? 0)
    } else if let (text, place) = keyed.text("after", &mistakes) {
      entry.due = .after(time(text, place) ?? 0)
    } else if !keyed.has("wait"), !keyed.has("at"), !keyed.has("after") {
      mistakes.add(keyed.place, "the entry has no time", "write \"at: 30 s\" or \"after: 5 s\"")
    }
  }

  private mutating func readActions(_ keyed: KeyedNode, _ entry: inout TimelineEntry) {
    if keyed.has("do"), keyed.has("try") {
      mistakes.add(keyed.place, "\"do\" and \"try\" stand in one entry", "make two entries")
    }
    entry.mayBeRefused = keyed.has("try")
    for (text, place) in keyed.texts("do", &mistakes) + keyed.texts("try", &mistakes) {
      do throws(PhraseMistake) {
        entry.actions += try actions.read(Phrase(text, at: place))
        entry.actionTexts.append(text)
      } catch { mistakes.add(error) }
    }
  }

  /// `measure:` holds names, each with an expectation and perhaps a marginal band.
  private mutating func readMeasurements(_ node: Node?, _ entry: inout TimelineEntry) {
    guard let node else { return }
    guard case .mapping(let mapping) = node else {
      mistakes.add(
        node.place, "\"measure\" is \(node.kindName)",
        "write \"NAME: mean arterialFlow over 5 s between 4 L/min and 5 L/min\"")
      return
    }
    for (name, value) in mapping {
      do throws(PhraseMistake) {
        let text = value.string ?? ""
        entry.expectations.append(
          try expectations.measurement(name.string ?? "", text, at: value.textPlace))
      } catch { mistakes.add(error) }
    }
  }

  private mutating func readStimuli(_ keyed: KeyedNode, _ entry: inout TimelineEntry) {
    let stimuli = StimulusPhrases(plant: plant, pumps: actions.pumps)
    for key in ["circuit", "fault", "clear", "supply", "firmware", "clock", "hand"] {
      for (text, place) in keyed.texts(key, &mistakes) {
        do throws(PhraseMistake) {
          entry.stimuli.append(try stimuli.read(key, text, at: place))
        } catch { mistakes.add(error) }
      }
    }
  }
}
