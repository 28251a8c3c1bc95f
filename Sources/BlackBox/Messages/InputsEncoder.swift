internal import PerfusionCore

/// Writes what the controller was told as the difference from the tick before.
struct InputsEncoder {
  private var old = SensorSnapshot()
  private var before = Instant(microseconds: .min)
  private var oldTick: UInt64 = 0
  private let period: Int64

  /// An encoder of ticks of this length in microseconds.
  init(tickMicroseconds: Int64) { period = tickMicroseconds }

  /// Appends one tick; a complete one can be understood without those before it.
  mutating func write(
    _ sensors: SensorSnapshot, tick: UInt64, now: Instant, isComplete: Bool, lost: UInt64,
    to writer: inout ByteWriter
  ) {
    if isComplete {
      old = SensorSnapshot()
      before = Instant(microseconds: .min)
      writer.field(InputField.tick, tick)
      writer.field(InputField.moment, now.microseconds)
      writer.field(InputField.period, period)
      writer.field(InputField.isComplete, true)
      writer.field(InputField.lostTicks, lost)
    } else {
      if tick != oldTick &+ 1 { writer.field(InputField.tick, tick) }
      let shift = now.microseconds &- before.microseconds &- period
      writer.zigzag(InputField.momentShift, shift)
    }
    let expected = Expectation(before: before, now: now)
    writeSites(sensors, expected, &writer)
    writeSingle(sensors, expected, &writer)
    writePumps(sensors, expected, &writer)
    old = sensors
    before = now
    oldTick = tick
  }

  private func writeSites(
    _ sensors: SensorSnapshot, _ expected: Expectation, _ writer: inout ByteWriter
  ) {
    writeTable(sensors.pressures, old.pressures, InputField.pressures, expected, &writer)
    writeTable(sensors.flows, old.flows, InputField.flows, expected, &writer)
    writeTable(sensors.temperatures, old.temperatures, InputField.temperatures, expected, &writer)
    for raw in 0..<UInt8(AirSite.count) {
      guard let site = AirSite(rawValue: raw) else { continue }
      guard expected.isNews(sensors.air[site], old.air[site]) else { continue }
      writer.reading(InputField.air + UInt32(raw), sensors.air[site], expected.now)
    }
    for raw in 0..<UInt8(SwitchSite.count) {
      guard let site = SwitchSite(rawValue: raw) else { continue }
      guard expected.isNews(sensors.switches[site], old.switches[site]) else { continue }
      writer.reading(InputField.switches + UInt32(raw), sensors.switches[site], expected.now)
    }
  }

  @inline(__always)
  private func writeTable<Place: Site, Value: Quantity & SameBits>(
    _ table: SiteTable<Place, Reading<Value>>, _ oldTable: SiteTable<Place, Reading<Value>>,
    _ first: UInt32, _ expected: Expectation, _ writer: inout ByteWriter
  ) {
    for raw in 0..<UInt8(Place.count) {
      guard let site = Place(rawValue: raw) else { continue }
      guard expected.isNews(table[site], oldTable[site]) else { continue }
      writer.reading(first + UInt32(raw), table[site], expected.now)
    }
  }

  @inline(__always)
  private func writeOne<Value: Quantity & SameBits>(
    _ reading: Reading<Value>, _ oldReading: Reading<Value>, _ number: UInt32,
    _ expected: Expectation, _ writer: inout ByteWriter
  ) {
    guard expected.isNews(reading, oldReading) else { return }
    writer.reading(number, reading, expected.now)
  }

  private func writeSingle(
    _ sensors: SensorSnapshot, _ expected: Expectation, _ writer: inout ByteWriter
  ) {
    writeOne(
      sensors.reservoirVolume, old.reservoirVolume, InputField.reservoirVolume, expected, &writer)
    writeOne(
      sensors.venousOccluderOpening, old.venousOccluderOpening, InputField.venousOccluderOpening,
      expected, &writer)
    if sensors.chipsLost != old.chipsLost || sensors.chipsLost != 0 {
      writer.field(InputField.chipsLost, sensors.chipsLost &+ 1)
    }
    if sensors.platform != old.platform {
      writer.field(InputField.platformFindings, UInt64(sensors.platform.bits) + 1)
    }
    if sensors.civilTime != old.civilTime {
      writer.field(InputField.civilTime, sensors.civilTime &+ 1)
    }
    let supply = sensors.supply
    writeOne(
      supply.batteryVoltage, old.supply.batteryVoltage, InputField.batteryVoltage, expected,
      &writer)
    writeOne(
      supply.batteryCurrent, old.supply.batteryCurrent, InputField.batteryCurrent, expected,
      &writer)
    writeOne(
      supply.batteryCharge, old.supply.batteryCharge, InputField.batteryCharge, expected, &writer)
  }

  private func writePumps(
    _ sensors: SensorSnapshot, _ expected: Expectation, _ writer: inout ByteWriter
  ) {
    let pumps = sensors.pumps.span
    let gaps = sensors.occlusionGaps.span
    let oldPumps = old.pumps.span
    let oldGaps = old.occlusionGaps.span
    for pump in pumps.indices {
      writePump(
        pumps[pump], oldPumps[pump], InputField.pumps + UInt32(pump), expected, &writer)
      writeOne(
        gaps[pump], oldGaps[pump], InputField.occlusionGaps + UInt32(pump), expected, &writer)
    }
  }

  /// The message of one pump; nothing when there is no news in it.
  private func writePump(
    _ pump: PumpSignals, _ oldPump: PumpSignals, _ number: UInt32, _ expected: Expectation,
    _ writer: inout ByteWriter
  ) {
    let now = expected.now
    let place = writer.count
    let start = writer.beginMessage(number)
    if expected.isNews(pump.rotor, oldPump.rotor) { writer.reading(1, pump.rotor, now) }
    writeOne(pump.current, oldPump.current, 2, expected, &writer)
    if expected.isNews(pump.driveAlive, oldPump.driveAlive) {
      writer.reading(3, pump.driveAlive, now)
    }
    if expected.isNews(pump.driveFault, oldPump.driveFault) {
      writer.reading(4, pump.driveFault, now)
    }
    if expected.isNews(pump.torqueIsOff, oldPump.torqueIsOff) {
      writer.reading(5, pump.torqueIsOff, now)
    }
    if expected.isNews(pump.coverIsOpen, oldPump.coverIsOpen) {
      writer.reading(6, pump.coverIsOpen, now)
    }
    if writer.count == start { writer.rewind(to: place) } else { writer.endMessage(start) }
  }
}
