extension Controller {
  mutating func setThermal(
    _ circuit: WaterCircuit, _ mode: ThermalMode, _ target: Temperature
  ) -> EventKind {
    let machine =
      circuit == .patient ? configuration.patientCircuit : configuration.cardioplegiaCircuit
    guard machine.isFitted else { return .refused(.notFitted) }
    guard mode == .standby || !interlocks.locksWater || phase.dependsOnMachine else {
      return .refused(.faultStands)
    }
    guard target.isFinite, target >= machine.coldest, target <= machine.hottest else {
      return .refused(.outOfRange)
    }
    var intent = ThermalIntent(mode: mode, target: target)
    let ceiling = configuration.bloodTemperature.softCeiling
    let isLimited = circuit == .patient && mode != .standby && target > ceiling
    if isLimited { intent.target = ceiling }
    thermalIntents[Int(circuit.rawValue & 1)] = intent
    return isLimited ? .limited(.outOfRange) : .accepted
  }

  mutating func startDose(
    _ flow: Flow, _ end: DoseEnd, _ route: CardioplegiaRoute, _ sensors: SensorSnapshot
  ) -> Refusal? {
    guard let blood = configuration.pump(.cardioplegia) else { return .notFitted }
    guard phase.isSupporting || phase == .circulatoryArrest || phase == .prime else {
      return .wrongPhase
    }
    guard !interlocks.verdicts[blood].needsResume else { return .stopped }
    if route == .retrograde, sensors[.cardioplegiaRootPressure].usable == nil {
      return .readingUnusable
    }
    let crystalloid = configuration.pump(.crystalloid)
    guard pumps[blood].tube.isConfirmed else { return .tubeNotConfirmed }
    let ratio = crystalloid.map { intents[$0].ratio } ?? 4
    let total = doseVolume()
    do throws(Refusal) {
      try dose.begin(
        flow: flow, ratio: ratio, hasCrystalloid: crystalloid != nil, end: end,
        total: total, route: route)
    } catch {
      return error
    }
    intents[blood].mode = .flow
    intents[blood].setFlow = dose.bloodFlow
    intents[blood].isStarted = true
    if let crystalloid {
      intents[crystalloid].mode = .follow
      intents[crystalloid].isStarted = true
    }
    return nil
  }

  mutating func stopDose() -> Refusal? {
    guard dose.isUnderWay else { return .nothingToDo }
    dose.cancel()
    stopDosing()
    return nil
  }

  /// Moves the dose on and ends it.
  mutating func followDose(_ events: inout EventList) {
    guard dose.isUnderWay else { return }
    let total = doseVolume()
    let runOut = doseRunOut()
    let pumpsStand = doseStands()
    let step = dose.update(total: total, runOut: runOut, pumpsStand: pumpsStand, tick: period)
    switch step {
    case .idle, .delivering: break
    case .runningOut: stopDosing()
    case .ended(let volume, _):
      events.append(Event(.doseEnded(volume)))
      timers.start(.ischaemia)
    }
  }

  private mutating func stopDosing() {
    if let blood = configuration.pump(.cardioplegia) { intents[blood].isStarted = false }
    if let crystalloid = configuration.pump(.crystalloid) {
      intents[crystalloid].isStarted = false
    }
  }

  private mutating func doseVolume() -> Volume {
    var total = Volume.zero
    if let blood = configuration.pump(.cardioplegia) { total += pumps[blood].deliveredTotal.value }
    if let water = configuration.pump(.crystalloid) { total += pumps[water].deliveredTotal.value }
    return total
  }

  private mutating func doseRunOut() -> Volume {
    var volume = Volume.zero
    if let blood = configuration.pump(.cardioplegia) { volume += pumps[blood].runOutVolume }
    if let water = configuration.pump(.crystalloid) { volume += pumps[water].runOutVolume }
    return volume
  }

  private mutating func doseStands() -> Bool {
    if let blood = configuration.pump(.cardioplegia), !pumps[blood].stands { return false }
    if let water = configuration.pump(.crystalloid), !pumps[water].stands { return false }
    return true
  }

  mutating func setOccluder(_ opening: Fraction, _ isConfirmed: Bool) -> Refusal? {
    let flow = pumpCount == 0 ? .absent : status.pumps[0].flow
    return occluder.request(opening, isConfirmed: isConfirmed, arterialFlow: flow)
  }
}
