import ChipDrivers
import PerfusionCore

/// All two-state places of a board in one word: a millisecond in which none of them changes costs
/// the lines one comparison.
struct TwoStates: Equatable {
  /// Bit i is the place whose number `bit(of:)` gives as i.
  private(set) var word: UInt64 = 0

  /// The number of a two-state place, nothing for any other.
  static func bit(of site: SensorSite) -> Int? {
    switch site {
    case .driveAlive(let pump): pump < 8 ? Int(pump) : nil
    case .driveFault(let pump): pump < 8 ? 8 + Int(pump) : nil
    case .torqueIsOff(let pump): pump < 8 ? 16 + Int(pump) : nil
    case .coverIsOpen(let pump): pump < 8 ? 24 + Int(pump) : nil
    case .switchInput(let place): 32 + Int(place.rawValue & 15)
    case .air(let place): 48 + Int(place.rawValue & 3)
    default: nil
    }
  }

  /// The state of a place; false for one that has no two states.
  subscript(site: SensorSite) -> Bool {
    TwoStates.bit(of: site).map { word >> UInt64($0) & 1 != 0 } ?? false
  }

  /// Notes what a drive says of itself.
  @inline(__always) mutating func note(_ pump: Int, alive: Bool, fault: Bool, off: Bool, open: Bool)
  {
    let states: UInt64 =
      (alive ? 1 : 0) | (fault ? 1 << 8 : 0) | (off ? 1 << 16 : 0) | (open ? 1 << 24 : 0)
    word |= states << UInt64(pump & 7)
  }

  /// Notes the state of a switch.
  @inline(__always) mutating func note(_ place: SwitchSite, _ state: Bool) {
    word |= (state ? 1 : 0) << UInt64(32 + place.rawValue)
  }

  /// Notes whether a detector is in air.
  @inline(__always) mutating func note(_ place: AirSite, _ state: Bool) {
    word |= (state ? 1 : 0) << UInt64(48 + place.rawValue)
  }
}
