internal import ChipDrivers
internal import PerfusionCore

/// Which groups of commands differ from those of the tick before: most do not, and their actuators
/// need no more than their leases renewed.
struct CommandChanges: Sendable {
  private var drives = InlineArray<8, DriveCommand>(repeating: DriveCommand())
  private var gaps = InlineArray<8, Fraction>(repeating: Fraction(value: .nan))
  private var water = (patient: WaterCommand(), cardioplegia: WaterCommand())
  private var alarm = AlarmSignals()
  private var opensClamp = false
  private var occluder = Fraction(value: .nan)
  private var isAdopting = false
  private var drivesAirTest = false
  private var hasBegun = false

  /// The bit of everything that belongs to no pump.
  private static var machine: UInt16 { 1 << 8 }

  /// The bit of the group that an actuator's command stands in: 0...7 for the pumps.
  static func group(of site: ActuatorSite) -> UInt16 {
    switch site {
    case .pumpSpeed(let pump), .pumpReverse(let pump), .pumpEnable(let pump),
      .pumpTorqueAllowed(let pump), .occlusionGap(let pump):
      1 << UInt16(pump & 7)
    case .arterialClampOpen, .venousOccluder, .waterPump, .heater, .heaterContactor, .chiller,
      .buzzer, .redLamp, .yellowLamp, .cyanLamp, .airTest, .watchdogStroke:
      machine
    }
  }

  /// Groups that differ from what was seen last; all of them at first.
  ///
  /// A command that is not a number differs from itself. The commands are only read, in place.
  mutating func changes(in commands: inout ActuatorCommands, drivesAirTest: Bool) -> UInt16 {
    var changed: UInt16 = 0
    for pump in 0..<8
    where !(drives[pump] == commands.drives[pump] && gaps[pump] == commands.occlusionGaps[pump]) {
      changed |= 1 << UInt16(pump)
      drives[pump] = commands.drives[pump]
      gaps[pump] = commands.occlusionGaps[pump]
    }
    let isSame =
      opensClamp == commands.openArterialClamp && occluder == commands.venousOccluder
      && water.patient == commands.patientWater
      && water.cardioplegia == commands.cardioplegiaWater && alarm == commands.alarm
      && self.drivesAirTest == drivesAirTest
    if !isSame { changed |= CommandChanges.machine }
    if !hasBegun || isAdopting != commands.isAdopting { changed = .max }
    if !isSame || !hasBegun { note(&commands, drivesAirTest) }
    isAdopting = commands.isAdopting
    hasBegun = true
    return changed
  }

  private mutating func note(_ commands: inout ActuatorCommands, _ drivesAirTest: Bool) {
    opensClamp = commands.openArterialClamp
    occluder = commands.venousOccluder
    water = (commands.patientWater, commands.cardioplegiaWater)
    alarm = commands.alarm
    self.drivesAirTest = drivesAirTest
  }
}
