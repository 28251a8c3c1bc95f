public import PerfusionCore

/// The analog and digital nets that the chips of a board feel.
///
/// A chip pulls a net at the moment when it converts, never before. Units depend on the chip: see
/// `netCount(of:)` for the order of nets and their units.
public final class Nets {
  /// Present values by net.
  public var values: [Double]
  /// Works a net out on demand; when it is set, `values` is not looked at.
  public var resolve: ((Int, Instant) -> Double)?
  /// How far the board has advanced. Outputs with the fault words `delayed` and latched alert
  /// pins need the time between transactions; without it they follow at the next transaction.
  public var now = Instant.start

  /// Makes `count` nets at zero.
  public init(count: Int) { values = Array(repeating: 0, count: count) }

  /// The value of a net at a moment; 0 for a net that does not exist.
  public func value(_ net: Int, at instant: Instant) -> Double {
    if let resolve { return resolve(net, instant) }
    return net >= 0 && net < values.count ? values[net] : 0
  }
}
