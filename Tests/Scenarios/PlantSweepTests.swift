import BoardFiles
import Foundation
import PerfusionCore
import TestSupport
import Testing

@testable import Scenarios

@Suite("The promised figures hold on the plant")
struct PlantSweepTests {
  /// Another patient, circuit and machine room.
  struct World: CustomTestStringConvertible, Sendable {
    let seed: UInt64
    let numbers: [String: Double]
    var testDescription: String {
      let changes = numbers.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      return "seed \(seed) " + changes.joined(separator: ", ")
    }
  }

  /// The seed draws gain and offset of every drive and sensor and all noise.
  static let worlds = [
    World(seed: 11, numbers: [:]),
    World(seed: 12, numbers: ["systemicResistance": 9, "heatCapacity": 180, "metabolism": 0.05]),
    World(
      seed: 13,
      numbers: ["systemicResistance": 17, "heatCapacity": 330, "haematocritFactor": 1.2]),
    World(
      seed: 14,
      numbers: [
        "arterial.leakFirst": 0.15, "lineCompliance": 0.4, "patientExchangerConductance": 0.25,
      ]),
    World(
      seed: 15,
      numbers: [
        "patientTankVolume": 12, "patientExchangerConductance": 0.4, "ambientTemperature": 28,
        "deliveryQuadratic": 900,
      ]),
    World(
      seed: 16,
      numbers: ["arterialCompliance": 0.6, "venousResistance": 4, "patientTankLoss": 0.01]),
  ]

  @Test(
    "Speed, dose, bath, outlet and gradients, whatever drives, sensors, patient and circuit are",
    .verifies("EP-1", "HZ-22", "HZ-24", "HZ-35", "AL-38", "AL-43", "AL-44", "AL-45", "AL-46"),
    arguments: worlds)
  func regulation(_ world: World) throws {
    let path = CaseFileTests.root.appendingPathComponent("HIL/sweeps/regulation.yaml").path
    let file = try ScenarioFile(path: path)
    let boardPath = CaseFileTests.root.appendingPathComponent(try #require(file.boardPath)).path
    let text = try String(contentsOfFile: boardPath, encoding: .utf8)
    let board = try #require(BoardFile.read(text, file: boardPath).board)
    let vocabulary = PlantNumbers(board.machine).vocabulary
    var scenario = try file.scenario(for: board.machine, plant: vocabulary)
    for (name, value) in world.numbers.sorted(by: { $0.key < $1.key }) {
      try #require(vocabulary.units[name] != nil, "the plant has no \(name)")
      scenario.overrides.append(
        PlantOverride(name: name, value: value, place: Place(line: 1, column: 1)))
    }
    let run = ScenarioRun(scenario, on: InProcessRig(board: board, seed: world.seed))
    run.runToEnd()
    for outcome in run.outcomes where outcome.verdict != .met {
      Issue.record("\(outcome.description)")
    }
  }
}
