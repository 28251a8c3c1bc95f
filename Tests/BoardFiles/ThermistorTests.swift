@testable import BoardFiles
import ChipDrivers
import Testing

@Suite("Thermistor curves")
struct ThermistorTests {
  private var probe: Thermistor {
    Thermistor.ysi400(r25: 2252, series: 2252, supply: 3.3, isLow: true)
  }

  @Test(
    "A YSI-400 probe has the resistances of docs/domain.md 10.1",
    arguments: [(4.0, 6011.0), (25, 2252), (28, 1977), (30, 1814), (37, 1354.6), (41, 1152)])
  func resistance(_ temperature: Double, _ ohm: Double) {
    #expect((probe.resistance(temperature) - ohm).magnitude < ohm * 0.002)
  }

  @Test("At 37 degC it gives 1.239 V under 2252 ohm at 3.3 V")
  func voltage() {
    #expect((probe.voltage(probe.resistance(37)) - 1.239).magnitude < 0.001)
  }

  @Test(
    "The curve is within 10 mK of the law everywhere, either way round", arguments: [true, false])
  func accuracy(_ isLow: Bool) {
    var thermistor = probe
    thermistor.isLow = isLow
    let curve = thermistor.curve(0...50)
    for step in 0...500 {
      let temperature = Double(step) / 10
      let volts = thermistor.voltage(thermistor.resistance(temperature))
      #expect((interpolated(curve, volts) - temperature).magnitude < 0.01)
    }
  }

  @Test("Inputs rise strictly and every number is a multiple of a millionth")
  func shape() {
    let curve = probe.curve(0...50)
    #expect(curve.count == 33)
    for index in 0..<33 {
      if index > 0 { #expect(curve.inputs[index] > curve.inputs[index - 1]) }
      for number in [curve.inputs[index], curve.outputs[index]] {
        #expect((number * 1e6).rounded() / 1e6 == number)
      }
    }
  }

  @Test("Another resistance follows the same law at its own scale", arguments: [1000.0, 10_000])
  func scaled(_ r25: Double) {
    let other = Thermistor.ysi400(r25: r25, series: r25, supply: 3.3, isLow: true)
    for temperature in [0.0, 10, 25, 37, 50] {
      let expected = probe.resistance(temperature) * r25 / 2252
      #expect((other.temperature(expected) - temperature).magnitude < 0.001)
    }
  }

  private func interpolated(_ curve: Curve, _ input: Double) -> Double {
    var index = 1
    while index < Int(curve.count) - 1 && curve.inputs[index] < input { index += 1 }
    let share =
      (input - curve.inputs[index - 1]) / (curve.inputs[index] - curve.inputs[index - 1])
    return curve.outputs[index - 1] + share * (curve.outputs[index] - curve.outputs[index - 1])
  }
}
