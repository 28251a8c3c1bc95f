import PerfusionCore

/// What stands at a variable place of a phrase pattern.
enum Slot: Sendable {
  /// A pump by its role.
  case pump
  /// A quantity with its unit.
  case quantity(Dimension)
  /// `4:1`.
  case ratio
  /// `AL-05`.
  case alarm
  /// A name out of a list; what such a thing is called.
  case name(NamedCases, String)
  /// Any word.
  case word

  /// The slot that a pattern names between angle brackets.
  init(_ name: String) {
    switch name {
    case "pump": self = .pump
    case "flow": self = .quantity(.flow)
    case "speed": self = .quantity(.speed)
    case "pressure": self = .quantity(.pressure)
    case "temperature": self = .quantity(.temperature)
    case "volume": self = .quantity(.volume)
    case "time": self = .quantity(.time)
    case "share": self = .quantity(.fraction)
    case "rate": self = .quantity(.rate)
    case "strokeVolume": self = .quantity(.strokeVolume)
    case "number": self = .quantity(.number)
    case "charge": self = .quantity(.charge)
    case "ratio": self = .ratio
    case "alarm": self = .alarm
    case "pressureSite": self = .name(SpokenNames.pressures, "a pressure site")
    case "phase": self = .name(SpokenNames.phases, "a phase")
    case "item": self = .name(SpokenNames.checklist, "a checklist item")
    case "inlet": self = .name(SpokenNames.airInlets, "an air inlet")
    case "timer": self = .name(SpokenNames.timers, "a timer")
    case "event": self = .name(SpokenNames.events, "a circuit event")
    case "circuit": self = .name(SpokenNames.circuits, "a water circuit")
    case "tube": self = .name(SpokenNames.tubeInches, "a tube size")
    default: self = .word
    }
  }
}

/// What was found at a variable place.
enum Capture: Sendable {
  case index(Int)
  case number(Double)
  case word(String)

  var index: Int { if case .index(let value) = self { value } else { 0 } }
  var number: Double { if case .number(let value) = self { value } else { 0 } }
  var word: String { if case .word(let value) = self { value } else { "" } }
}

/// A phrase with variable places: `set <pump> flow <flow>`.
struct Pattern: Sendable {
  enum Element: Sendable {
    case literal(String)
    case slot(Slot)
  }
  let text: String
  let elements: [Element]

  init(_ text: String) {
    self.text = text
    elements = text.split(separator: " ").map { part in
      part.hasPrefix("<")
        ? .slot(Slot(String(part.dropFirst().dropLast()))) : .literal(String(part))
    }
  }

  /// Reads the whole phrase by this pattern.
  func match(_ phrase: Phrase, pumps: PumpNames) throws(PhraseMistake) -> [Capture] {
    var phrase = phrase
    var captures: [Capture] = []
    for element in elements {
      switch element {
      case .literal(let literal):
        guard phrase.take(literal) else {
          throw phrase.expected("\"\(literal)\"", "write \"\(text)\"")
        }
      case .slot(let slot):
        captures.append(try phrase.takeSlot(slot, pumps: pumps))
      }
    }
    guard phrase.isAtEnd else {
      throw phrase.mistake(
        "\"\(phrase.next?.text ?? "")\" stands behind the end of \"\(text)\"", "take it out")
    }
    return captures
  }
}

/// The pumps of the machine by role.
struct PumpNames: Sendable {
  let slots: [String: Int]

  init(_ machine: MachineConfiguration) {
    var slots: [String: Int] = [:]
    for index in machine.pumps.indices { slots["\(machine.pumps[index].role)"] = index }
    self.slots = slots
  }
}

extension Phrase {
  mutating func takeSlot(_ slot: Slot, pumps: PumpNames) throws(PhraseMistake) -> Capture {
    switch slot {
    case .pump: .index(try takePump(pumps))
    case .quantity(let dimension): .number(try takeQuantity(dimension))
    case .ratio: .number(try takeRatio())
    case .alarm: .index(Int(try takeAlarmID().number))
    case .name(let names, let what): .index(try takeName(names, what))
    case .word: .word(try takeWord())
    }
  }

  /// Takes the name of a pump that the board has.
  mutating func takePump(_ pumps: PumpNames) throws(PhraseMistake) -> Int {
    guard let word = next else { throw expected("a pump", "write its role") }
    guard let index = pumps.slots[word.text] else {
      let isRole = SpokenNames.roles.rawValue(word.text) != nil
      throw mistake(
        isRole ? "the board has no pump \"\(word.text)\"" : "unknown pump \"\(word.text)\"",
        adviceForName(word.text, among: pumps.slots.keys))
    }
    position += 1
    return index
  }

  /// Takes one of these names and gives its raw value.
  mutating func takeName(_ names: NamedCases, _ what: String) throws(PhraseMistake) -> Int {
    guard let word = next else {
      throw expected(what, adviceForName("", among: names.names))
    }
    guard let raw = names.rawValue(word.text) else {
      throw mistake("\"\(word.text)\" is not \(what)", adviceForName(word.text, among: names.names))
    }
    position += 1
    return Int(raw)
  }

  mutating func takeWord() throws(PhraseMistake) -> String {
    guard let word = take() else { throw expected("a name", "write it") }
    return word.text
  }
}
