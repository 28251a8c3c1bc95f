internal import PerfusionCore

/// Numbers of the fields of `Outputs` (proto/blackbox.proto).
enum OutputField {
  static var tick: UInt32 { 1 }
  static var isComplete: UInt32 { 2 }
  static var openArterialClamp: UInt32 { 3 }
  static var venousOccluder: UInt32 { 4 }
  static var testAirDetectors: UInt32 { 5 }
  static var strokeWatchdog: UInt32 { 6 }
  static var isAdopting: UInt32 { 7 }
  static var buzzer: UInt32 { 8 }
  static var red: UInt32 { 9 }
  static var yellow: UInt32 { 10 }
  static var cyan: UInt32 { 11 }
  static var patientWater: UInt32 { 12 }
  static var cardioplegiaWater: UInt32 { 13 }
  static var drives: UInt32 { 16 }
  static var occlusionGaps: UInt32 { 24 }
  static var next: UInt32 { 120 }
}

/// Writes what the controller told the board as the difference from the tick before.
struct OutputsEncoder {
  private(set) var old = ActuatorCommands()

  /// An encoder that has written nothing.
  init() {}
  /// An encoder that writes the difference from these commands.
  init(from old: ActuatorCommands) { self.old = old }

  /// Appends what changed; a complete tick can be understood without those before it.
  ///
  /// - Returns: false when nothing had changed; then nothing was written.
  mutating func write(
    _ now: ActuatorCommands, tick: UInt64, isComplete: Bool, to writer: inout ByteWriter
  ) -> Bool {
    let place = writer.count
    writer.field(OutputField.tick, tick)
    if isComplete {
      old = ActuatorCommands()
      writer.field(OutputField.isComplete, true)
    }
    let start = writer.count
    writeSwitches(now, &writer)
    writeNumbers(now, &writer)
    old = now
    guard writer.count == start && !isComplete else { return true }
    writer.rewind(to: place)
    return false
  }

  private func writeSwitches(_ now: ActuatorCommands, _ writer: inout ByteWriter) {
    writer.change(
      OutputField.openArterialClamp, now.openArterialClamp, old.openArterialClamp)
    writer.change(OutputField.testAirDetectors, now.testAirDetectors, old.testAirDetectors)
    writer.change(OutputField.strokeWatchdog, now.strokeWatchdog, old.strokeWatchdog)
    writer.change(OutputField.isAdopting, now.isAdopting, old.isAdopting)
    writer.change(OutputField.buzzer, now.alarm.buzzer, old.alarm.buzzer)
    writer.change(OutputField.red, now.alarm.red, old.alarm.red)
    writer.change(OutputField.yellow, now.alarm.yellow, old.alarm.yellow)
    writer.change(OutputField.cyan, now.alarm.cyan, old.alarm.cyan)
    writer.change(OutputField.patientWater, now.patientWater, old.patientWater)
    writer.change(OutputField.cardioplegiaWater, now.cardioplegiaWater, old.cardioplegiaWater)
  }

  private func writeNumbers(_ now: ActuatorCommands, _ writer: inout ByteWriter) {
    writer.change(OutputField.venousOccluder, now.venousOccluder, old.venousOccluder)
    let drives = now.drives.span
    let gaps = now.occlusionGaps.span
    let oldDrives = old.drives.span
    let oldGaps = old.occlusionGaps.span
    for pump in drives.indices {
      writer.change(OutputField.drives + UInt32(pump), drives[pump], oldDrives[pump])
      writer.change(OutputField.occlusionGaps + UInt32(pump), gaps[pump], oldGaps[pump])
    }
  }
}

extension ByteWriter {
  fileprivate mutating func change(_ number: UInt32, _ now: Bool, _ old: Bool) {
    guard now != old else { return }
    varint(UInt64(number) << 3)
    byte(now ? 1 : 0)
  }
  fileprivate mutating func change(_ number: UInt32, _ now: Fraction, _ old: Fraction) {
    guard !now.isSame(old) else { return }
    let start = beginMessage(number)
    self.number(1, exact: 2, now.base)
    endMessage(start)
  }
  fileprivate mutating func change(_ number: UInt32, _ now: WaterCommand, _ old: WaterCommand) {
    let isSame =
      now.pump == old.pump && now.heater == old.heater
      && now.heaterContactor == old.heaterContactor && now.chiller == old.chiller
    guard !isSame else { return }
    let start = beginMessage(number)
    field(1, now.pump)
    field(2, now.heater)
    field(3, now.heaterContactor)
    field(4, now.chiller)
    endMessage(start)
  }
  fileprivate mutating func change(_ number: UInt32, _ now: DriveCommand, _ old: DriveCommand) {
    let isSame =
      now.speed.isSame(old.speed) && now.isReversed == old.isReversed
      && now.isEnabled == old.isEnabled && now.removeTorque == old.removeTorque
    guard !isSame else { return }
    let start = beginMessage(number)
    self.number(1, exact: 2, now.speed.base)
    field(3, now.isReversed)
    field(4, now.isEnabled)
    field(5, now.removeTorque)
    endMessage(start)
  }
}
