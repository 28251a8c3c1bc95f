internal import ChipDrivers
internal import PerfusionCore

extension Draft {
  /// `interlocks`: limits, reservoir, air detection, responses, stop links, watchdog.
  func readInterlocks(_ top: Section) {
    guard
      let field = top.required("interlocks", "write at least the responses of the primary pump"),
      let section = Section(field, what: "interlocks")
    else { return }
    if let limits = section.section("limits", what: "limits") { readLimits(limits) }
    if let reservoir = section.section("reservoir", what: "reservoir") { readReservoir(reservoir) }
    if let air = section.section("airDetection", what: "airDetection") { readAirDetection(air) }
    if let responses = section.section("responses", what: "responses") {
      readResponses(responses)
    }
    if let links = section.section("stopLinks", what: "stopLinks") { readStopLinks(links) }
    if let watchdog = section.section("watchdog", what: "watchdog") {
      readActuator(
        watchdog.required("stroke", "write the line of its stroke"),
        ActuatorFacts("watchdogStroke", .watchdogStroke, fallback: .off))
      watchdog.finish()
    }
    section.finish()
  }

  private func readLimits(_ section: Section) {
    var limits = machine.limits
    section.read("pressureAlert", &limits.pressureAlert, 1...450)
    section.read("pressureHard", &limits.pressureHard, 1...450)
    section.read("pressureLow", &limits.pressureLow, -50...100)
    section.read("preOxygenatorHigh", &limits.preOxygenatorHigh, 50...450)
    section.read("oxygenatorDropAlert", &limits.oxygenatorDropAlert, 10...400)
    section.read("oxygenatorDropAlarm", &limits.oxygenatorDropAlarm, 10...400)
    section.read("suctionAlert", &limits.suctionAlert, -300...0)
    section.read("suctionRelease", &limits.suctionRelease, -300...0)
    section.read("suctionAlarm", &limits.suctionAlarm, -300...0)
    section.read("suctionFast", &limits.suctionFast, -400...0)
    section.read("ventSuction", &limits.ventSuction, -300...0)
    section.read("coronarySinusStop", &limits.coronarySinusStop, 5...80)
    section.read("backflow", &limits.backflow, -1...0)
    section.read("noFlow", &limits.noFlow, 0...2)
    section.read("lowFlow", &limits.lowFlow, 0.1...0.99)
    section.read("highFlow", &limits.highFlow, 1.01...2)
    section.read("overspeed", &limits.overspeed, 1...500)
    section.read("overspeedShare", &limits.overspeedShare, 0.01...0.5)
    section.read("flowMismatch", &limits.flowMismatch, 0.02...0.5)
    section.read("organArteryStop", &limits.organArteryStop, 1...100)
    section.read("portalVeinStop", &limits.portalVeinStop, 1...12)
    orderLimits(section, limits)
    limitPlaces["pressureAlert"] =
      section.has("pressureAlert") ? section.place(of: "pressureAlert") : nil
    section.finish()
    machine.limits = limits
  }

  /// Alert comes before alarm, alarm before stop.
  private func orderLimits(_ section: Section, _ limits: CircuitLimits) {
    section.order(
      ("pressureLow", limits.pressureLow), below: ("pressureAlert", limits.pressureAlert))
    section.order(
      ("pressureAlert", limits.pressureAlert), below: ("pressureHard", limits.pressureHard))
    section.order(
      ("oxygenatorDropAlert", limits.oxygenatorDropAlert),
      below: ("oxygenatorDropAlarm", limits.oxygenatorDropAlarm))
    section.order(
      ("suctionAlert", limits.suctionAlert), below: ("suctionRelease", limits.suctionRelease))
    section.order(
      ("suctionAlarm", limits.suctionAlarm), below: ("suctionAlert", limits.suctionAlert))
    section.order(("suctionFast", limits.suctionFast), below: ("suctionAlarm", limits.suctionAlarm))
  }

  private func readReservoir(_ section: Section) {
    var reservoir = machine.reservoir
    reservoir.isFitted = true
    section.read("capacity", &reservoir.capacity, 100...10_000)
    section.read("alert", &reservoir.alert, 50...5000)
    section.read("alarm", &reservoir.alarm, 50...5000)
    section.read("resume", &reservoir.resume, 50...5000)
    section.read("alertTime", &reservoir.alertTime, 1...120)
    section.read("alarmTime", &reservoir.alarmTime, 1...120)
    section.read("overfull", &reservoir.overfull, 0.5...1)
    section.order(("alarm", reservoir.alarm), below: ("alert", reservoir.alert))
    section.order(("alarm", reservoir.alarm), below: ("resume", reservoir.resume))
    section.order(("alert", reservoir.alert), below: ("capacity", reservoir.capacity))
    section.order(("alarmTime", reservoir.alarmTime), below: ("alertTime", reservoir.alertTime))
    section.finish()
    machine.reservoir = reservoir
  }

  private func readAirDetection(_ section: Section) {
    var air = machine.airDetection
    if let field = section.field("shortestAir"), let time = field.amount(.time, 0.0005...0.1) {
      air.shortestAir = Int32((time * 1_000_000).rounded())
    }
    section.read("distanceToCannula", &air.distanceToCannula, .centimeters, 10...500)
    section.read("distanceToClamp", &air.distanceToClamp, .centimeters, 0...500)
    let tubes = TubeFacts.catalogue.map { ($0.name, $0.area) }
    if let area = section.field("line")?.choice(tubes) { air.lineArea = area }
    if air.distanceToClamp > air.distanceToCannula {
      diagnostics.error(
        section.place(of: "distanceToClamp"),
        "distanceToClamp (\(NumberText.text(air.distanceToClamp)) cm) is beyond the cannula "
          + "(\(NumberText.text(air.distanceToCannula)) cm)",
        "write distanceToClamp below distanceToCannula")
    }
    readActuator(
      section.field("selfTest"), ActuatorFacts("airTest", .airTest, fallback: .off))
    section.finish()
    machine.airDetection = air
  }
}
