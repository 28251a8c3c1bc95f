internal import PerfusionCore

extension BoardTables {
  var pumps: DescribedTable {
    let pumps = board.machine.pumps
    return DescribedTable(
      "pumps",
      ["pump", "kind", "head", "fastest", "most flow", "slows at", "stops at", "stops with"],
      pumps.indices.map { index in
        let pump = pumps[index]
        let limited = pump.hasPressureLimit
        return [
          "\(pump.role)", "\(pump.kind)", head(pump), UnitKind.speed.text(pump.maximumSpeed.base),
          UnitKind.flow.text(pump.maximumFlow.base),
          limited ? UnitKind.pressure.text(pump.regulatePressure.base) : "",
          limited ? UnitKind.pressure.text(pump.stopPressure.base) : "", causes(pump),
        ]
      })
  }

  private func head(_ pump: PumpConfiguration) -> String {
    switch pump.kind {
    case .roller:
      "\(TubeFacts.of(pump.roller.tube)?.name ?? ""), "
        + UnitKind.strokeVolume.text(pump.roller.strokeVolume.base)
    case .centrifugal:
      "a \(pump.centrifugal.headPerSpeedSquared), b \(pump.centrifugal.headPerFlowSquared)"
    }
  }

  private func causes(_ pump: PumpConfiguration) -> String {
    let pumps = board.machine.pumps
    let master = pumps.element(at: Int(pump.followsPump)).map { ["\($0.role) (master)"] } ?? []
    let links = pumps.indices.filter { pump.stopsWithPumps & 1 << UInt8($0) != 0 }
    return (master + links.map { "\(pumps[$0].role)" }).joined(separator: ", ")
  }

  var responses: DescribedTable {
    let pumps = board.machine.pumps
    let roles = pumps.indices.map { "\(pumps[$0].role)" }
    return DescribedTable(
      "responses", ["event"] + roles,
      Draft.events.map { word, event in
        [word] + pumps.indices.map { "\(board.machine.responses[$0, event])" }
      })
  }

  var limits: DescribedTable {
    DescribedTable("limits", ["limit", "value"], circuitLimits + reservoirLimits + heatLimits)
  }

  private var circuitLimits: [[String]] {
    let limits = board.machine.limits
    let pressures: [(String, Pressure)] = [
      ("pressureAlert", limits.pressureAlert), ("pressureHard", limits.pressureHard),
      ("pressureLow", limits.pressureLow), ("preOxygenatorHigh", limits.preOxygenatorHigh),
      ("oxygenatorDropAlert", limits.oxygenatorDropAlert),
      ("oxygenatorDropAlarm", limits.oxygenatorDropAlarm), ("suctionAlert", limits.suctionAlert),
      ("suctionRelease", limits.suctionRelease), ("suctionAlarm", limits.suctionAlarm),
      ("suctionFast", limits.suctionFast), ("ventSuction", limits.ventSuction),
      ("organArteryStop", limits.organArteryStop), ("portalVeinStop", limits.portalVeinStop),
      ("coronarySinusStop", limits.coronarySinusStop),
    ]
    return pressures.map { [$0.0, UnitKind.pressure.text($0.1.base)] } + [
      ["backflow", UnitKind.flow.text(limits.backflow.base)],
      ["noFlow", UnitKind.flow.text(limits.noFlow.base)],
      ["lowFlow", UnitKind.fraction.text(limits.lowFlow.base)],
      ["highFlow", UnitKind.fraction.text(limits.highFlow.base)],
      ["overspeed", UnitKind.speed.text(limits.overspeed.base)],
      ["overspeedShare", UnitKind.fraction.text(limits.overspeedShare.base)],
      ["flowMismatch", UnitKind.fraction.text(limits.flowMismatch.base)],
    ]
  }

  private var reservoirLimits: [[String]] {
    let reservoir = board.machine.reservoir
    guard reservoir.isFitted else { return [] }
    return [
      ["reservoir alert", UnitKind.volume.text(reservoir.alert.base)],
      ["reservoir alarm", UnitKind.volume.text(reservoir.alarm.base)],
      ["reservoir resume", UnitKind.volume.text(reservoir.resume.base)],
      ["reservoir alertTime", UnitKind.time.text(reservoir.alertTime.base)],
      ["reservoir alarmTime", UnitKind.time.text(reservoir.alarmTime.base)],
    ]
  }

  var service: DescribedTable {
    let service = board.machine.service
    return DescribedTable(
      "service", ["task", "due after", "counted"],
      [
        ["maintenance", due(service.maintenance), "time in which a pump turned"],
        ["disinfection", due(service.disinfection), "time, machine on or off"],
      ])
  }

  private func due(_ interval: Seconds) -> String {
    interval > .zero ? UnitKind.time.largestUnitText(interval.seconds) : "not counted"
  }

  private var heatLimits: [[String]] {
    let blood = board.machine.bloodTemperature
    let circuits = [
      ("patient water", board.machine.patientCircuit),
      ("cardioplegia water", board.machine.cardioplegiaCircuit),
    ]
    let water = circuits.filter(\.1.isFitted).flatMap { name, circuit in
      [
        ["\(name) coldest", UnitKind.temperature.text(circuit.coldest.base)],
        ["\(name) hottest", UnitKind.temperature.text(circuit.hottest.base)],
        ["\(name) cutOff", UnitKind.temperature.text(circuit.cutOff.base)],
      ]
    }
    guard !water.isEmpty else { return [] }
    return water + [
      ["blood ceiling", UnitKind.temperature.text(blood.ceiling.base)],
      ["blood heatingStop", UnitKind.temperature.text(blood.heatingStop.base)],
      ["blood wideGradient", UnitKind.temperatureDifference.text(blood.wideGradient.base)],
      ["blood narrowGradient", UnitKind.temperatureDifference.text(blood.narrowGradient.base)],
    ]
  }
}
