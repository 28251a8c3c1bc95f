internal import ChipDrivers
internal import PerfusionCore

extension Draft {
  /// `occlusion`: the motorised occlusion actuators of roller pumps.
  func readOcclusion(_ top: Section) {
    guard let list = top.field("occlusion")?.list("occlusion") else { return }
    for field in list {
      guard let section = Section(field, what: "occlusion") else { continue }
      let pumpField = section.required("pump", "write the role of the pump")
      let index = pumps.find(pumpField) ?? 0
      let role = pumps.word(index)
      if let pumpField, machine.pumps.element(at: index)?.kind == .centrifugal {
        pumpField.fail("pump '\(role)' is centrifugal and has no occlusion", "name a roller pump")
      }
      readActuator(
        section.required("actuator", "write the channel that sets the gap"),
        ActuatorFacts(
          "\(role).occlusionGap", .occlusionGap(UInt8(index)), kind: .fraction, takesLine: false,
          fallback: .off))
      if let gap = section.required("gap", "write the sensor of the gap"),
        let inner = Section(gap, what: "gap of \(role)")
      {
        readSensor(
          inner,
          SensorFacts(
            name: "\(role).occlusionGap", site: .occlusionGap(UInt8(index)), quantity: "gap",
            kind: .fraction))
        inner.finish()
      }
      if index < machine.pumps.count { machine.pumps[index].roller.hasOcclusionActuator = true }
      section.finish()
    }
  }

  /// `clamps`: the arterial clamp and the venous occluder.
  func readClamps(_ top: Section) {
    guard let section = top.section("clamps", what: "clamps") else { return }
    if let arterial = section.section("arterial", what: "arterial clamp") {
      machine.arterialClamp.isFitted = true
      arterial.read("travelTime", &machine.arterialClamp.travelTime, 0.05...2)
      readActuator(
        arterial.required("open", "write what holds the clamp open"),
        ActuatorFacts("arterialClamp", .arterialClampOpen, kind: .fraction, fallback: .hold))
      arterial.finish()
    }
    if let venous = section.section("venous", what: "venous occluder") {
      machine.venousOccluder.isFitted = true
      venous.read("closingTime", &machine.venousOccluder.closingTime, 0.1...30)
      venous.read("openingTime", &machine.venousOccluder.openingTime, 0.1...30)
      venous.read("confirmBelow", &machine.venousOccluder.confirmBelow, 0...1)
      readActuator(
        venous.required("position", "write the channel that sets its opening"),
        ActuatorFacts(
          "venousOccluder", .venousOccluder, kind: .fraction, takesLine: false, fallback: .hold))
      venous.finish()
    }
    section.finish()
  }
}
