import CircuitModel
import PerfusionCore
import VirtualBoard

/// Reads what happens to the world: circuit events, faults, supply, firmware, hands.
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
    _ key: String, _ phrase: Phrase
  ) throws(PhraseMistake) -> PlannedStimulus.Step {
    switch key {
    case "circuit": try circuit(phrase)
    case "fault": .once(.fault(try Self.fault(phrase)))
    case "clear": .once(.clear(try Self.fault(phrase)))
    case "supply": try Self.supply.read(phrase, pumps: pumps)
    case "firmware": .once(try Self.firmware.read(phrase, pumps: pumps))
    case "clock": .once(try Self.clock.read(phrase, pumps: pumps))
    default: .once(try Self.hand.read(phrase, pumps: pumps))
    }
  }

  private func circuit(_ words: Phrase) throws(PhraseMistake) -> PlannedStimulus.Step {
    var phrase = words
    let step: PlannedStimulus.Step
    if phrase.take("set") {
      let (name, place) = try takeParameter(&phrase)
      _ = phrase.take("to")
      step = .once(.parameter(name, try plant.takeValue(of: name, at: place, &phrase)))
    } else if phrase.take("ramp") {
      step = try ramp(&phrase)
    } else {
      return .once(try Self.events.read(words, pumps: pumps))
    }
    try phrase.checkEnd(of: "the circuit event")
    return step
  }

  private func ramp(_ phrase: inout Phrase) throws(PhraseMistake) -> PlannedStimulus.Step {
    let advice = "write \"ramp NAME to VALUE over 10 s\""
    let (name, place) = try takeParameter(&phrase)
    guard phrase.take("to") else { throw phrase.expected("\"to\"", advice) }
    let value = try plant.takeValue(of: name, at: place, &phrase)
    guard phrase.take("over") else { throw phrase.expected("\"over\"", advice) }
    return .ramp(name, to: value, over: try phrase.takeQuantity(.time))
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

  private static func fault(_ words: Phrase) throws(PhraseMistake) -> FaultSpecification {
    var phrase = words
    guard let word = phrase.take() else {
      throw phrase.expected("a fault", "write \"target:word\" such as \"arterialClamp:stuck\"")
    }
    try phrase.checkEnd(of: "the fault")
    switch parseFault(word.text) {
    case .success(let fault): return fault
    case .failure(let problem):
      throw PhraseMistake(place: word.place, problem: problem.problem, advice: problem.advice)
    }
  }
}
