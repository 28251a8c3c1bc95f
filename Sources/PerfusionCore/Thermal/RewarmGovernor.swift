/// Holds rewarming to its rate, 0.5 K/min of the returning blood over two minutes once the outlet
/// reaches 30 degC (docs/domain.md 5.1 number 7).
///
/// How fast a patient warms for a given gradient depends on mass and flow: an adult takes the full
/// 4 K, a newborn at full flow must not. So the governor watches, over the last minute, how much
/// the venous blood rose for the gradient it was given, and permits the gradient that makes 90 %
/// of the limit. Until that is known the outlet set-point climbs at the limit itself.
struct RewarmGovernor: Sendable {
  /// Samples in two minutes at 0.5 Hz.
  private static var capacity: Int { 60 }
  /// Samples in the minute of which gradient and rise are compared.
  private static var compared: Int { 30 }

  private let limits: BloodTemperatureLimits
  private var venous = InlineArray<60, Double>(repeating: 0)
  private var gradient = InlineArray<60, Double>(repeating: 0)
  private var newest = 0
  private var count = 0
  private var warmCount = 0
  /// Blood flow since which the rise is judged.
  private var steadyFlow = Flow.zero
  private var ceiling: Temperature?

  /// Share of the limit that is aimed at.
  private static var aim: Double { 0.9 }
  /// Rise that sensor noise may hide, K.
  private static var noise: Double { 0.05 }
  /// Change of the blood flow after which the rise is judged anew: another flow mixes the body's
  /// returns differently, and what the venous blood then rises by is no rewarming (AL-45).
  private static var flowChange: Double { 0.2 }
  /// How far the set-point may lead the outlet at first.
  private static var firstStep: TemperatureDifference { .kelvins(1.5) }

  init(_ limits: BloodTemperatureLimits) { self.limits = limits }

  /// Forgets the past, when blood flow or a sensor was lost.
  mutating func reset() {
    count = 0
    warmCount = 0
    ceiling = nil
  }

  /// Remembers what one outer period showed.
  mutating func record(arterial: Temperature, venous blood: Temperature, flow: Flow) {
    if (flow - steadyFlow).magnitude > steadyFlow * Self.flowChange {
      steadyFlow = flow
      warmCount = 0
    }
    newest = (newest + 1) % Self.capacity
    venous[newest] = blood.degreesCelsius
    gradient[newest] = (arterial - blood).kelvins
    count = min(count + 1, Self.capacity)
    warmCount = arterial >= limits.gradientSwitch ? min(warmCount + 1, Self.capacity) : 0
  }

  /// Rise of the venous blood over the last two minutes, once the outlet has been at or above
  /// 30 degC, and the flow steady, for that long.
  var rate: TemperatureRate? {
    guard warmCount >= Self.capacity else { return nil }
    return .kelvinsPerMinute((venous[newest] - venous[(newest + 1) % Self.capacity]) / 2)
  }

  /// The outlet set-point that the rate permits, for one more outer period of `step`.
  mutating func limit(
    _ wanted: Temperature, arterial: Temperature, venous blood: Temperature, step: Seconds
  ) -> Temperature {
    guard wanted >= limits.gradientSwitch, wanted > blood else {
      ceiling = nil
      return wanted
    }
    let present = ceiling ?? arterial + Self.firstStep
    let climb = present + limits.rewarmRate * step * Self.aim
    let permitted = permittedGradient.map { blood + $0 } ?? climb
    let next = min(permitted, wanted)
    ceiling = next
    return next
  }

  /// The gradient that makes the patient warm at the rate aimed at, once it is known.
  private var permittedGradient: TemperatureDifference? {
    guard count >= Self.compared else { return nil }
    var sum = 0.0
    for age in 0..<Self.compared {
      sum += gradient[(newest + Self.capacity - age) % Self.capacity]
    }
    let mean = sum / Double(Self.compared)
    guard mean >= 1 else { return nil }
    let before = venous[(newest + Self.capacity - Self.compared + 1) % Self.capacity]
    let rise = max(venous[newest] - before, 0) + Self.noise
    return .kelvins(limits.rewarmRate.kelvinsPerMinute * Self.aim * mean / rise)
  }
}
