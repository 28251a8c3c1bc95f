internal import CLinkMessages
internal import PerfusionCore

extension Carrier {
  mutating func limits(_ message: inout perfusion_board_Limits, _ model: inout CircuitLimits) {
    quantity(&message.pressure_alert, &model.pressureAlert, 0...450)
    quantity(&message.pressure_hard, &model.pressureHard, 0...450)
    quantity(&message.pressure_low, &model.pressureLow, -100...450)
    quantity(&message.pre_oxygenator_high, &model.preOxygenatorHigh, 0...800)
    quantity(&message.oxygenator_drop_alert, &model.oxygenatorDropAlert, 0...800)
    quantity(&message.oxygenator_drop_alarm, &model.oxygenatorDropAlarm, 0...800)
    quantity(&message.suction_alert, &model.suctionAlert, -500...0)
    quantity(&message.suction_release, &model.suctionRelease, -500...0)
    quantity(&message.suction_alarm, &model.suctionAlarm, -500...0)
    quantity(&message.suction_fast, &model.suctionFast, -500...0)
    quantity(&message.vent_suction, &model.ventSuction, -500...0)
    quantity(&message.backflow, &model.backflow, -10...0)
    quantity(&message.no_flow, &model.noFlow, 0...10)
    quantity(&message.low_flow, &model.lowFlow, 0...1)
    quantity(&message.high_flow, &model.highFlow, 1...3)
    quantity(&message.overspeed, &model.overspeed, 0...1000)
    quantity(&message.overspeed_share, &model.overspeedShare, 0...1)
    quantity(&message.flow_mismatch, &model.flowMismatch, 0...1)
    quantity(&message.organ_artery_stop, &model.organArteryStop, 0...300)
    quantity(&message.portal_vein_stop, &model.portalVeinStop, 0...100)
    quantity(&message.coronary_sinus_stop, &model.coronarySinusStop, 0...100)
  }

  mutating func waterCircuit(
    _ message: inout perfusion_board_WaterCircuit, _ model: inout WaterCircuitConfiguration
  ) {
    flag(&message.is_fitted, &model.isFitted)
    number(&message.tank, &model.tankLiters, 0.1...100)
    quantity(&message.heater, &model.heater, 0...10_000)
    quantity(&message.chiller, &model.chiller, 0...10_000)
    quantity(&message.coldest, &model.coldest, 0...50)
    quantity(&message.hottest, &model.hottest, 0...50)
    quantity(&message.cut_off, &model.cutOff, 0...50)
    quantity(&message.slew, &model.slew, 0...100)
    quantity(&message.lowest_flow, &model.lowestFlow, 0...100)
    quantity(&message.rated_flow, &model.ratedFlow, 0...100)
    number(&message.exchanger_conductance, &model.exchangerConductance, 0...10_000)
    quantity(&message.chiller_minimum, &model.chillerMinimum, 0...3600)
    quantity(&message.heater_period, &model.heaterPeriod, 0.01...3600)
    quantity(&message.stagnant_ceiling, &model.stagnantCeiling, 0...50)
  }

  mutating func bloodTemperature(
    _ message: inout perfusion_board_BloodTemperature, _ model: inout BloodTemperatureLimits
  ) {
    quantity(&message.soft_ceiling, &model.softCeiling, 0...45)
    quantity(&message.ceiling, &model.ceiling, 0...45)
    quantity(&message.heating_stop, &model.heatingStop, 0...45)
    quantity(&message.floor, &model.floor, 0...45)
    quantity(&message.cold, &model.cold, 0...45)
    quantity(&message.wide_gradient, &model.wideGradient, 0...40)
    quantity(&message.narrow_gradient, &model.narrowGradient, 0...40)
    quantity(&message.gradient_switch, &model.gradientSwitch, 0...45)
    quantity(&message.rewarm_rate, &model.rewarmRate, 0...10)
  }
}
