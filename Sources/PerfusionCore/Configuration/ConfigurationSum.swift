/// The check sum of a configuration as it lies in memory (HZ-50): taken when it was loaded and again
/// in the self test.
struct ConfigurationSum: BitwiseCopyable, Sendable {
  private var sum = RecordSum()
  var value: UInt32 { sum.value }

  mutating func add(_ value: Double) { sum.add(value.bitPattern) }
  mutating func add(_ value: Bool) { sum.add(UInt8(value ? 1 : 0)) }
  mutating func add<Value: Quantity>(_ value: Value) { sum.add(value.base.bitPattern) }
  mutating func add<Value: BinaryInteger>(_ value: Value) {
    sum.add(UInt64(truncatingIfNeeded: value))
  }
  mutating func add<Value: RawRepresentable>(_ value: Value) where Value.RawValue == UInt8 {
    sum.add(value.rawValue)
  }
}

extension SubjectConfiguration {
  /// Adds every field to a check sum.
  func add(to sum: inout ConfigurationSum) {
    sum.add(bodySurfaceArea)
    sum.add(fullFlow)
    sum.add(heightHead)
  }
}

extension ReservoirConfiguration {
  /// Adds every field to a check sum.
  func add(to sum: inout ConfigurationSum) {
    sum.add(isFitted)
    sum.add(capacity)
    sum.add(alert)
    sum.add(alarm)
    sum.add(resume)
    sum.add(alertTime)
    sum.add(alarmTime)
    sum.add(overfull)
  }
}

extension ClampConfiguration {
  /// Adds every field to a check sum.
  func add(to sum: inout ConfigurationSum) {
    sum.add(isFitted)
    sum.add(travelTime)
  }
}

extension OccluderConfiguration {
  /// Adds every field to a check sum.
  func add(to sum: inout ConfigurationSum) {
    sum.add(isFitted)
    sum.add(closingTime)
    sum.add(openingTime)
    sum.add(confirmBelow)
  }
}

extension AirDetectionConfiguration {
  /// Adds every field to a check sum.
  func add(to sum: inout ConfigurationSum) {
    sum.add(shortestAir)
    sum.add(distanceToCannula)
    sum.add(distanceToClamp)
    sum.add(lineArea)
  }
}

extension PumpConfiguration {
  /// Adds every field to a check sum.
  func add(to sum: inout ConfigurationSum) {
    sum.add(role)
    sum.add(kind)
    sum.add(maximumSpeed)
    sum.add(slewUp)
    sum.add(slewDown)
    sum.add(rotorSensor)
    sum.add(countsPerRevolution)
    sum.add(followsPump)
    sum.add(ratio)
    sum.add(stopsWithPumps)
    sum.add(drawsFromArterialLine)
    roller.add(to: &sum)
    centrifugal.add(to: &sum)
    sum.add(maximumFlow)
    sum.add(regulatePressure)
    sum.add(stopPressure)
    sum.add(outletPressure)
    sum.add(hasPressureLimit)
  }
}

extension RollerHead {
  /// Adds every field to a check sum.
  func add(to sum: inout ConfigurationSum) {
    sum.add(tube)
    sum.add(racewayMillimeters)
    sum.add(strokeVolume)
    sum.add(rollers)
    sum.add(leak)
    sum.add(hasOcclusionActuator)
    sum.add(typicalCurrent)
  }
}

extension CentrifugalHead {
  /// Adds every field to a check sum.
  func add(to sum: inout ConfigurationSum) {
    sum.add(headPerSpeedSquared)
    sum.add(headPerFlowSquared)
    sum.add(idleSpeed)
    sum.add(floorMargin)
    sum.add(holdMargin)
    sum.add(typicalCurrent)
    sum.add(typicalCurrentSpeed)
  }
}

extension CircuitLimits {
  /// Adds every field to a check sum, but those that the operator may move.
  func add(to sum: inout ConfigurationSum) {
    sum.add(pressureHard)
    sum.add(pressureLow)
    sum.add(oxygenatorDropAlert)
    sum.add(oxygenatorDropAlarm)
    sum.add(suctionRelease)
    sum.add(suctionFast)
    sum.add(ventSuction)
    sum.add(backflow)
    sum.add(noFlow)
    sum.add(lowFlow)
    sum.add(highFlow)
    sum.add(overspeed)
    sum.add(overspeedShare)
    sum.add(flowMismatch)
    sum.add(organArteryStop)
    sum.add(portalVeinStop)
    sum.add(coronarySinusStop)
  }
}

extension BloodTemperatureLimits {
  /// Adds every field to a check sum.
  func add(to sum: inout ConfigurationSum) {
    sum.add(softCeiling)
    sum.add(ceiling)
    sum.add(heatingStop)
    sum.add(floor)
    sum.add(cold)
    sum.add(wideGradient)
    sum.add(narrowGradient)
    sum.add(gradientSwitch)
    sum.add(rewarmRate)
  }
}

extension WaterCircuitConfiguration {
  /// Adds every field to a check sum.
  func add(to sum: inout ConfigurationSum) {
    sum.add(isFitted)
    sum.add(tankLiters)
    sum.add(heater)
    sum.add(chiller)
    sum.add(coldest)
    sum.add(hottest)
    sum.add(cutOff)
    sum.add(slew)
    sum.add(lowestFlow)
    sum.add(ratedFlow)
    sum.add(exchangerConductance)
    sum.add(chillerMinimum)
    sum.add(heaterPeriod)
    sum.add(stagnantCeiling)
  }
}

extension MachineConfiguration {
  /// The check sum of all that the operator cannot move.
  var checkSum: UInt32 {
    var sum = ConfigurationSum()
    sum.add(kind)
    sum.add(tickMicroseconds)
    sum.add(pumps.count)
    for pump in pumps.indices {
      pumps[pump].add(to: &sum)
      for index in 0..<CircuitEvent.linkedCount {
        guard let event = CircuitEvent(rawValue: UInt8(index)) else { continue }
        sum.add(responses[pump, event])
      }
    }
    arterialClamp.add(to: &sum)
    venousOccluder.add(to: &sum)
    reservoir.add(to: &sum)
    limits.add(to: &sum)
    airDetection.add(to: &sum)
    patientCircuit.add(to: &sum)
    cardioplegiaCircuit.add(to: &sum)
    bloodTemperature.add(to: &sum)
    subject.add(to: &sum)
    service.add(to: &sum)
    return sum.value
  }
}

extension Controller {
  /// The configuration in memory is the one that was loaded.
  mutating func isConfigurationIntact() -> Bool { configuration.checkSum == configurationSum }
}
