import BoardFiles
import Foundation
import PerfusionCore
import TestSupport
import Testing

@testable import Scenarios

@Suite("Case files say what to do and what to expect")
struct CaseFileTests {
  static var root: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }
  static var files: [String] {
    let folder = root.appendingPathComponent("HIL/scenarios").path
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return all.filter { $0.hasSuffix(".yaml") }.sorted()
  }

  @Test("Every case of the repository is readable", arguments: files)
  func readable(_ name: String) throws {
    let path = Self.root.appendingPathComponent("HIL/scenarios/\(name)").path
    for file in try ScenarioFile.variants(path: path) {
      let board = try #require(file.boardPath)
      let boardPath = Self.root.appendingPathComponent(board).path
      let boardText = try String(contentsOfFile: boardPath, encoding: .utf8)
      let machine = try #require(BoardFile.read(boardText, file: board).board).machine
      let scenario = try file.scenario(for: machine, plant: PlantNumbers(machine).vocabulary)
      #expect(!scenario.title.isEmpty)
      #expect(!scenario.identifiers.isEmpty)
      #expect(scenario.entries.contains { !$0.expectations.isEmpty || $0.wait != nil })
    }
  }

  @Test("The cases of the domain reference are all there")
  func complete() {
    for prefix in ["c01-", "c02-", "c03-", "c04-", "c05-", "c08-", "c10-", "c13-"] {
      #expect(Self.files.contains { $0.hasPrefix(prefix) }, "\(prefix)")
    }
  }

  @Test("A full file gives all its parts")
  func parts() throws {
    let scenario = try read(
      """
      title: Everything
      summary: What it is about.
      verifies: [C4, HZ-24]
      board: boards/adult.yaml
      seed: 18446744073709551615
      patient: { systemicResistance: 18 mmHg/(L/min) }
      circuit:
        leakFlow: 250 ml/min
        drainageHeight: 40
      duration: 1 h 30 min
      timeline:
        - at: 12 min 30 s
          note: begin
          do: [start arterial, "set arterial flow 4.5 L/min"]
          circuit: set systemicResistance 14 mmHg/(L/min)
          fault: arterialClamp:stuck
          expect: arterialLinePressure = 140 mmHg +- 20 mmHg within 2 min
        - after: 5s
          supply: mains off
          firmware: restart after 2 s
          hand: press emergency stop
        - wait: phase onBypass within 30 s
          clear: arterialClamp:stuck
      always:
        - true.airToPatient < 0.01 ml
      """)
    #expect(scenario.identifiers == ["C4", "HZ-24"])
    #expect(scenario.seed == .max)
    #expect(scenario.duration == 5400)
    #expect(scenario.overrides.map(\.value) == [18, 0.25, 40])
    #expect(scenario.entries.count == 3)
    #expect(scenario.entries[0].due == .at(750))
    #expect(scenario.entries[0].actions.count == 2)
    #expect(scenario.entries[0].stimuli.count == 2)
    #expect(scenario.entries[1].due == .after(5))
    #expect(scenario.entries[1].stimuli.count == 3)
    #expect(scenario.entries[2].wait?.within == 30)
    #expect(scenario.invariants.count == 1)
  }

  @Test("A ramp commands once a second and ends on its target")
  func ramp() throws {
    let scenario = try read(
      """
      title: ramp
      timeline:
        - at: 0 s
          do: ramp arterial flow from 1.0 to 4.56 L/min over 60 s
      """)
    let actions = scenario.entries[0].actions
    #expect(actions.count == 61)
    #expect(actions[1].after == 1)
    guard case .setFlow(0, let last) = actions[60].action else {
      Issue.record("no flow")
      return
    }
    #expect(last.litersPerMinute == 4.56)
  }
}
