public import PerfusionCore

extension ActuatorCommands {
  /// The board is told the same, bit for bit.
  public func isSameRecord(as other: ActuatorCommands) -> Bool {
    let drives = self.drives.span
    let gaps = occlusionGaps.span
    let otherDrives = other.drives.span
    let otherGaps = other.occlusionGaps.span
    for pump in drives.indices {
      let one = drives[pump]
      let two = otherDrives[pump]
      guard
        one.speed.isSame(two.speed) && one.isReversed == two.isReversed
          && one.isEnabled == two.isEnabled && one.removeTorque == two.removeTorque
          && gaps[pump].isSame(otherGaps[pump])
      else { return false }
    }
    return venousOccluder.isSame(other.venousOccluder)
      && openArterialClamp == other.openArterialClamp
      && testAirDetectors == other.testAirDetectors && strokeWatchdog == other.strokeWatchdog
      && isAdopting == other.isAdopting && alarm.isSame(other.alarm)
      && patientWater.isSame(other.patientWater)
      && cardioplegiaWater.isSame(other.cardioplegiaWater)
  }
}

extension AlarmSignals {
  fileprivate func isSame(_ other: AlarmSignals) -> Bool {
    buzzer == other.buzzer && red == other.red && yellow == other.yellow && cyan == other.cyan
  }
}

extension WaterCommand: SameBits {
  func isSame(_ other: WaterCommand) -> Bool {
    pump == other.pump && heater == other.heater && heaterContactor == other.heaterContactor
      && chiller == other.chiller
  }
}

extension Event {
  /// The same happened by the same decision, bit for bit.
  public func isSameRecord(as other: Event) -> Bool {
    let one = EventFields(kind)
    let two = EventFields(other.kind)
    return decision == other.decision && one.kind == two.kind && one.pump == two.pump
      && one.subject == two.subject && one.second == two.second && one.count == two.count
      && one.value.bitPattern == two.value.bitPattern && one.hasPassed == two.hasPassed
      && one.cause == two.cause
  }
}
