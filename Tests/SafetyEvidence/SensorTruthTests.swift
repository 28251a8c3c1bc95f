import Foundation
import CircuitModel
import PerfusionCore
import SafetyEvidence
import Scenarios
import TestSupport
import Testing
import VirtualBoard

/// Sensor truth (docs/domain.md 8.4): faults of sensors are named, and nothing is named without one.
@Suite("Redundant measures name one cause", .enabled(if: isOptimised))
struct SensorTruthTests {
  private func bench(isEcmo: Bool, seed: UInt64) throws -> SafetyBench {
    let bench = try SafetyBench(
      start: "HIL/scenarios/startup-\(isEcmo ? "ecmo" : "adult").yaml", root: root, seed: seed)
    bench.run(seconds: 45)
    bench.forget()
    return bench
  }

  @Test(
    "A sensor that is lost, frozen, off, drifting or exchanged is named in time, and stops nothing",
    .verifies("HZ-41", "HZ-42", "HZ-43", "HZ-48", "R3", "AL-07", "AL-25", "AL-49", "AL-56"),
    arguments: FaultRow.all)
  func matrix(row: FaultRow) throws {
    for cell in row.cells {
      let bench = try bench(isEcmo: row.isEcmo, seed: 11)
      let before = bench.rig.status.pumps[0].commandedSpeed
      let word = try #require(FaultWord(rawValue: cell.word))
      try bench.apply(.fault(FaultSpecification(target: row.sensor, word: word)))
      let found = bench.run(upTo: cell.within) { cell.finding.holds(on: $0) }
      if case .nothing = cell.finding {
        #expect(bench.rig.status.cause == .none, "\(row.testDescription):\(cell.word)")
      } else {
        #expect(
          found, "\(row.testDescription):\(cell.word), cause \(bench.rig.status.cause)")
      }
      let share = bench.rig.status.pumps[0].measuredSpeed.value / before
      #expect(share > 0.8, "\(row.testDescription):\(cell.word) slowed the pump to \(share)")
      #expect(bench.rig.status.pumps[0].grade < .zeroFlow)
    }
  }

  @Test(
    "Ten minutes of undisturbed bypass with noise name nothing and doubt no sensor",
    arguments: [false, true], 21..<25 as Range<UInt64>)
  func steady(isEcmo: Bool, seed: UInt64) throws {
    let bench = try bench(isEcmo: isEcmo, seed: seed)
    bench.run(seconds: 600)
    #expect(bench.causes.isEmpty, "\(bench.causes)")
    #expect(bench.doubts.isEmpty, "\(bench.doubts)")
  }

  @Test(
    "The normal cases name nothing and doubt no sensor", .verifies("C2", "C5"),
    arguments: ["c02-initiation-roller", "c05-rewarm-wean-terminate"], 1..<4 as Range<UInt64>)
  func normal(name: String, seed: UInt64) throws {
    let bench = try SafetyBench(
      start: "HIL/scenarios/\(name).yaml", root: root, seed: seed, isJudged: false)
    #expect(bench.causes.isEmpty, "\(bench.causes)")
    #expect(bench.doubts.isEmpty, "\(bench.doubts)")
  }

  @Test(
    "On every board each pressure, flow and temperature reads what is true",
    arguments: ["startup-adult", "startup-ecmo", "startup-liver"])
  func readings(start: String) throws {
    let bench = try SafetyBench(start: "HIL/scenarios/\(start).yaml", root: root, seed: 3)
    bench.run(seconds: 20)
    let sensors = bench.rig.sensors
    let truth = try #require(bench.rig.truth)
    for raw in 0..<UInt8(PressureSite.count) {
      let site = try #require(PressureSite(rawValue: raw))
      guard let reading = sensors[site].usable else { continue }
      let error = reading.millimetersOfMercury - truth.pressures[site]
      #expect(error.magnitude < 20, "\(site) reads \(error) mmHg off")
    }
    for raw in 0..<UInt8(TemperatureSite.count) {
      let site = try #require(TemperatureSite(rawValue: raw))
      guard let reading = sensors[site].usable else { continue }
      #expect((reading.degreesCelsius - truth.temperatures[site]).magnitude < 1, "\(site)")
    }
  }
}

extension Finding {
  func holds(on bench: SafetyBench) -> Bool {
    switch self {
    case .cause(let cause): bench.rig.status.cause == cause
    case .doubt(let sensor, let doubt):
      bench.doubts.contains { $0.0 == sensor && $0.1 == doubt }
    case .alarm(let number): bench.raised.contains(AlarmID(number))
    case .nothing: false
    }
  }
}
