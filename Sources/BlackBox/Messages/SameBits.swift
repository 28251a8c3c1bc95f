internal import PerfusionCore

/// Bit for bit equality; a not-a-number equals itself here.
protocol SameBits {
  /// All bits agree.
  func isSame(_ other: Self) -> Bool
}

extension SameBits where Self: Quantity {
  /// All bits agree.
  @inline(__always) func isSame(_ other: Self) -> Bool {
    base.bitPattern == other.base.bitPattern
  }
}
extension Pressure: SameBits {}
extension Flow: SameBits {}
extension Temperature: SameBits {}
extension Volume: SameBits {}
extension Fraction: SameBits {}
extension Voltage: SameBits {}
extension ElectricCurrent: SameBits {}
extension ElectricCharge: SameBits {}
extension RotationalSpeed: SameBits {}
extension Bool: SameBits {
  @inline(__always) func isSame(_ other: Bool) -> Bool { self == other }
}
extension Int64: SameBits {
  @inline(__always) func isSame(_ other: Int64) -> Bool { self == other }
}
extension AirObservation: SameBits {
  @inline(__always) func isSame(_ other: AirObservation) -> Bool {
    airNow == other.airNow && longestAir == other.longestAir
      && selfTestPassed == other.selfTestPassed
  }
}

/// What the reader of a record expects when a tick says nothing about a reading: a reading that was
/// taken in the tick before is taken again in every tick, any other keeps its moment.
struct Expectation {
  /// The moment of the tick before.
  var before: Instant
  /// The moment of this tick.
  var now: Instant

  /// The record must say something about this reading.
  @inline(__always)
  func isNews<Value: SameBits>(_ reading: Reading<Value>, _ old: Reading<Value>) -> Bool {
    let isLive = old.takenAt == before && old.quality != .absent
    return reading.takenAt != (isLive ? now : old.takenAt) || reading.quality != old.quality
      || !reading.value.isSame(old.value)
  }
}
