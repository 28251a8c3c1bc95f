import BoardFiles
import CircuitModel
import Foundation
import PerfusionCore
import PhysicalRig
import TestSupport
import Testing
import VirtualBoard

@testable import Scenarios

@Suite("Scenarios on a bench of two boards back to back")
struct BenchRigTests {
  static var root: URL { CaseFileTests.root }

  static func bench() throws -> BenchDescription {
    let folder = root.appendingPathComponent("HIL/rigs")
    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }
    let example = try text("bench-example.yaml")
    let result = BenchFile.read(example, file: "bench-example.yaml") { path in
      guard let board = try? text(path) else { return nil }
      return (path, BoardFile.read(board, file: path))
    }
    return try #require(result.bench)
  }

  static func rig(seed: UInt64 = 1) throws -> BenchRig<VirtualBench> {
    let bench = try bench()
    let boards = VirtualBoardOnBench(bench, seed: seed)
    return BenchRig(
      bench, hardware: boards.boards.hardware, board: boards, seed: seed, framePeriod: 0.02)
  }

  static func scenario(_ name: String) throws -> Scenario {
    let bench = try bench()
    let path = root.appendingPathComponent("HIL/\(name)").path
    let file = try #require(try ScenarioFile.variants(path: path).first)
    return try file.scenario(
      for: bench.board.machine, plant: PlantNumbers(bench.board.machine).vocabulary)
  }

  static func run(_ name: String) throws -> (ScenarioRun<BenchRig<VirtualBench>>, RunResult) {
    let scenario = try scenario(name)
    let run = ScenarioRun(scenario, on: try rig(seed: scenario.seed ?? 1))
    run.followsRig = true
    run.runToEnd()
    run.makeSafe()
    let header = RunHeader(
      board: "bench", boardFile: "bench", seed: 1, version: "test", rig: "bench")
    return (run, run.result(header: header))
  }

  @Test("From supply to a turning pump, and safe at the end")
  func startPrime() throws {
    let (run, result) = try Self.run("scenarios/bench-start-prime.yaml")
    #expect(result.verdict == .passed, "\(result.complaints)")
    #expect(run.strategy.state == .safe)
    #expect(run.strategy.failure == nil)
  }

  @Test(
    "Emergency stop, cable and supply are played by relays, and the board reacts in time",
    .verifies("HZ-10", "HZ-54", "AL-56"),
    arguments: ["bench-emergency-stop", "bench-cable-pull", "bench-power-cut"])
  func relays(_ name: String) throws {
    let (_, result) = try Self.run("scenarios/\(name).yaml")
    #expect(result.verdict == .passed, "\(result.complaints)")
  }

  @Test("The canary fails, and says what, when and by how much")
  func canary() throws {
    let (run, result) = try Self.run("canary/must-fail.yaml")
    #expect(result.verdict == .failed)
    let told = result.complaints.joined(separator: "\n")
    #expect(told.contains("arterialLinePressure > 200 mmHg"))
    #expect(told.contains("came nearest with"))
    #expect(told.contains("beyond the bound"))
    #expect(run.strategy.state == .safe)
  }

  @Test("What a bench is not wired for is unsupported, never passed")
  func unsupported() throws {
    let (_, result) = try Self.run("canary/unsupported.yaml")
    #expect(result.verdict == .unsupported)
  }

  /// A stimulus and a part of the reason why the bench refuses it; nothing when it plays it.
  struct Ask: Sendable, CustomTestStringConvertible {
    var stimulus: Stimulus
    var reason: String?
    init(_ stimulus: Stimulus, _ reason: String? = nil) {
      self.stimulus = stimulus
      self.reason = reason
    }
    init(_ target: String, _ word: FaultWord, _ reason: String? = nil) {
      self.init(.fault(FaultSpecification(target: target, word: word)), reason)
    }
    var testDescription: String { "\(stimulus)" }
  }

  static let asks: [Ask] = [
    Ask("lineInputs", .stuck, "a chip of the board under test"),
    Ask("pressures", .hang, "a bus of the board under test"),
    Ask("store", .garbage, "what the firmware keeps"),
    Ask("electronicsTemperature", .wrong, "left to the board itself"),
    Ask("pumpInletPressure", .off, "no relay that opens it"),
    Ask("pumpInletPressure", .intermittent, "no relay that opens it"),
    Ask(.cover(pump: 0, isOpen: true), "no wire of the bench tells the board of the cover"),
    Ask(.wallClock(60), "does not set the clock"),
    Ask(.hangFirmware, "cut its supply"),
    Ask(.killFirmware, "cut its supply"),
    Ask(.restartFirmware(1), "cut its supply"),
    Ask("arterialLinePressure", .off),
    Ask("pumpInletPressure", .stuck),
    Ask("arterialFlow", .garbage),
    Ask("arterialBubbleLine", .stuck),
    Ask("torqueLine", .off),
    Ask("arterial", .wrong),
    Ask("arterial.shaft", .stuck),
    Ask("arterialClamp", .stuck),
    Ask("watchdog", .off),
    Ask("mains", .off),
    Ask("battery", .wrong),
    Ask(.mains(false)),
    Ask(.emergencyStop(true)),
    Ask(.boardSupply(false)),
    Ask(.air(.arterialDetector, 0.5)),
  ]

  @Test("Each stimulus is played or refused with its reason", arguments: asks)
  func reach(_ ask: Ask) throws {
    let rig = try Self.rig()
    do throws(StimulusRefusal) {
      try rig.apply(ask.stimulus)
      #expect(ask.reason == nil)
    } catch {
      guard case .unsupported(let reason) = error else {
        Issue.record("refused as wrong: \(error)")
        return
      }
      let wanted = try #require(ask.reason)
      #expect(reason.contains(wanted), "\(reason)")
    }
  }

  @Test("A name that the board does not have stays a mistake of the scenario")
  func unknownName() throws {
    let rig = try Self.rig()
    #expect(throws: StimulusRefusal.self) {
      try rig.apply(.fault(FaultSpecification(target: "arterialLinePresure", word: .off)))
    }
  }

  @Test("A board that never speaks fails the way to the self test, with the time that it had")
  func silentBoard() throws {
    let bench = try Self.bench()
    let silent = SilentBoard(BackToBack(bench, seed: 1))
    let rig = BenchRig(
      bench, hardware: silent.boards.hardware, board: silent, seed: 1, framePeriod: 0.02)
    let run = ScenarioRun(try Self.scenario("scenarios/bench-start-prime.yaml"), on: rig)
    run.followsRig = true
    run.runToEnd()
    let failure = try #require(run.strategy.failure)
    #expect(failure.description.contains("boot -> selfTest"))
    #expect(failure.description.contains("no word of the firmware in"))
    #expect(rig.now.microseconds > 59_000_000)
  }

  /// A board whose link says nothing.
  final class SilentBoard: BoardOnBench {
    let boards: BackToBack
    init(_ boards: BackToBack) { self.boards = boards }
    var conversations: Int { 0 }
    var trouble: String? { nil }
    func pass(_ eachMillisecond: @escaping () -> Void) {
      boards.eachMillisecond = eachMillisecond
      boards.passTick()
    }
    func send(_ bytes: [UInt8]) {}
    func receive() -> [UInt8] { [] }
    func release() {}
  }
}
