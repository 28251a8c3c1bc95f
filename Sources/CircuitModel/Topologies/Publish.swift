import PerfusionCore

extension Circuit {
  /// Writes what can be measured after a hydraulic step.
  @inline(__always)
  mutating func publish() {
    publishPressures()
    signals.flows[.arterialFlow] = line.outletFlow
    signals.flows[.venousFlow] = venousFlow
    signals.reservoirVolume = reservoir.volume
    signals.headAir = line.headAir
    if slots.main.isFitted {
      signals.pumpFlows[slots.main.slot] = line.pumpFlow
      signals.loadTorque[slots.main.slot] = line.torque
    }
    if air.isPresent || air.toPatient > 0 { publishAir() }
    switch parameters.topology {
    case .bypass:
      signals.flows[.cardioplegiaFlow] = cardioplegia.deliveredFlow
      signals.flows[.crystalloidFlow] = cardioplegia.crystalloidFlow
    case .ecmo: break
    case .liver, .kidney:
      signals.flows[.organArteryFlow] = line.outletFlow
      signals.flows[.portalVeinFlow] = portal.outletFlow
    }
  }

  /// The pressures; all are 0 while the stopcocks are open to air.
  @inline(__always)
  private mutating func publishPressures() {
    guard parameters.events.transducersToAir < 0.5 else {
      signals.pressures = SiteTable(repeating: 0)
      return
    }
    signals.pressures[.arterialLinePressure] = line.afterPressure
    signals.pressures[.preOxygenatorPressure] = line.beforePressure
    signals.pressures[.pumpInletPressure] =
      line.inletPressure + parameters.line.inletTransducerHead + lineChatter()
    signals.pressures[.reservoirPressure] = -parameters.drainage.reservoirVacuum
    switch parameters.topology {
    case .bypass, .ecmo:
      signals.pressures[.arterialPressure] = patient.arterialPressure
      signals.pressures[.venousPressure] = patient.venousPressure
      signals.pressures[.cardioplegiaLinePressure] = cardioplegia.linePressure
      signals.pressures[.cardioplegiaRootPressure] = cardioplegia.rootPressure
      signals.pressures[.ventPressure] = suction.ventPressure
    case .liver, .kidney:
      signals.pressures[.organArteryPressure] = organ.arterialPressure
      signals.pressures[.portalVeinPressure] = organ.portalPressure
      signals.pressures[.organVeinPressure] = organ.veinPressure
    }
  }

  private mutating func publishAir() {
    signals.airToPatient += air.toPatient
    air.delivered += air.toPatient
    air.toPatient = 0
  }

  /// Writes temperatures, water and level.
  mutating func publishHeat() {
    signals.temperatures[.arterialBloodTemperature] = heat.arterial
    signals.temperatures[.arterialBloodTemperatureSecond] = heat.arterial
    signals.temperatures[.venousBloodTemperature] = heat.entering
    signals.temperatures[.nasopharyngealTemperature] = heat.body.nasopharynx
    signals.temperatures[.bladderTemperature] = heat.body.bladder
    signals.temperatures[.cardioplegiaTemperature] = heat.cardioplegia
    signals.temperatures[.patientBathTemperature] = heat.patientWater.temperature
    signals.temperatures[.patientBathTemperatureSecond] = heat.patientWater.temperature
    signals.temperatures[.cardioplegiaBathTemperature] = heat.cardioplegiaWater.temperature
    signals.temperatures[.cardioplegiaBathTemperatureSecond] = heat.cardioplegiaWater.temperature
    signals.temperatures[.electronicsTemperature] = parameters.body.ambientTemperature + 12
    signals.temperatures[.organTemperature] = heat.organ
    signals.flows[.patientWaterFlow] = heat.patientWater.flow
    signals.flows[.cardioplegiaWaterFlow] = heat.cardioplegiaWater.flow
    signals.tankLiters[0] = heat.patientWater.liters
    signals.tankLiters[1] = heat.cardioplegiaWater.liters
    signals.reservoirLevel = reservoir.level
  }
}
