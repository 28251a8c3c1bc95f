internal import PerfusionCore

extension Draft {
  /// What the response matrix must and must not hold (docs/domain.md 8.1 and 8.2).
  func checkResponses() {
    for index in machine.pumps.indices {
      checkAir(index)
      checkStops(index)
      checkClampResponses(index)
      checkCounts(index)
    }
  }

  private func place(_ pump: Int, _ event: CircuitEvent) -> Place {
    responsePlaces[ResponseKey(pump: pump, event: event.rawValue)] ?? pumpPlace(pump)
  }

  /// The air detector that guards what a pump sends to a patient or organ.
  private func guardingAir(_ pump: Int) -> CircuitEvent? {
    if pump == 0 { return .arterialAir }
    return machine.pumps.element(at: pump)?.role == .portalVein ? .portalVeinAir : nil
  }

  private func isUnread(_ pump: Int, _ event: CircuitEvent) -> Bool {
    unreadResponses.contains(ResponseKey(pump: pump, event: event.rawValue))
  }

  private func checkAir(_ index: Int) {
    guard let event = guardingAir(index), !isUnread(index, event) else { return }
    let response = machine.responses[index, event]
    let what = index == 0 ? "the primary pump" : "the pump"
    switch response {
    case .hold, .stop, .stopAndClamp: return
    case .none, .alarm:
      let isWritten = responsePlaces[ResponseKey(pump: index, event: event.rawValue)] != nil
      diagnostics.error(
        place(index, event),
        isWritten
          ? "the response '\(response)' to \(event) of \(what) '\(pumps.word(index))' is forbidden"
          : "\(what) '\(pumps.word(index))' has no response to \(event)",
        "write '\(event): hold', 'stop' or 'stopAndClamp' under 'responses: \(pumps.word(index)):'")
    case .regulate:
      diagnostics.error(
        place(index, event),
        "the response 'regulate' to \(event) lets \(what) '\(pumps.word(index))' pump air on",
        "write hold, stop or stopAndClamp")
    }
  }

  /// Events that must do more than sound an alarm at the primary pump.
  private func checkStops(_ index: Int) {
    guard index == 0 else { return }
    if machine.reservoir.isFitted && !isUnread(index, .levelAlarm)
      && machine.responses[index, .levelAlarm].rawValue < 2
    {
      diagnostics.error(
        place(index, .levelAlarm),
        "an empty reservoir does not stop the primary pump '\(pumps.word(index))'",
        "write 'levelAlarm: stop' or 'hold'")
    }
    if machine.pumps[index].hasPressureLimit && !isUnread(index, .pressureStop)
      && machine.responses[index, .pressureStop].rawValue < 2
    {
      diagnostics.error(
        place(index, .pressureStop),
        "too high a pressure does not stop the primary pump '\(pumps.word(index))'",
        "write 'pressureStop: stop', or 'regulate' for a centrifugal pump")
    }
  }

  private func checkClampResponses(_ index: Int) {
    checkClampOfOthers(index)
    guard !machine.arterialClamp.isFitted else { return }
    for (word, event) in Draft.events
    where machine.responses[index, event] == .stopAndClamp {
      diagnostics.error(
        place(index, event),
        "the response 'stopAndClamp' to \(word) needs an arterial clamp, and the board has none",
        "write 'stop', or fit 'clamps: arterial:'")
    }
  }

  /// The clamp is that of the primary pump's line.
  private func checkClampOfOthers(_ index: Int) {
    guard index > 0 else { return }
    for (word, event) in Draft.events where machine.responses[index, event] == .stopAndClamp {
      diagnostics.error(
        place(index, event),
        "'stopAndClamp' to \(word) of pump '\(pumps.word(index))' would close a clamp that is not "
          + "in its line",
        "write 'stop': the arterial clamp belongs to the primary pump '\(pumps.word(0))'")
    }
  }

  /// How much one pump may be linked to (docs/domain.md 0.3, fact 8): more than that nobody oversees.
  private func checkCounts(_ index: Int) {
    let links = PumpLinks(machine, index)
    let first = Draft.events.first { machine.responses[index, $0.1] > .alarm }?.1
    let spot = first.map { place(index, $0) } ?? stopLinkPlaces[index] ?? pumpPlace(index)
    for (count, most, what) in links.counts where count > most {
      diagnostics.error(
        spot,
        "pump '\(pumps.word(index))' is linked to \(count) \(what), "
          + "at most \(most) are allowed",
        "take out responses or stop links of '\(pumps.word(index))'")
    }
  }
}

/// What can slow or stop one pump: devices, and the responses to them.
private struct PumpLinks {
  let counts: [(count: Int, most: Int, what: String)]

  init(_ machine: MachineConfiguration, _ pump: Int) {
    func linked(_ events: [CircuitEvent]) -> Int {
      events.count { machine.responses[pump, $0] > .alarm }
    }
    let air = linked([.arterialAir, .venousAir, .cardioplegiaAir, .portalVeinAir])
    let level = min(linked([.levelAlert, .levelAlarm]), 1)
    let pressures = min(linked([.pressureAlert, .pressureStop]), 1) + linked([.suction])
    let flows = linked([.backflow])
    let stops = machine.pumps.element(at: pump)?.stopsWithPumps ?? 0
    let others = machine.pumps.indices.filter { stops & (1 << UInt8($0)) != 0 }
    let rollers = others.count { machine.pumps[$0].kind == .roller }
    let responses =
      Draft.events.count { machine.responses[pump, $0.1] > .alarm } + others.count
    counts = [
      (rollers, 5, "roller pumps"), (others.count - rollers, 1, "centrifugal pumps"),
      (air + level + pressures + flows + others.count, 7, "devices"),
      (responses, 16, "responses"),
    ]
  }
}
