internal import ChipDrivers
internal import PerfusionCore

extension Draft {
  static let roles = SensorFacts.names(PumpRole.self)

  /// `pumps`: role, kind, head, limits, drive, signals. The first pump is the primary pump.
  func readPumps(_ top: Section) {
    guard let list = top.required("pumps", "list the pumps, the primary one first")?.list("pump")
    else {
      pumps.isBroken = true
      return
    }
    var sections: [(index: Int, section: Section)] = []
    for field in list {
      guard let section = Section(field, what: "pump") else { continue }
      var pump = PumpConfiguration()
      if let field = section.required("role", "write the role, for example arterial"),
        let role = field.choice(Draft.roles)
      {
        pump.role = role
        pumps.add("\(role)", at: field)
      } else {
        pumps.add(Names.unreadable, at: field)
      }
      append(pump, to: &machine.pumps, "pumps", at: field)
      sections.append((machine.pumps.count - 1, section))
    }
    for (index, section) in sections { readPump(section, index) }
  }

  private func readPump(_ section: Section, _ index: Int) {
    var pump = machine.pumps[index]
    let kinds: [(String, PumpKind)] = [("roller", .roller), ("centrifugal", .centrifugal)]
    if let kind = section.required("kind", "write roller or centrifugal")?.choice(kinds) {
      pump.kind = kind
      switch kind {
      case .roller: readRollerHead(section, &pump)
      case .centrifugal: readCentrifugalHead(section, &pump)
      }
    }
    readSpeeds(section, &pump)
    readFollowing(section, &pump, index)
    readPressureLimits(section, &pump)
    pressureLimitPlaces[index] = section.place(of: "pressureLimits")
    machine.pumps[index] = pump
    readDrive(section, index)
    readSignals(section, index)
    section.finish()
  }

  private func readSpeeds(_ section: Section, _ pump: inout PumpConfiguration) {
    let isRoller = pump.kind == .roller
    let fastest: ClosedRange<Double> = isRoller ? 1...300 : 100...6000
    if !isRoller { pump.maximumSpeed = .rpm(4000) }
    if !isRoller { pump.slewUp = Acceleration(rpmPerSecond: 500) }
    section.read("maximumSpeed", &pump.maximumSpeed, fastest)
    section.read("slewUp", &pump.slewUp, 10...5000)
    section.read("slewDown", &pump.slewDown, 10...5000)
    section.read("maximumFlow", &pump.maximumFlow, 0.01...12)
  }

  /// A pump that follows another one takes its stops and limits from there.
  private func readFollowing(_ section: Section, _ pump: inout PumpConfiguration, _ index: Int) {
    if let draws = section.field("drawsFromArterialLine")?.boolean() {
      pump.drawsFromArterialLine = draws
    }
    let follows = section.field("follows")
    let ratio = section.field("ratio")
    guard let follows else {
      ratio?.fail(
        "pump '\(pump.role)' has a ratio and follows no pump", "write 'follows:' with its master")
      return
    }
    guard let master = pumps.find(follows) else { return }
    if master == index {
      follows.fail("pump '\(pump.role)' follows itself", "name another pump")
      return
    }
    pump.followsPump = Int8(master)
    guard let ratio else {
      follows.fail("pump '\(pump.role)' has no ratio", "write for example 'ratio: 4:1'")
      return
    }
    if let value = readRatio(ratio) { pump.ratio = value }
  }

  /// `4:1`: blood to crystalloid, from 16:1 to 1:4.
  private func readRatio(_ field: Field) -> Double? {
    guard let text = field.text() else { return nil }
    let parts = text.split(separator: ":").map(String.init)
    guard parts.count == 2, let master = Double(parts[0]), let follower = Double(parts[1]),
      master > 0, follower > 0
    else {
      field.fail("ratio '\(text)' is no ratio", "write master to follower, for example '4:1'")
      return nil
    }
    guard (0.25...16).contains(master / follower) else {
      field.fail("ratio \(text) is outside 16:1 to 1:4", "write a ratio inside")
      return nil
    }
    return master / follower
  }

  private func readPressureLimits(_ section: Section, _ pump: inout PumpConfiguration) {
    guard let inner = section.section("pressureLimits", what: "pressureLimits") else {
      pump.hasPressureLimit = false
      return
    }
    if pump.followsPump >= 0 {
      diagnostics.error(
        section.place(of: "pressureLimits"),
        "pump '\(pump.role)' follows another pump and has limits of its own",
        "write the limits at its master")
    }
    let sites = SensorFacts.names(PressureSite.self)
    let site = inner.required("site", "write a pressure site, for example arterialLinePressure")
    if let site = site?.choice(sites) { pump.outletPressure = site }
    _ = inner.required("regulate", "write the pressure that slows the pump")
    _ = inner.required("stop", "write the pressure that stops the pump")
    inner.read("regulate", &pump.regulatePressure, 1...450)
    inner.read("stop", &pump.stopPressure, 1...450)
    inner.order(("regulate", pump.regulatePressure), below: ("stop", pump.stopPressure))
    inner.finish()
  }
}
