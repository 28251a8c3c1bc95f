/// Mains and battery: how long the machine runs on.
struct SupplyWatch: Sendable {
  /// Time that the battery lasts at this load; infinite on mains or while it is not known.
  private(set) var remaining = Seconds(seconds: .infinity)
  /// The voltage is that of an empty battery, whatever the counted charge says: an aged battery
  /// holds less than its gauge believes (HZ-32).
  private(set) var isVoltageLow = false
  /// The battery should charge and does not.
  private(set) var doesNotCharge = false

  /// Mains carries the machine and there is no battery behind it: its fuse is open (HZ-32).
  private(set) var isDisconnected = false
  private var gone = SustainedCondition(for: Seconds(seconds: 1))

  /// Voltage that no battery of 24 V has, however empty.
  static var noVoltage: Voltage { Voltage(volts: 15) }
  /// Voltage under load below which a 24 V lead battery is nearly empty: 11 V a block.
  static var lowVoltage: Voltage { Voltage(volts: 22) }

  /// Follows the supply by one tick.
  mutating func update(_ sensors: SensorSnapshot, tick: Seconds) {
    let mains = sensors[.mainsGood].usable
    isVoltageLow =
      mains == false && sensors.supply.batteryVoltage.usable.map { $0 < Self.lowVoltage } ?? false
    let isGone =
      mains == true && sensors.supply.batteryVoltage.usable.map { $0 < Self.noVoltage } ?? false
    isDisconnected = gone.update(isGone, step: tick)
    guard let charge = sensors.supply.batteryCharge.usable,
      let current = sensors.supply.batteryCurrent.usable
    else {
      remaining = Seconds(seconds: .infinity)
      doesNotCharge = false
      return
    }
    let discharges = current.amperes > 0.05
    remaining =
      discharges
      ? Seconds(seconds: max(charge.ampereHours, 0) / current.amperes * 3600)
      : Seconds(seconds: .infinity)
    doesNotCharge = mains == true && discharges
  }
}
