internal import ChipDrivers
internal import PerfusionCore

extension Draft {
  /// Roles that belong to the kind of machine, the primary pump first.
  func checkRoles() {
    guard let first = machine.pumps.element(at: 0) else {
      diagnostics.error(
        place(ofKey: "pumps"), "the board has no pump", "list at least the primary pump")
      return
    }
    let primary: [PumpRole] = machine.kind == .organ ? [.organArtery] : [.arterial]
    if !primary.contains(first.role) {
      diagnostics.error(
        pumpPlace(0),
        "the first pump '\(first.role)' is not the primary pump of a machine of kind "
          + "\(machine.kind)",
        "list '\(primary[0])' first")
    }
    for index in machine.pumps.indices {
      let pump = machine.pumps[index]
      let isOrgan = pump.role == .organArtery || pump.role == .portalVein
      if isOrgan != (machine.kind == .organ) {
        diagnostics.error(
          pumpPlace(index),
          "pump '\(pump.role)' does not belong to a machine of kind \(machine.kind)",
          "write a role of that kind")
      }
      if pump.role == .crystalloid && pump.followsPump < 0 {
        diagnostics.warning(
          pumpPlace(index), "pump 'crystalloid' follows no pump",
          "write 'follows: cardioplegia' and a ratio")
      }
    }
  }

  /// The clamp with its switches; a centrifugal pump cannot do without.
  func checkClamps() {
    let clamp = machine.arterialClamp.isFitted
    if clamp {
      for name in ["arterialClampIsOpen", "arterialClampIsClosed"] where !hasSensor(name) {
        diagnostics.error(
          place(ofKey: "clamps"), "the arterial clamp has no position switch '\(name)'",
          "list it under 'sensors:': AL-34 rests on it")
      }
    }
    if let primary = machine.pumps.element(at: 0), primary.kind == .centrifugal, !clamp,
      machine.kind != .organ
    {
      diagnostics.error(
        pumpPlace(0), "the primary pump '\(primary.role)' is centrifugal and has no arterial clamp",
        "fit 'clamps: arterial:': a standing rotor lets blood run back (docs/domain.md 3.3)")
    }
    if machine.venousOccluder.isFitted && !hasSensor("venousOccluderOpening") {
      diagnostics.error(
        place(ofKey: "clamps"), "the venous occluder has no position sensor",
        "list 'venousOccluderOpening' under 'sensors:'")
    }
  }

  /// Every pump with a limit needs the sensor that the limit acts on; the hard limit is the last.
  func checkPressureLimits() {
    for index in machine.pumps.indices where machine.pumps[index].hasPressureLimit {
      let pump = machine.pumps[index]
      if !hasSensor("\(pump.outletPressure)") {
        diagnostics.error(
          limitPlace(index),
          "the pressure limits of '\(pump.role)' act on '\(pump.outletPressure)', which no sensor "
            + "measures",
          "list that sensor, or name another site")
      }
      let hard = machine.limits.pressureHard
      if index == 0 && machine.kind != .organ && !(pump.stopPressure < hard) {
        diagnostics.error(
          limitPlace(index),
          "the stop pressure of '\(pump.role)' (\(UnitKind.pressure.text(pump.stopPressure.base))) "
            + "is not below pressureHard (\(UnitKind.pressure.text(hard.base)))",
          "stop before the hard limit")
      }
    }
    checkPrimaryLimit()
    checkOrganLimits()
  }

  private func limitPlace(_ pump: Int) -> Place { pressureLimitPlaces[pump] ?? pumpPlace(pump) }

  private func checkPrimaryLimit() {
    guard let primary = machine.pumps.element(at: 0) else { return }
    guard primary.hasPressureLimit else {
      diagnostics.error(
        limitPlace(0), "the primary pump '\(primary.role)' has no pressure limits",
        "write 'pressureLimits: {site: ..., regulate: ..., stop: ...}'")
      return
    }
    let alert = machine.limits.pressureAlert
    if machine.kind != .organ && !(alert < primary.regulatePressure) {
      diagnostics.error(
        limitPlaces["pressureAlert"] ?? limitPlace(0),
        "pressureAlert (\(UnitKind.pressure.text(alert.base))) is not below the regulating "
          + "pressure of '\(primary.role)' "
          + "(\(UnitKind.pressure.text(primary.regulatePressure.base)))",
        "alert before the pump is slowed")
    }
  }

  /// Ex-vivo limits are low: below 100 mmHg in the artery, below 12 in the portal vein.
  private func checkOrganLimits() {
    for index in machine.pumps.indices where machine.pumps[index].hasPressureLimit {
      let pump = machine.pumps[index]
      let most: Pressure
      switch pump.role {
      case .organArtery: most = machine.limits.organArteryStop
      case .portalVein: most = machine.limits.portalVeinStop
      case .arterial, .cardioplegia, .crystalloid, .vent, .sucker, .secondSucker: continue
      }
      guard most < pump.stopPressure else { continue }
      diagnostics.error(
        limitPlace(index),
        "the stop pressure of '\(pump.role)' (\(UnitKind.pressure.text(pump.stopPressure.base))) "
          + "is above the limit of the organ (\(UnitKind.pressure.text(most.base)))",
        "write \(UnitKind.pressure.text(most.base)) or less")
    }
  }

  /// A water circuit needs its sensors; a second one in the tank is good custom.
  func checkHeaterCooler() {
    let circuits = [
      (machine.patientCircuit, "patient"), (machine.cardioplegiaCircuit, "cardioplegia"),
    ]
    for (circuit, name) in circuits where circuit.isFitted {
      for sensor in ["\(name)BathTemperature", "\(name)BathFilled", "\(name)WaterFlow"]
      where !hasSensor(sensor) {
        diagnostics.error(
          place(ofKey: "heaterCooler"), "the \(name) water circuit has no sensor '\(sensor)'",
          "list it under 'sensors:'")
      }
      if !hasSensor("\(name)BathTemperatureSecond") {
        diagnostics.warning(
          place(ofKey: "heaterCooler"),
          "the \(name) water circuit has no second temperature sensor to compare with",
          "list '\(name)BathTemperatureSecond' under 'sensors:'")
      }
    }
    if machine.patientCircuit.isFitted && !hasSensor("arterialBloodTemperature") {
      diagnostics.error(
        place(ofKey: "heaterCooler"),
        "the patient water circuit heats blood that no sensor measures",
        "list 'arterialBloodTemperature' under 'sensors:'")
    }
  }
}
