internal import ChipDrivers
internal import PerfusionCore

extension Draft {
  /// `heaterCooler`: the water circuits and the limits on blood temperature.
  func readHeaterCooler(_ top: Section) {
    guard let section = top.section("heaterCooler", what: "heaterCooler") else { return }
    if let patient = section.section("patient", what: "patient water circuit") {
      machine.patientCircuit = readCircuit(patient, 0, "patient")
    }
    if let cardioplegia = section.section("cardioplegia", what: "cardioplegia water circuit") {
      machine.cardioplegiaCircuit = readCircuit(cardioplegia, 1, "cardioplegia")
    }
    if let blood = section.section("blood", what: "blood temperature limits") {
      readBloodLimits(blood)
    }
    section.finish()
  }

  private func readCircuit(
    _ section: Section, _ number: UInt8, _ name: String
  ) -> WaterCircuitConfiguration {
    var model = WaterCircuitConfiguration()
    model.isFitted = true
    section.read("tank", &model.tankLiters, .liters, 0.5...50)
    section.read("heaterPower", &model.heater, 0...5000)
    section.read("chillerPower", &model.chiller, 0...5000)
    section.read("coldest", &model.coldest, 0...20)
    section.read("hottest", &model.hottest, 20...41)
    section.read("cutOff", &model.cutOff, 30...43)
    section.read("slew", &model.slew, 0.1...10)
    section.read("lowestFlow", &model.lowestFlow, 0.1...10)
    section.read("ratedFlow", &model.ratedFlow, 0.5...30)
    section.read("exchanger", &model.exchangerConductance, .conductance, 10...2000)
    section.read("chillerMinimum", &model.chillerMinimum, 10...600)
    section.read("heaterPeriod", &model.heaterPeriod, 0.1...10)
    section.read("stagnantCeiling", &model.stagnantCeiling, 20...41)
    section.order(("coldest", model.coldest), below: ("hottest", model.hottest))
    section.order(("hottest", model.hottest), below: ("cutOff", model.cutOff))
    section.order(("lowestFlow", model.lowestFlow), below: ("ratedFlow", model.ratedFlow))
    readWaterActuators(section, number, name)
    section.finish()
    return model
  }

  private func readWaterActuators(_ section: Section, _ number: UInt8, _ name: String) {
    readActuator(
      section.required("waterPump", "write the line of its water pump"),
      ActuatorFacts("\(name).waterPump", .waterPump(number), kind: .fraction, fallback: .hold))
    readActuator(
      section.required("heater", "write the line of its heater relay"),
      ActuatorFacts("\(name).heater", .heater(number), fallback: .off))
    readActuator(
      section.required(
        "contactor",
        "write the line of the contactor before the heater: a welded "
          + "relay must not be able to heat"),
      ActuatorFacts("\(name).contactor", .heaterContactor(number), fallback: .off))
    readActuator(
      section.field("chiller"),
      ActuatorFacts("\(name).chiller", .chiller(number), fallback: .off))
  }

  private func readBloodLimits(_ section: Section) {
    var limits = machine.bloodTemperature
    section.read("softCeiling", &limits.softCeiling, 30...37.5)
    section.read("ceiling", &limits.ceiling, 30...38)
    section.read("heatingStop", &limits.heatingStop, 30...39)
    section.read("floor", &limits.floor, 4...36)
    section.read("cold", &limits.cold, 2...36)
    section.read("wideGradient", &limits.wideGradient, 1...12)
    section.read("narrowGradient", &limits.narrowGradient, 1...12)
    section.read("gradientSwitch", &limits.gradientSwitch, 20...36)
    section.read("rewarmRate", &limits.rewarmRate, 0.05...1)
    section.order(("softCeiling", limits.softCeiling), below: ("ceiling", limits.ceiling))
    section.order(("ceiling", limits.ceiling), below: ("heatingStop", limits.heatingStop))
    section.order(("floor", limits.floor), below: ("softCeiling", limits.softCeiling))
    section.order(("cold", limits.cold), below: ("floor", limits.floor))
    section.order(
      ("narrowGradient", limits.narrowGradient), below: ("wideGradient", limits.wideGradient))
    section.finish()
    machine.bloodTemperature = limits
  }
}
