internal import ChipDrivers
internal import Foundation
internal import PerfusionCore

/// A thermistor in a divider: what voltage it gives at a temperature.
struct Thermistor: Equatable {
  /// What a resistance is multiplied by before the law: 2252 ohm over that at 25 degC.
  var share: Double
  /// Steinhart-Hart coefficients.
  var a: Double
  var b: Double
  var c: Double
  /// The other resistor of the divider, ohm.
  var series: Double
  /// The voltage over the divider.
  var supply: Double
  /// The thermistor is the lower half of the divider.
  var isLow: Bool

  /// The law of YSI-400 probes (docs/domain.md 10.1), scaled to another resistance at 25 degC.
  static func ysi400(r25: Double, series: Double, supply: Double, isLow: Bool) -> Thermistor {
    Thermistor(
      share: 2252 / r25, a: 1.46757e-3, b: 2.38334e-4, c: 1.01315e-7, series: series,
      supply: supply, isLow: isLow)
  }

  /// The law with one constant: R = R25 exp(beta (1/T - 1/298.15 K)).
  static func beta(
    _ beta: Double, r25: Double, series: Double, supply: Double, isLow: Bool
  ) -> Thermistor {
    Thermistor(
      share: 1, a: 1 / 298.15 - log(r25) / beta, b: 1 / beta, c: 0, series: series,
      supply: supply, isLow: isLow)
  }

  /// The temperature at a resistance, degC.
  func temperature(_ resistance: Double) -> Double {
    let l = log(resistance * share)
    return 1 / (a + b * l + c * l * l * l) - 273.15
  }

  /// The resistance at a temperature, by halving the interval of its logarithm.
  func resistance(_ temperature: Double) -> Double {
    var (low, high) = (log(1.0), log(10_000_000.0))
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if self.temperature(exp(middle)) > temperature { low = middle } else { high = middle }
    }
    return exp((low + high) / 2)
  }

  /// The voltage at a resistance.
  func voltage(_ resistance: Double) -> Double {
    let share = resistance / (resistance + series)
    return supply * (isLow ? share : 1 - share)
  }

  /// The temperature at a voltage.
  func temperature(voltage: Double) -> Double {
    let share = isLow ? voltage / supply : 1 - voltage / supply
    return temperature(series * share / (1 - share))
  }

  /// A curve of 33 points over a range of temperatures, voltages rising.
  ///
  /// Rounded to a millionth, so that another machine's logarithm gives the same curve.
  func curve(_ range: ClosedRange<Double>) -> Curve {
    var curve = Curve()
    curve.count = 33
    for index in 0..<33 {
      let share = Double(index) / 32
      let step = (range.upperBound - range.lowerBound) * (isLow ? 1 - share : share)
      let volts = Thermistor.rounded(voltage(resistance(range.lowerBound + step)))
      curve.inputs[index] = volts
      curve.outputs[index] = Thermistor.rounded(temperature(voltage: volts))
    }
    return curve
  }

  private static func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
}

extension Draft {
  /// `thermistor`: r25, series, supply, side, beta; gives the temperatures that the curve covers.
  func readThermistor(
    _ field: Field, _ kind: UnitKind, _ channel: ChannelFacts, _ sensor: inout SensorWiring
  ) -> ClosedRange<Double>? {
    guard let section = Section(field, what: "thermistor") else { return nil }
    let r25 = section.required("r25", "write its resistance at 25 degC, '2252 ohm'")?
      .amount(.resistance, 100...1_000_000)
    let series = section.required("series", "write the other resistor of the divider")?
      .amount(.resistance, 100...1_000_000)
    let supply = section.required("supply", "write the voltage over the divider")?
      .amount(.voltage, 0.1...6)
    let sides = [("low", true), ("high", false)]
    let isLow = section.required("side", "write low when it is wired to ground, else high")?
      .choice(sides)
    let beta = section.field("beta")?.amount(.temperatureDifference, 1000...6000)
    section.finish()
    guard kind.name == UnitKind.temperature.name, channel.kind.name == UnitKind.voltage.name else {
      field.fail(
        "a thermistor gives a temperature from a voltage", "write it at a temperature of an ADC")
      return nil
    }
    guard let r25, let series, let supply, let isLow else { return nil }
    let thermistor =
      beta.map { .beta($0, r25: r25, series: series, supply: supply, isLow: isLow) }
      ?? Thermistor.ysi400(r25: r25, series: series, supply: supply, isLow: isLow)
    return takeCurve(thermistor, field, channel, &sensor)
  }

  /// The temperatures that the curves cover, degC.
  static let thermistorRange: ClosedRange<Double> = 0...50

  private func takeCurve(
    _ thermistor: Thermistor, _ field: Field, _ channel: ChannelFacts,
    _ sensor: inout SensorWiring
  ) -> ClosedRange<Double>? {
    let curve = thermistor.curve(Draft.thermistorRange)
    if curve.inputs[32] > channel.span.upperBound {
      field.fail(
        "the divider gives up to \(NumberText.text(curve.inputs[32])) V, more than the "
          + "\(NumberText.text(channel.span.upperBound)) V of the channel",
        "write a larger 'fullScale' at the chip")
    }
    for index in wiring.curves.indices where wiring.curves[index].isSame(as: curve) {
      sensor.curve = Int8(index)
      return Draft.thermistorRange
    }
    sensor.curve = Int8(wiring.curves.count)
    append(curve, to: &wiring.curves, "different thermistors", at: field)
    return Draft.thermistorRange
  }
}

extension Curve {
  /// Every point is the same.
  func isSame(as other: Curve) -> Bool {
    count == other.count
      && (0..<Int(count)).allSatisfy {
        inputs[$0] == other.inputs[$0] && outputs[$0] == other.outputs[$0]
      }
  }
}
