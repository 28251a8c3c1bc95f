internal import PerfusionCore

extension Draft {
  /// Stop links: acyclic, none against the rules of docs/domain.md 8.1 R5 and 8.4.
  func checkStopLinks() {
    checkFollowers()
    checkCycles()
    for index in machine.pumps.indices {
      checkForbiddenLinks(index)
      checkDrawing(index)
    }
  }

  /// The pumps whose stop stops this one: its links and its master.
  private func causes(_ index: Int) -> [Int] {
    guard let pump = machine.pumps.element(at: index) else { return [] }
    let master = pump.followsPump >= 0 ? [Int(pump.followsPump)] : []
    return master
      + machine.pumps.indices.filter {
        pump.stopsWithPumps & 1 << UInt8($0) != 0 && !master.contains($0)
      }
  }

  private func place(_ index: Int) -> Place { stopLinkPlaces[index] ?? pumpPlace(index) }

  private func checkFollowers() {
    for index in machine.pumps.indices where machine.pumps[index].followsPump >= 0 {
      let role = pumps.word(index)
      let master = Int(machine.pumps[index].followsPump)
      if let place = stopLinkPlaces[index] {
        diagnostics.error(
          place, "pump '\(role)' follows '\(pumps.word(master))' and has stop links of its own",
          "leave them out: a follower always stops with its master")
      }
      if machine.pumps.element(at: master)?.followsPump ?? -1 >= 0 {
        diagnostics.error(
          pumpPlace(index), "pump '\(role)' follows '\(pumps.word(master))', which follows another",
          "follow the master of both")
      }
    }
  }

  private func checkCycles() {
    var reported: Set<Int> = []
    for start in machine.pumps.indices where !reported.contains(start) {
      guard let cycle = cycle(from: start, path: [start]) else { continue }
      let names = (cycle + [cycle[0]]).map(pumps.word).joined(separator: " -> ")
      reported.formUnion(cycle)
      diagnostics.error(
        place(start), "the stop links go round in a circle: \(names)",
        "take out one of these links")
    }
  }

  /// The way back to the first pump of the path, if there is one.
  private func cycle(from pump: Int, path: [Int]) -> [Int]? {
    for cause in causes(pump) {
      if cause == path[0] { return path }
      if path.contains(cause) { continue }
      if let found = cycle(from: cause, path: path + [cause]) { return found }
    }
    return nil
  }

  private func checkForbiddenLinks(_ index: Int) {
    guard let pump = machine.pumps.element(at: index), pump.stopsWithPumps != 0 else { return }
    let role = pumps.word(index)
    if index == 0 {
      diagnostics.error(
        place(index), "the primary pump '\(role)' would stop with another pump",
        "leave its stop links out: nothing but its own hazards stops it")
      return
    }
    let isDrain = [.vent, .sucker, .secondSucker].contains(pump.role)
    if isDrain && pump.stopsWithPumps & 1 != 0 {
      diagnostics.error(
        place(index), "pump '\(role)' would stop with the primary pump",
        "leave the link out: vents and suckers run on (docs/domain.md 8.1, R5)")
    }
  }

  /// A pump that takes blood from the arterial line must not run without arterial flow.
  private func checkDrawing(_ index: Int) {
    guard let pump = machine.pumps.element(at: index), pump.drawsFromArterialLine, index != 0,
      let arterial = machine.pump(.arterial)
    else { return }
    var reached: Set<Int> = []
    var open = [index]
    while let next = open.popLast() {
      for cause in causes(next) where reached.insert(cause).inserted { open.append(cause) }
    }
    guard !reached.contains(arterial) else { return }
    let role = pumps.word(index)
    diagnostics.error(
      place(index),
      "pump '\(role)' draws from the arterial line and does not stop with 'arterial'",
      "write 'stopLinks: {\(role): [arterial]}'")
  }
}
