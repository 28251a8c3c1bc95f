public import PerfusionCore

/// The analog and digital nets that the chips of a board feel.
///
/// A chip pulls a net at the moment when it converts, never before. Units depend on the chip: see
/// `netCount(of:)` for the order of nets and their units. Stored properties are not public, so
/// that the compiler can prove their accesses exclusive and leave the checks out of every sample.
public final class Nets {
  /// Present values by net.
  var values: [Double]
  /// Works a net out on demand; when it is set, `values` is not looked at.
  var map: NetMap?
  /// How far the board has advanced. Outputs under the fault word `delayed` and latched alert
  /// pins need the time between transactions; without it they follow at the next transaction.
  var now = Instant.start

  /// Makes `count` nets at zero.
  public init(count: Int) { values = Array(repeating: 0, count: count) }

  /// The value of a net at a moment; 0 for a net that does not exist.
  public func value(_ net: Int, at instant: Instant) -> Double {
    if let map { return map.value(net, at: instant) }
    return net >= 0 && net < values.count ? values[net] : 0
  }

  /// Levels of up to 16 neighbouring nets at a moment, bit i for net `first + i`: which are high
  /// (0.5 and above), and which float (not a number).
  func levels(first: Int, count: Int, at instant: Instant) -> (high: UInt16, floating: UInt16) {
    if let map { return map.levels(first: first, count: count, at: instant) }
    var high: UInt16 = 0
    var floating: UInt16 = 0
    for index in 0..<count {
      let level = value(first &+ index, at: instant)
      high |= (level >= 0.5 ? 1 : 0) << UInt16(index)
      floating |= (level != level ? 1 : 0) << UInt16(index)
    }
    return (high, floating)
  }

  /// Puts a value on a net from now on; a net that does not exist takes none.
  public func set(_ net: Int, to value: Double) {
    if net >= 0, net < values.count { values[net] = value }
  }

  /// Tells the chips how far the board has advanced.
  public func advance(to instant: Instant) { now = instant }
}
