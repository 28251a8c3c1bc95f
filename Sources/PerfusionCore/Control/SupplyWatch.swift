/// Mains and battery: how long the machine runs on.
struct SupplyWatch: Sendable {
  /// Time that the battery lasts at this load; infinite on mains or while it is not known.
  private(set) var remaining = Seconds(seconds: .infinity)
  /// The battery should charge and does not.
  private(set) var doesNotCharge = false

  /// Follows the supply by one tick.
  mutating func update(_ sensors: SensorSnapshot, tick: Seconds) {
    let mains = sensors[.mainsGood].usable
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
