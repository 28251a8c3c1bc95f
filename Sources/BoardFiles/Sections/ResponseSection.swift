internal import PerfusionCore

extension Draft {
  static let events = Array(
    SensorFacts.names(CircuitEvent.self).prefix(CircuitEvent.linkedCount))
  static let responseWords: [(String, Response)] = [
    ("none", .none), ("alarm", .alarm), ("regulate", .regulate), ("hold", .hold),
    ("stop", .stop), ("stopAndClamp", .stopAndClamp),
  ]

  /// `responses`: what each pump does on each event; what is not written only alarms.
  func readResponses(_ section: Section) {
    for entry in section.entries {
      _ = section.field(entry.key)
      guard let pump = pumps[entry.key] else {
        if pumps.isBroken { continue }
        diagnostics.error(
          entry.place, "responses name the pump '\(entry.key)', which is not there",
          "write \(pumps.words.alternatives)")
        continue
      }
      guard let row = Section(entry.field, what: "responses of \(entry.key)") else { continue }
      for (word, event) in Draft.events {
        guard let field = row.field(word) else { continue }
        let key = ResponseKey(pump: pump, event: event.rawValue)
        responsePlaces[key] = field.place
        guard let response = field.choice(Draft.responseWords) else {
          unreadResponses.insert(key)
          continue
        }
        machine.responses[pump, event] = response
        if machine.pumps[pump].followsPump >= 0, response > .alarm {
          field.fail(
            "pump '\(entry.key)' follows another pump and has a stop link of its own",
            "write it at its master, which it always follows")
        }
      }
      row.finish()
    }
  }

  /// `stopLinks`: pumps whose stop stops this one.
  func readStopLinks(_ section: Section) {
    for entry in section.entries {
      _ = section.field(entry.key)
      guard let pump = pumps[entry.key] else {
        if pumps.isBroken { continue }
        diagnostics.error(
          entry.place, "stopLinks name the pump '\(entry.key)', which is not there",
          "write \(pumps.words.alternatives)")
        continue
      }
      stopLinkPlaces[pump] = entry.place
      for field in entry.field.list("pump") ?? [] {
        guard let other = pumps.find(field) else { continue }
        if other == pump {
          field.fail("pump '\(entry.key)' stops with itself", "name another pump")
          continue
        }
        machine.pumps[pump].stopsWithPumps |= 1 << UInt8(other)
      }
    }
  }
}
