import TestSupport
import Testing

@testable import PerfusionCore

/// A circuit drawn at random from what boards, patients and sensors may be.
struct RandomCircuit {
  var rig: ThermalRig
  /// How much the outlet reads above the venous sensor for the same blood.
  let skew: Double

  init(seed: UInt64) {
    var draw = Draw(state: seed &* 7919 &+ 17)
    var plant = ThermalPlant()
    plant.bloodLiters = draw.between(1, 6)
    plant.conductance = 310 * draw.between(0.7, 1.3)
    plant.tankLiters = draw.between(4, 12)
    plant.massKilograms = seed % 3 == 0 ? draw.between(3, 20) : draw.between(20, 120)
    // Nobody perfuses more than 200 ml/min for each kilogram.
    plant.bloodLiters = min(plant.bloodLiters, 0.2 * plant.massKilograms)
    rig = ThermalRig(plant: plant, core: 36, tank: 30, seed: seed)
    rig.outlet.lag = draw.between(2, 8)
    rig.returning.lag = draw.between(2, 8)
    rig.bath.lag = draw.between(2, 8)
    rig.bathTwin.lag = rig.bath.lag
    rig.outlet.bias = draw.between(-0.2, 0.2)
    rig.returning.bias = draw.between(-0.2, 0.2)
    rig.bath.bias = draw.between(-0.2, 0.2)
    rig.bathTwin.bias = draw.between(-0.2, 0.2)
    skew = rig.outlet.bias - rig.returning.bias
  }

  private struct Draw {
    var state: UInt64
    mutating func between(_ low: Double, _ high: Double) -> Double {
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = state
      bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
      bits ^= bits >> 31
      return low + (high - low) * Double(bits >> 11) / 9_007_199_254_740_992
    }
  }
}

@Suite("Any circuit, patient and sensor")
struct ThermalSweepTests {
  @Test(
    "Cooling, holding and rewarming keep ceiling, gradients and rate",
    .verifies("HZ-22", "HZ-24", "AL-43", "AL-44", "AL-45", "AL-46"),
    arguments: 0..<150 as Range<UInt64>)
  func keepsTheLaws(seed: UInt64) {
    let circuit = RandomCircuit(seed: seed)
    var rig = circuit.rig
    rig.run(.cool, target: 28, minutes: 40) { $0.plant.core <= 28 }
    rig.run(.maintain, target: 28, minutes: 10)
    rig.run(.rewarm, target: 36.5, minutes: 60)
    rig.run(.maintain, target: 36, minutes: 10)
    // What the controller can see keeps the law; the truth differs by the sensors' bias.
    #expect(rig.hottestOutlet < 37.0)
    #expect(rig.widestWarming + circuit.skew <= 4.2)
    #expect(rig.widestCooling - circuit.skew <= 10.2)
    #expect(rig.fastestRewarm <= 0.53)
    #expect(rig.hottestBath < 41.3)
    #expect(rig.foughtTicks == 0)
    let findings = rig.findingsSeen
    #expect(!findings.arterialSensorFault)
    #expect(!findings.uncommandedHeating)
    #expect(!findings.heaterWithoutEffect)
    #expect(!findings.bathCut)
    #expect(!findings.bloodWarm)
  }
}
