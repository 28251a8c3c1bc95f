@testable import CircuitModel
import PerfusionCore
import TestSupport
import Testing

@Suite("Heat")
struct HeatTests {
  @Test(
    "The heat exchanger is as effective as docs/domain.md 4.6 says",
    arguments: [(4.56, 12.0, 0.61), (6, 12, 0.51), (3, 12, 0.77), (4.56, 6, 0.56), (4, 10, 0.65)])
  func effectiveness(_ blood: Double, _ water: Double, _ expected: Double) {
    let found = HeatExchanger.effectiveness(
      blood: blood, water: water, conductance: 0.31, bloodHeatContent: 3.8)
    #expect(abs(found - expected) < 0.006)
  }

  @Test("Effectiveness stays in 0...1 and never gives more heat than the water holds")
  func effectivenessBounds() {
    var random = SplitMix64(state: 7)
    for _ in 0..<2000 {
      let blood = random.uniform(0, 8)
      let water = random.uniform(0, 20)
      let found = HeatExchanger.effectiveness(
        blood: blood, water: water, conductance: random.uniform(0.05, 1), bloodHeatContent: 3.8)
      #expect(found >= 0 && found <= 1)
      #expect(found * blood * 3.8 <= water * 4.18 + 1e-9)
    }
  }

  /// The bath as an ideal heater-cooler would lead it: the set-point law and limits of
  /// docs/domain.md 4.6, slewing at 4 degC a minute.
  struct IdealBath {
    var target: Double
    var floor = 0.0
    var temperature: Double
    var peakBath = 0.0
    var peakRate = 0.0
    var peakGradient = 0.0
    var peakWarmGradient = 0.0

    mutating func lead(_ bench: inout Bench, until core: (Double) -> Bool) -> Double {
      let start = bench.time
      var last = bench.circuit.heat.body.core
      while bench.time - start < 5400, !core(bench.circuit.heat.body.core) {
        bench.run(0.5) { $0.circuit.heat.patientWater.temperature = temperature }
        let heat = bench.circuit.heat
        let gradient = heat.arterial < 30 ? 10.0 : 4.0
        let wanted = min(
          max(target, floor, heat.entering - 10), heat.entering + gradient, 37)
        let water = heat.entering + (wanted - heat.entering) / max(heat.effectiveness, 0.1)
        temperature += min(max(min(max(water, 2), 41) - temperature, -4.0 / 120), 4.0 / 120)
        peakBath = max(peakBath, temperature)
        let rate = abs(heat.body.core - last) * 120
        last = heat.body.core
        peakGradient = max(peakGradient, abs(heat.arterial - heat.entering))
        if heat.arterial >= 30 {
          peakWarmGradient = max(peakWarmGradient, heat.arterial - heat.entering)
          if bench.time - start > 180 { peakRate = max(peakRate, rate) }
        }
      }
      return (bench.time - start) / 60
    }
  }

  static func cooledBench() -> Bench {
    var bench = Bench {
      $0.events.heartStrength = 0
      $0.water.patient.initialTemperature = 36
    }
    bench.turn(at: 4.56 / 0.045)
    bench.inputs.waterPump[0] = 1
    bench.run(5)
    return bench
  }

  @Test(
    "Cooling under an ideal bath takes as long as the reference's model", .verifies("C4"),
    arguments: [(28.0, 22.0, 12.1), (28, 25, 16.6), (20, 14, 21)])
  func cooling(_ core: Double, _ floor: Double, _ minutes: Double) {
    var bench = Self.cooledBench()
    var bath = IdealBath(target: floor, floor: floor, temperature: 36)
    let time = bath.lead(&bench) { $0 <= core }
    #expect(abs(time - minutes) < 0.09 * minutes)
    #expect(bath.peakGradient < 10.3)
  }

  @Test("Rewarming under an ideal bath keeps the laws and takes 32 to 42 min", .verifies("C5"))
  func rewarming() {
    var bench = Self.cooledBench()
    var cold = IdealBath(target: 22, floor: 22, temperature: 36)
    _ = cold.lead(&bench) { $0 <= 28 }
    bench.circuit.heat.body.periphery = 30
    var bath = IdealBath(target: 37, temperature: 27)
    let time = bath.lead(&bench) { $0 >= 36.5 }
    #expect(time > 32 && time < 42)
    #expect(abs(bath.peakBath - 39.6) < 0.5)
    #expect(bath.peakRate < 0.5)
    #expect(bath.peakWarmGradient < 7)
    #expect(bench[.arterialBloodTemperature] <= 37.05)
  }

  @Test("An unloaded tank warms by 2.7 to 3.6 degC a minute with 1.5 to 2 kW")
  func tank() {
    for (watts, rate) in [(1500.0, 2.7), (2000, 3.6)] {
      var bench = Bench()
      bench.inputs.heaterWatts[0] = watts
      let before = bench[.patientBathTemperature]
      bench.run(60)
      #expect(abs(bench[.patientBathTemperature] - before - rate) < 0.1)
    }
  }

  @Test("Chiller and cold store take out 2.9 kW at working temperatures and never freeze")
  func chiller() {
    var bench = Bench { $0.water.patient.initialTemperature = 15 }
    bench.inputs.chillerOn[0] = true
    bench.run(10)
    let cooled = (15 - bench[.patientBathTemperature]) * 33.44 / 10
    #expect(cooled > 2.9)
    bench.run(900)
    #expect(bench[.patientBathTemperature] > 0.5)
    #expect(bench[.patientBathTemperature] < 2)
  }

  @Test("Water takes the hose's volume over the flow to arrive", arguments: [1.0, 0.5])
  func deadTime(_ speed: Double) throws {
    var bench = Bench { $0.water.patient.initialTemperature = 20 }
    bench.inputs.waterPump[0] = speed
    bench.run(20)
    bench.circuit.heat.patientWater.temperature = 30
    let expected = 0.76 / (12 * speed) * 60
    let time = try #require(
      bench.seconds(within: 20) { $0.circuit.heat.patientWater.supplied > 25 })
    #expect(abs(time - expected) < 0.25)
  }

  @Test("Kinked hoses and an empty tank stop the water")
  func noWater() {
    var bench = Bench()
    bench.inputs.waterPump[0] = 1
    bench.run(1)
    #expect(bench[.patientWaterFlow] == 12)
    bench.circuit.parameters.water.patient.hoseOpening = 0.1
    bench.run(1)
    #expect(abs(bench[.patientWaterFlow] - 1.2) < 1e-9)
    bench.circuit.parameters.water.patient.hoseOpening = 1
    bench.circuit.parameters.water.patient.leakRate = 30
    bench.run(15)
    #expect(bench.signals.tankLiters[0] < 1)
    #expect(bench[.patientWaterFlow] == 0)
  }

  @Test("Blood that stands in the exchanger takes the water's temperature")
  func standingBlood() {
    var bench = Bench { $0.water.patient.initialTemperature = 41 }
    bench.inputs.arterialClamp = 0
    bench.inputs.waterPump[0] = 1
    bench.run(120)
    #expect(bench[.arterialBloodTemperature] > 40)
  }

  @Test("Without water the blood leaves as it enters")
  func noExchange() {
    var bench = Bench()
    bench.turn(at: 100)
    bench.run(60)
    #expect(abs(bench[.arterialBloodTemperature] - bench[.venousBloodTemperature]) < 0.05)
  }

  @Test("4:1 cardioplegia leaves its exchanger near the temperature of its bath", .verifies("C4"))
  func cardioplegia() {
    var bench = BranchTests.arrested { $0.water.cardioplegia.initialTemperature = 4 }
    bench.inputs.waterPump[1] = 1
    bench.inputs.chillerOn[1] = true
    bench.turn(1, at: 240 / 13)
    bench.turn(2, at: 60 / 7.4)
    bench.run(60)
    #expect(bench[.cardioplegiaTemperature] < 8)
    #expect(bench[.cardioplegiaTemperature] > 2)
  }

  @Test("A patient left alone loses a third of a degree an hour, not more than the room takes")
  func atRest() {
    var bench = Bench { $0.events.surgeonClamp = 0 }
    bench.inputs.venousOccluder = 0
    bench.run(600)
    let body = bench.circuit.heat.body
    let mean = 0.6 * body.core + 0.4 * body.periphery
    #expect(abs(mean - 35.6) < 0.15)
    #expect(body.core > body.periphery)
  }
}
