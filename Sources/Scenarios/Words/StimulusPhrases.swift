import PerfusionCore
public import VirtualBoard

/// Reads what happens to the world: circuit events, faults, supply, firmware.
struct StimulusPhrases: Sendable {
  let plant: PlantVocabulary

  func read(
    _ key: String, _ text: String, at place: Place
  ) throws(PhraseMistake) -> PlannedStimulus {
    var phrase = Phrase(text, at: place)
    let step: PlannedStimulus.Step
    switch key {
    case "circuit": step = try circuit(&phrase)
    case "fault": step = .once(.fault(try Self.fault(&phrase)))
    case "clear": step = .once(.clear(try Self.fault(&phrase)))
    case "supply": step = .once(.mains(try Self.mains(&phrase)))
    default: step = .once(try Self.firmware(&phrase))
    }
    try phrase.checkEnd(of: "the \(key) event")
    return PlannedStimulus(step, text: "\(key) \(text)", place: place)
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

  private static func mains(_ phrase: inout Phrase) throws(PhraseMistake) -> Bool {
    if phrase.take("mains", "off") { return false }
    if phrase.take("mains", "on") { return true }
    throw phrase.expected("a supply event", "write \"mains off\" or \"mains on\"")
  }

  private static func firmware(_ phrase: inout Phrase) throws(PhraseMistake) -> Stimulus {
    if phrase.take("restart") { return .restartFirmware }
    throw phrase.expected("a firmware event", "write \"restart\"")
  }

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
