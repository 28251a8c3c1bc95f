import ChipDrivers
import PerfusionCore

/// A board with something in every list and no field at its default.
enum SampleMachine {
  static var machine: MachineConfiguration {
    var machine = MachineConfiguration()
    machine.kind = .organ
    machine.tickMicroseconds = 2000
    machine.pumps.append(arterial)
    machine.pumps.append(portal)
    machine.arterialClamp.isFitted = true
    machine.arterialClamp.travelTime = .milliseconds(321)
    machine.venousOccluder.isFitted = true
    machine.venousOccluder.closingTime = .seconds(3.5)
    machine.venousOccluder.openingTime = .seconds(0.7)
    machine.venousOccluder.confirmBelow = .percent(17)
    fillReservoir(&machine.reservoir)
    fillLimits(&machine.limits)
    machine.airDetection.shortestAir = 1234
    machine.airDetection.distanceToCannula = 111
    machine.airDetection.distanceToClamp = 44
    machine.airDetection.lineArea = 0.317
    machine.responses[0, .arterialAir] = .stopAndClamp
    machine.responses[0, .suction] = .regulate
    machine.responses[1, .portalVeinAir] = .hold
    machine.responses[1, .backflow] = .none
    fillWater(&machine.patientCircuit, 1)
    fillWater(&machine.cardioplegiaCircuit, 2)
    fillBlood(&machine.bloodTemperature)
    machine.subject.bodySurfaceArea = 1.23
    machine.subject.fullFlow = .litersPerMinute(3.21)
    machine.subject.heightHead = .mmHg(12.5)
    machine.service.maintenance = .seconds(1_800_000)
    machine.service.disinfection = .seconds(1_209_600)
    return machine
  }

  private static var arterial: PumpConfiguration {
    var pump = PumpConfiguration()
    pump.role = .organArtery
    pump.kind = .centrifugal
    pump.maximumSpeed = .rpm(4321)
    pump.slewUp = .rpmPerSecond(456)
    pump.slewDown = .rpmPerSecond(789)
    pump.rotorSensor = .tachometer
    pump.countsPerRevolution = 12
    pump.maximumFlow = .litersPerMinute(1.25)
    pump.regulatePressure = .mmHg(81)
    pump.stopPressure = .mmHg(99)
    pump.outletPressure = .organArteryPressure
    pump.centrifugal.headPerSpeedSquared = 2.35e-5
    pump.centrifugal.headPerFlowSquared = 1.45
    pump.centrifugal.idleSpeed = .rpm(650)
    pump.centrifugal.floorMargin = 1.15
    pump.centrifugal.holdMargin = .rpm(250)
    pump.centrifugal.typicalCurrent = .amperes(1.4)
    pump.centrifugal.typicalCurrentSpeed = .rpm(2900)
    return pump
  }

  private static var portal: PumpConfiguration {
    var pump = PumpConfiguration()
    pump.role = .portalVein
    pump.followsPump = 0
    pump.ratio = 0.5
    pump.stopsWithPumps = 1
    pump.drawsFromArterialLine = true
    pump.hasPressureLimit = false
    pump.roller.tube = .quarter
    pump.roller.racewayMillimeters = 85
    pump.roller.strokeVolume = .millilitersPerRevolution(6.7)
    pump.roller.rollers = 3
    pump.roller.leak = .millilitersPerMinutePerMmHg(0.07)
    pump.roller.hasOcclusionActuator = true
    pump.roller.typicalCurrent = .amperes(0.9)
    return pump
  }

  private static func fillReservoir(_ reservoir: inout ReservoirConfiguration) {
    reservoir.isFitted = true
    reservoir.capacity = .milliliters(2345)
    reservoir.alert = .milliliters(456)
    reservoir.alarm = .milliliters(234)
    reservoir.resume = .milliliters(345)
    reservoir.alertTime = .seconds(12)
    reservoir.alarmTime = .seconds(5)
    reservoir.overfull = .percent(88)
  }

  private static func fillLimits(_ limits: inout CircuitLimits) {
    limits.pressureAlert = .mmHg(201)
    limits.pressureHard = .mmHg(402)
    limits.pressureLow = .mmHg(13)
    limits.preOxygenatorHigh = .mmHg(333)
    limits.oxygenatorDropAlert = .mmHg(90)
    limits.oxygenatorDropAlarm = .mmHg(180)
    limits.suctionAlert = .mmHg(-71)
    limits.suctionRelease = .mmHg(-51)
    limits.suctionAlarm = .mmHg(-121)
    limits.suctionFast = .mmHg(-221)
    limits.ventSuction = .mmHg(-91)
    limits.backflow = .litersPerMinute(-0.2)
    limits.noFlow = .litersPerMinute(0.25)
    limits.lowFlow = .percent(66)
    limits.highFlow = .percent(122)
    limits.overspeed = .rpm(7)
    limits.overspeedShare = .percent(11)
    limits.flowMismatch = .percent(16)
    limits.organArteryStop = .mmHg(98)
    limits.portalVeinStop = .mmHg(11)
    limits.coronarySinusStop = .mmHg(38)
  }

  private static func fillWater(_ circuit: inout WaterCircuitConfiguration, _ shift: Double) {
    circuit.isFitted = true
    circuit.tankLiters = 5 + shift
    circuit.heater = .watts(1500 + shift)
    circuit.chiller = .watts(900 + shift)
    circuit.coldest = Temperature(degreesCelsius: 3 + shift)
    circuit.hottest = Temperature(degreesCelsius: 38 + shift)
    circuit.cutOff = Temperature(degreesCelsius: 40.5 + shift)
    circuit.slew = .kelvinsPerMinute(2.5 + shift)
    circuit.lowestFlow = .litersPerMinute(1 + shift)
    circuit.ratedFlow = .litersPerMinute(9 + shift)
    circuit.exchangerConductance = 200 + shift
    circuit.chillerMinimum = .seconds(70 + shift)
    circuit.heaterPeriod = .seconds(1 + shift)
    circuit.stagnantCeiling = Temperature(degreesCelsius: 35 + shift)
  }

  private static func fillBlood(_ blood: inout BloodTemperatureLimits) {
    blood.softCeiling = Temperature(degreesCelsius: 36.4)
    blood.ceiling = Temperature(degreesCelsius: 36.9)
    blood.heatingStop = Temperature(degreesCelsius: 37.4)
    blood.floor = Temperature(degreesCelsius: 21)
    blood.cold = Temperature(degreesCelsius: 14)
    blood.wideGradient = .kelvins(9)
    blood.narrowGradient = .kelvins(3)
    blood.gradientSwitch = Temperature(degreesCelsius: 29)
    blood.rewarmRate = .kelvinsPerMinute(0.4)
  }
}
