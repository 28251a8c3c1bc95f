/// Mains supply, battery and the 24 V bus that the drives live on.
///
/// The bus capacitor carries the drives through a short dip even without a battery; below 18 V
/// the drives run down (docs/domain.md C8).
final class Supply {
  /// The socket is live.
  var mainsIsLive = true
  /// Voltage of the drive bus.
  private(set) var busVoltage: Double = 24
  /// Charge left in the battery, ampere-hours.
  private(set) var charge: Double
  /// Charge of the full battery, ampere-hours.
  let capacity: Double
  /// Current out of the battery, amperes; negative while it charges.
  private(set) var batteryCurrent: Double = 0
  /// The power supply says that mains is good; falls 5 ms after the socket.
  private(set) var mainsGood = true
  private var badMilliseconds: Int32 = 0
  private var mainsFault: FaultWord?
  private var batteryFault: FaultWord?
  private var dropout: Dropout?

  /// What the mains may suffer: `off` dead socket, `intermittent` dead half of the time.
  static var mainsWords: [FaultWord] { [.off, .intermittent] }
  /// What the battery may suffer: `off` fuse open, `wrong` a tenth of its charge is left.
  static var batteryWords: [FaultWord] { [.off, .wrong] }
  /// Bus voltage below which drives run down.
  static var lowestDriveVoltage: Double { 18 }
  private static var electronicsWatts: Double { 20 }
  private static var busFarads: Double { 0.04 }
  private static var chargingAmperes: Double { 2 }

  /// A full battery of `capacity` ampere-hours on live mains.
  init(capacity: Double) {
    self.capacity = max(0.1, capacity)
    charge = self.capacity
  }

  /// Drives have enough voltage.
  var driveIsSupplied: Bool { busVoltage >= Supply.lowestDriveVoltage }
  /// Mains reaches the machine now, before the power supply has noticed.
  var mainsReaches: Bool {
    mainsIsLive && mainsFault != .off && (dropout?.works ?? true)
  }

  /// Sets the charge, 0...`capacity` ampere-hours.
  func setCharge(_ ampereHours: Double) { charge = min(max(ampereHours, 0), capacity) }

  /// Applies or ends a fault of the mains.
  func setMainsFault(_ word: FaultWord?, random: SplitMix64) {
    mainsFault = word
    dropout = word == .intermittent ? Dropout(random: random) : nil
  }

  /// Applies or ends a fault of the battery.
  func setBatteryFault(_ word: FaultWord?) {
    if word == .wrong && batteryFault != .wrong { charge /= 10 }
    batteryFault = word
  }

  /// Open-circuit voltage of the battery: 20 V empty, 26.4 V full, with the knee of lithium iron
  /// phosphate below a tenth.
  var openCircuitVoltage: Double {
    let share = charge / capacity
    if share <= 0 { return 0 }
    return share < 0.1 ? 20 + 50 * share : 25 + 1.5556 * (share - 0.1)
  }
  /// Voltage at the battery's terminals.
  var batteryVoltage: Double {
    batteryFault == .off ? 0 : max(0, openCircuitVoltage - batteryCurrent * 0.08)
  }

  /// Moves on by one millisecond under the load of the drives in watts.
  func step(driveWatts: Double) {
    if mainsFault != nil { dropout?.step() }
    let isLive = mainsReaches
    badMilliseconds = isLive ? 0 : min(badMilliseconds + 1, 1000)
    mainsGood = badMilliseconds < 5
    let watts = driveWatts + Supply.electronicsWatts
    if isLive { runOnMains() } else { runOnBattery(watts) }
    charge = min(max(charge - batteryCurrent * (0.001 / 3600), 0), capacity)
  }

  private func runOnMains() {
    busVoltage = 24
    let charges = batteryFault != .off && charge < capacity
    batteryCurrent = charges ? -Supply.chargingAmperes : 0
  }

  private func runOnBattery(_ watts: Double) {
    let current = busVoltage > 1 ? watts / busVoltage : 0
    let offered = batteryFault == .off ? 0 : openCircuitVoltage - current * 0.08
    if offered >= busVoltage || offered >= Supply.lowestDriveVoltage {
      busVoltage = offered
      batteryCurrent = current
    } else {
      batteryCurrent = 0
      busVoltage = max(0, busVoltage - current * 0.001 / Supply.busFarads)
    }
  }
}
