/// The blood heat exchanger in counter-flow, by the effectiveness-NTU method
/// (docs/domain.md 4.6).
public struct HeatExchanger: BitwiseCopyable, Sendable {
  /// Heat conductance UA in W/K, 310 by default.
  public var conductance: Double

  /// Heat capacity of blood, J/(L K).
  public static var bloodCapacity: Double { 3800 }
  /// Heat capacity of water, J/(L K).
  public static var waterCapacity: Double { 4186 }

  /// An exchanger of a conductance in W/K.
  public init(conductance: Double) { self.conductance = conductance }

  /// Heat capacity rate of a blood flow, W/K.
  public static func bloodRate(_ flow: Flow) -> Double {
    max(flow.litersPerMinute, 0) * bloodCapacity / 60
  }

  /// How far the blood comes towards the water's inlet temperature, 0...1.
  ///
  /// Without water flow it is 0; without blood flow it is 1, because standing blood takes the
  /// temperature of the water.
  public func effectiveness(blood: Flow, water: Flow) -> Double {
    let bloodRate = Self.bloodRate(blood)
    let waterRate = max(water.litersPerMinute, 0) * Self.waterCapacity / 60
    guard waterRate > 1e-3 else { return 0 }
    guard bloodRate > 1e-3 else { return 1 }
    let units = conductance / bloodRate
    let ratio = bloodRate / waterRate
    let unbalanced = units * (1 - ratio)
    guard unbalanced.magnitude > 1e-6 else { return units / (1 + units) }
    // Written with the decaying exponential on either side of balance.
    let fading = Self.decay(unbalanced.magnitude)
    return unbalanced > 0
      ? (1 - fading) / (1 - ratio * fading) : (1 - fading) / (ratio - fading)
  }

  /// e to the power of -x for x at or above 0, without libm: a rational approximation of x/32
  /// squared five times; exact to 1e-9.
  static func decay(_ x: Double) -> Double {
    let part = min(max(x, 0), 40) / 32
    let even = 1 + part * part / 10
    let odd = part * (0.5 + part * part / 120)
    var value = (even - odd) / (even + odd)
    for _ in 0..<5 { value *= value }
    return value
  }
}
