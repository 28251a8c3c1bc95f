public import ChipDrivers
public import PerfusionCore

/// The leases of one chip as whoever drives it sees them: what each output falls back to, and which
/// of them have.
public struct ChipLeases: BitwiseCopyable, Sendable {
  /// Leases that have run out, each counted once.
  public private(set) var expired: UInt64 = 0
  /// Channels or pins that an actuator drives.
  @usableFromInline private(set) var leased: UInt16 = 0
  private var lapsed: UInt16 = 0
  private var holding: UInt16 = 0
  private var pins: UInt16 = 0
  private var isExpander = false
  private var values = InlineArray<16, Double>(repeating: 0)

  /// A chip without actuators.
  public init() {}

  /// The leases of the chip with this index in the wiring.
  public init(_ wiring: borrowing BoardWiring, chip: Int) {
    for index in wiring.actuators.indices {
      guard let entry = ActuatorEntry(wiring.actuators[index], wiring) else { continue }
      switch entry.target {
      case .line: continue
      case .channel(let own, let channel) where Int(own) == chip:
        add(Int(channel), entry.fallback)
        values[Int(channel)] = entry.fallback == .on ? entry.scale + entry.offset : 0
      case .pin(let own, let bit, let isActiveLow) where Int(own) == chip:
        isExpander = true
        add(Int(bit), entry.fallback)
        if (entry.fallback == .on) != isActiveLow { pins |= 1 << UInt16(bit & 15) }
      case .channel, .pin: continue
      }
    }
  }

  private mutating func add(_ place: Int, _ fallback: LeaseFallback) {
    let bit: UInt16 = 1 << UInt16(place & 15)
    leased |= bit
    if fallback == .hold { holding |= bit } else { holding &= ~bit }
  }

  /// The chip has actuators.
  public var isLeased: Bool { leased != 0 }

  /// An actuator of this chip does something else than hold when its lease ends.
  public var hasFallback: Bool { leased & ~holding != 0 }

  /// Looks which leases have run out by now; true when an output is not what was asked.
  ///
  /// The command is only read; it is passed in place because a borrowed one is copied as a whole.
  @usableFromInline mutating func judge(_ command: inout ChipCommand, now: Instant) -> Bool {
    var over: UInt16 = 0
    var rest = leased
    while rest != 0 {
      let place = rest.trailingZeroBitCount
      rest &= rest &- 1
      if command.ends[place] <= now.microseconds { over |= 1 << UInt16(place) }
    }
    guard over != lapsed else { return over & ~holding != 0 }
    expired &+= UInt64((over & ~lapsed).nonzeroBitCount)
    lapsed = over
    return over & ~holding != 0
  }

  /// Puts the fallbacks of the leases that have run out in place of what was asked.
  @usableFromInline func fallBack(_ command: inout ChipCommand) {
    let falling = lapsed & ~holding
    for place in 0..<16 where falling >> UInt16(place) & 1 != 0 {
      if isExpander {
        command.outputs.setPin(place, isHigh: pins >> UInt16(place) & 1 != 0)
      } else {
        command.outputs.set(place, values.span[place])
      }
    }
  }
}
