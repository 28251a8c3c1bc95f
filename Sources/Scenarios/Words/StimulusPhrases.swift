import PerfusionCore
public import VirtualBoard

/// Reads what happens to the world: circuit events, faults, supply, firmware.
struct StimulusPhrases: Sendable {
  let plant: PlantVocabulary
  let pumps: PumpNames

  func read(
    _ key: String, _ text: String, at place: Place
  ) throws(PhraseMistake) -> PlannedStimulus {
    let step = try step(key, Phrase(text, at: place))
    return PlannedStimulus(step, text: "\(key) \(text)", place: place)
  }

  private func step(
    _ key: String, _ words: Phrase
  ) throws(PhraseMistake) -> PlannedStimulus.Step {
    if let table = Self.tables[key] { return .once(try table.read(words, pumps: pumps)) }
    var phrase = words
    let step: PlannedStimulus.Step
    switch key {
    case "fault": step = .once(.fault(try Self.fault(&phrase)))
    case "clear": step = .once(.clear(try Self.fault(&phrase)))
    default: step = try circuit(&phrase)
    }
    try phrase.checkEnd(of: "the \(key) event")
    return step
  }

  private func circuit(_ phrase: inout Phrase) throws(PhraseMistake) -> PlannedStimulus.Step {
    if phrase.take("set") {
      let (name, place) = try takeParameter(&phrase)
      _ = phrase.take("to")
      return .once(.parameter(name, try plant.takeValue(of: name, at: place, &phrase)))
    }
    if phrase.take("ramp") {
      let (name, place) = try takeParameter(&phrase)
      guard phrase.take("to") else {
        throw phrase.expected("\"to\"", "write \"ramp NAME to VALUE over 10 s\"")
      }
      let value = try plant.takeValue(of: name, at: place, &phrase)
      guard phrase.take("over") else {
        throw phrase.expected("\"over\"", "write \"ramp NAME to VALUE over 10 s\"")
      }
      return .ramp(name, to: value, over: try phrase.takeQuantity(.time))
    }
    if phrase.take("inject") {
      let volume = try phrase.takeQuantity(.volume)
      guard phrase.take("air", "at") else {
        throw phrase.expected("\"air at\"", "write \"inject 0.5 ml air at arterialBubble\"")
      }
      let raw = try phrase.takeName(SpokenNames.airSites, "an air detector")
      return .once(.air(SpokenNames.airSites.names[raw], volume))
    }
    throw phrase.expected(
      "a circuit event",
      "write \"set NAME VALUE\", \"ramp NAME to VALUE over TIME\" or \"inject VOLUME air at SITE\"")
  }

  private func takeParameter(
    _ phrase: inout Phrase
  ) throws(PhraseMistake) -> (String, Place) {
    let place = phrase.place
    guard let word = phrase.take() else {
      throw phrase.expected("a plant parameter", adviceForName("", among: plant.units.keys))
    }
    return (word.text, place)
  }

  private static let tables: [String: PatternTable<Stimulus>] = [
    "supply": PatternTable(
      rows: [
        .init("mains off") { _ in .mains(false) },
        .init("mains on") { _ in .mains(true) },
        .init("battery <charge>") { .batteryCharge($0[0].number) },
      ], what: "supply event"),
    "firmware": PatternTable(
      rows: [
        .init("kill") { _ in .killFirmware },
        .init("hang") { _ in .hangFirmware },
        .init("restart") { _ in .restartFirmware(0) },
        .init("restart after <time>") { .restartFirmware($0[0].number) },
      ], what: "firmware event"),
    "hand": PatternTable(
      rows: [
        .init("press emergency stop") { _ in .emergencyStop(true) },
        .init("release emergency stop") { _ in .emergencyStop(false) },
        .init("open <pump> cover") { .cover(pump: $0[0].index, isOpen: true) },
        .init("close <pump> cover") { .cover(pump: $0[0].index, isOpen: false) },
        .init("hold clamp lever open") { _ in .clampLever(true) },
        .init("release clamp lever") { _ in .clampLever(false) },
      ], what: "hand action"),
  ]

  private static func fault(_ phrase: inout Phrase) throws(PhraseMistake) -> FaultSpecification {
    let place = phrase.place
    guard let word = phrase.take() else {
      throw phrase.expected("a fault", "write \"target:word\" such as \"arterialClamp:stuck\"")
    }
    switch parseFault(word.text) {
    case .success(let fault): return fault
    case .failure(let problem):
      throw PhraseMistake(place: place, problem: problem.problem, advice: problem.advice)
    }
  }
}

/// Why a fault text is not understood.
public struct FaultTextProblem: Error, Sendable {
  /// What is wrong.
  public var problem: String
  /// What to write instead.
  public var advice: String
}

/// Reads `target:word`.
public func parseFault(_ text: String) -> Result<FaultSpecification, FaultTextProblem> {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  guard parts.count == 2, !parts[0].isEmpty else {
    return .failure(
      FaultTextProblem(
        problem: "\"\(text)\" is not a fault",
        advice: "write \"target:word\" such as \"arterialClamp:stuck\""))
  }
  guard let word = FaultWord(rawValue: String(parts[1])) else {
    return .failure(
      FaultTextProblem(
        problem: "unknown fault word \"\(parts[1])\"",
        advice: adviceForName(String(parts[1]), among: FaultWord.allCases.map(\.rawValue))))
  }
  return .success(FaultSpecification(target: String(parts[0]), word: word))
}
