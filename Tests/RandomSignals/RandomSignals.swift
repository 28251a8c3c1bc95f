public import PerfusionCore

/// Draws that repeat for a seed.
public struct Dice {
  private var state: UInt64
  /// Draws of a seed.
  public init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
  /// Sixty-four bits.
  public mutating func bits() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) ^ (state << 17) ^ state
  }
  /// True or false.
  public mutating func flag() -> Bool { bits() & 0x100 != 0 }
  /// A number from 0 to below a limit.
  public mutating func below(_ limit: Int) -> Int { Int(bits() % UInt64(limit)) }
  /// Any double at all: short ones, whole ones, minus zero, infinities and not-a-numbers.
  public mutating func number() -> Double {
    switch below(6) {
    case 0: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits())))
    case 1: Double(below(2000)) / 8
    case 2: [-0.0, 0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude][below(6)]
    default: Double(bitPattern: bits())
    }
  }
  /// Any quality.
  public mutating func quality() -> Quality { Quality(rawValue: UInt8(below(5))) ?? .absent }
  /// Often the moment of the tick, or one of long ago, or any.
  public mutating func moment(_ now: Instant) -> Instant {
    switch below(4) {
    case 0: now
    case 1: Instant(microseconds: Int64(bitPattern: bits()))
    default: now.advanced(microseconds: -Int64(below(20000)))
    }
  }
  /// Any reading.
  public mutating func reading<Value: Quantity>(_ now: Instant) -> Reading<Value> {
    Reading(Value(base: number()), takenAt: moment(now), quality: quality())
  }
  /// Any reading.
  public mutating func reading(_ now: Instant) -> Reading<Bool> {
    Reading(flag(), takenAt: moment(now), quality: quality())
  }
  /// Any reading.
  public mutating func reading(_ now: Instant) -> Reading<Int64> {
    Reading(Int64(bitPattern: bits()), takenAt: moment(now), quality: quality())
  }
  /// Any reading.
  public mutating func reading(_ now: Instant) -> Reading<AirObservation> {
    Reading(
      AirObservation(
        airNow: flag(), longestAir: Int32(truncatingIfNeeded: bits()), selfTestPassed: flag()),
      takenAt: moment(now), quality: quality())
  }
}

extension Dice {
  /// Changes some readings of a snapshot, all of them when `share` is 1.
  public mutating func change(_ sensors: inout SensorSnapshot, now: Instant, oneOf share: Int) {
    for raw in 0..<UInt8(16) {
      if let site = PressureSite(rawValue: raw), below(share) == 0 {
        sensors.pressures[site] = reading(now)
      }
      if let site = FlowSite(rawValue: raw), below(share) == 0 {
        sensors.flows[site] = reading(now)
      }
      if let site = TemperatureSite(rawValue: raw), below(share) == 0 {
        sensors.temperatures[site] = reading(now)
      }
      if let site = AirSite(rawValue: raw), below(share) == 0 { sensors.air[site] = reading(now) }
      if let site = SwitchSite(rawValue: raw), below(share) == 0 {
        sensors.switches[site] = reading(now)
      }
    }
    for pump in 0..<8 where below(share) == 0 {
      sensors.pumps[pump] = PumpSignals(
        rotor: reading(now), current: reading(now), driveAlive: reading(now),
        driveFault: reading(now), torqueIsOff: reading(now), coverIsOpen: reading(now))
      sensors.occlusionGaps[pump] = reading(now)
    }
    if below(share) == 0 { sensors.reservoirVolume = reading(now) }
    if below(share) == 0 { sensors.venousOccluderOpening = reading(now) }
    if below(share) == 0 { sensors.chipsLost = bits() >> 24 }
    if below(share) == 0 { sensors.civilTime = Int64(bits() >> 30) }
    if below(share) == 0 { sensors.platform.bits = UInt32(truncatingIfNeeded: bits()) }
    if below(share) == 0 {
      sensors.supply = SupplySignals(
        batteryVoltage: reading(now), batteryCurrent: reading(now), batteryCharge: reading(now))
    }
  }

  /// Changes some of what the board is told.
  public mutating func change(_ actuators: inout ActuatorCommands, oneOf share: Int) {
    for pump in 0..<8 where below(share) == 0 {
      actuators.drives[pump].speed = RotationalSpeed(base: number())
      actuators.drives[pump].isReversed = flag()
      actuators.drives[pump].isEnabled = flag()
      actuators.drives[pump].removeTorque = flag()
      actuators.occlusionGaps[pump] = Fraction(base: number())
    }
    if below(share) == 0 { actuators.venousOccluder = Fraction(base: number()) }
    if below(share) == 0 { actuators.openArterialClamp = flag() }
    if below(share) == 0 { actuators.testAirDetectors = flag() }
    if below(share) == 0 { actuators.strokeWatchdog = flag() }
    if below(share) == 0 { actuators.isAdopting = flag() }
    if below(share) == 0 { change(&actuators.patientWater) }
    if below(share) == 0 { change(&actuators.cardioplegiaWater) }
    if below(share) == 0 {
      actuators.alarm.buzzer = flag()
      actuators.alarm.red = flag()
      actuators.alarm.yellow = flag()
      actuators.alarm.cyan = flag()
    }
  }

  private mutating func change(_ water: inout WaterCommand) {
    water.pump = flag()
    water.heater = flag()
    water.heaterContactor = flag()
    water.chiller = flag()
  }
}

/// All bits of a snapshot, one after another.
public func allBits(_ sensors: SensorSnapshot) -> [UInt64] {
  var bits: [UInt64] = []
  func stamp<Value>(_ reading: Reading<Value>) {
    bits.append(UInt64(bitPattern: reading.takenAt.microseconds))
    bits.append(UInt64(reading.quality.rawValue))
  }
  func take<Value: Quantity>(_ reading: Reading<Value>) {
    bits.append(reading.value.base.bitPattern)
    stamp(reading)
  }
  func take(_ reading: Reading<Bool>) {
    bits.append(reading.value ? 1 : 0)
    stamp(reading)
  }
  for raw in 0..<UInt8(16) {
    if let site = PressureSite(rawValue: raw) { take(sensors.pressures[site]) }
    if let site = FlowSite(rawValue: raw) { take(sensors.flows[site]) }
    if let site = TemperatureSite(rawValue: raw) { take(sensors.temperatures[site]) }
    if let site = SwitchSite(rawValue: raw) { take(sensors.switches[site]) }
    if let site = AirSite(rawValue: raw) {
      let air = sensors.air[site]
      bits.append(air.value.airNow ? 1 : 0)
      bits.append(UInt64(truncatingIfNeeded: air.value.longestAir))
      bits.append(air.value.selfTestPassed ? 1 : 0)
      stamp(air)
    }
  }
  for index in 0..<8 {
    let pump = sensors.pumps[index]
    bits.append(UInt64(bitPattern: pump.rotor.value))
    stamp(pump.rotor)
    take(pump.current)
    take(pump.driveAlive)
    take(pump.driveFault)
    take(pump.torqueIsOff)
    take(pump.coverIsOpen)
    take(sensors.occlusionGaps[index])
  }
  take(sensors.reservoirVolume)
  take(sensors.venousOccluderOpening)
  take(sensors.supply.batteryVoltage)
  take(sensors.supply.batteryCurrent)
  take(sensors.supply.batteryCharge)
  bits.append(sensors.chipsLost)
  bits.append(UInt64(sensors.platform.bits))
  bits.append(UInt64(bitPattern: sensors.civilTime))
  return bits
}

/// All bits of what the board is told, one after another.
public func allBits(_ actuators: ActuatorCommands) -> [UInt64] {
  var bits = [actuators.venousOccluder.base.bitPattern]
  for pump in 0..<8 {
    let drive = actuators.drives[pump]
    bits += [drive.speed.base.bitPattern, actuators.occlusionGaps[pump].base.bitPattern]
    bits += [drive.isReversed, drive.isEnabled, drive.removeTorque].map { $0 ? 1 : 0 }
  }
  for water in [actuators.patientWater, actuators.cardioplegiaWater] {
    bits += [water.pump, water.heater, water.heaterContactor, water.chiller].map { $0 ? 1 : 0 }
  }
  let alarm = actuators.alarm
  bits += [alarm.buzzer, alarm.red, alarm.yellow, alarm.cyan].map { $0 ? 1 : 0 }
  bits += [
    actuators.openArterialClamp, actuators.testAirDetectors, actuators.strokeWatchdog,
    actuators.isAdopting,
  ].map { $0 ? 1 : 0 }
  return bits
}
