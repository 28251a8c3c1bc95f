extension Controller {
  mutating func setTube(_ pump: Int, _ tube: TubeSize, _ stroke: StrokeVolume) -> Refusal? {
    guard configuration.pumps.element(at: pump) != nil else { return .noSuchPump }
    do throws(Refusal) { try pumps[pump].enterTube(tube, stroke) } catch { return error }
    return nil
  }

  mutating func confirmTube(
    _ pump: Int, _ decision: UInt32, _ events: inout EventList
  ) -> Refusal? {
    guard configuration.pumps.element(at: pump) != nil else { return .noSuchPump }
    do throws(Refusal) {
      let stroke = try pumps[pump].confirmTube()
      events.append(Event(.tubeConfirmed(pump, stroke), decision: decision))
    } catch {
      return error
    }
    return nil
  }

  mutating func startCalibration(_ pump: Int) -> Refusal? {
    guard configuration.pumps.element(at: pump) != nil else { return .noSuchPump }
    guard !duty().isSupporting else { return .wrongPhase }
    do throws(Refusal) { try pumps[pump].startCalibration() } catch { return error }
    return nil
  }

  mutating func finishCalibration(_ pump: Int, _ volume: Volume) -> Refusal? {
    guard configuration.pumps.element(at: pump) != nil else { return .noSuchPump }
    do throws(Refusal) { _ = try pumps[pump].finishCalibration(volume) } catch { return error }
    return nil
  }

  mutating func setOcclusionGap(
    _ pump: Int, _ gap: Fraction, _ sensors: SensorSnapshot
  ) -> Refusal? {
    guard let machine = configuration.pumps.element(at: pump) else { return .noSuchPump }
    guard machine.kind == .roller, machine.roller.hasOcclusionActuator else {
      return .notForThisPump
    }
    let conditions = occlusionConditions(pump, sensors)
    return occlusion.actuators[pump].request(gap, conditions)
  }

  mutating func testOcclusion(_ pump: Int, _ sensors: SensorSnapshot) -> Refusal? {
    guard let machine = configuration.pumps.element(at: pump) else { return .noSuchPump }
    guard machine.kind == .roller else { return .notForThisPump }
    guard !intents[pump].isStarted else { return .pumpRunning }
    guard pumps[pump].tube.isConfirmed else { return .tubeNotConfirmed }
    guard !interlocks.verdicts[pump].needsResume else { return .stopped }
    let inputs = occlusionInputs(pump, sensors)
    let refusal = occlusion.start(
      pump, stroke: pumps[pump].tube.strokeVolume, inputs, speed: pumps[pump].rotor.speed)
    if refusal == nil { pumpUnderTest = pump }
    return refusal
  }

  /// What an occlusion actuator must know before it moves.
  mutating func occlusionConditions(
    _ pump: Int, _ sensors: SensorSnapshot
  ) -> OcclusionActuator.Conditions {
    OcclusionActuator.Conditions(
      phase: phase, speed: pumps[pump].rotor.speed, isClampClosed: isLineClosed(sensors))
  }

  /// What the occlusion test looks at.
  mutating func occlusionInputs(
    _ pump: Int, _ sensors: SensorSnapshot
  ) -> OcclusionTestInputs {
    let site = pumps[pump].configuration.outletPressure
    var pressure = sensors[site]
    pressure.value -= zeros.offset(site)
    let speed = pumps[pump].rotor.speed
    let turned = Reading(
      pumps[pump].rotor.turns, takenAt: speed.takenAt, quality: speed.quality)
    return OcclusionTestInputs(
      line: pressure,
      turned: turned,
      isClampClosed: isLineClosed(sensors), phase: phase)
  }

  /// The arterial line is closed by its clamp: its switch says so, or nothing tells otherwise.
  mutating func isLineClosed(_ sensors: SensorSnapshot) -> Bool {
    guard configuration.arterialClamp.isFitted else { return false }
    return !clamp.isCommandedOpen && sensors[.arterialClampIsClosed].usable ?? true
  }
}
