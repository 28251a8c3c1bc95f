import Foundation
import PerfusionCore
import Testing
import VirtualBoard

@testable import Scenarios

@Suite("A rig is brought up once, measured, and left safe")
struct RigRunTests {
  @Test("A measurement keeps value, limits and margin, and says when it is marginal")
  func measurement() throws {
    let rig = FakeRig()
    rig.world = { rig, _ in rig.setPressure(296) }
    let run = try play(
      """
        - at: 1 s
          measure:
            line: arterialLinePressure < 300 mmHg marginal 5 mmHg
            calm: arterialLinePressure < 400 mmHg marginal 5 mmHg
      """, on: rig)
    let outcomes = run.outcomes.filter { $0.kind == .measurement }
    #expect(outcomes.map(\.measurement?.name) == ["line", "calm"])
    #expect(outcomes.map(\.verdict) == [.met, .met])
    #expect(outcomes.map(\.value) == [296, 296])
    #expect(outcomes.map(\.limits.high) == [300, 400])
    #expect(outcomes.map(\.isMarginal) == [true, false])
  }

  @Test("A measurement without a limit is a mistake at its place")
  func noLimit() {
    #expect(throws: Mistakes.self) {
      _ = try read(
        "title: t\ntimeline:\n  - at: 0 s\n    measure:\n      phase: phase is standby\n")
    }
  }

  @Test("A dip takes mains away and gives it back")
  func dip() throws {
    let rig = FakeRig()
    _ = try play(
      "  - at: 1 s\n    supply: mains dip for 300 ms\n  - at: 2 s\n    note: end", on: rig)
    #expect(rig.applied == [.mains(false), .mains(true)])
  }

  @Test("What the rig cannot do is unsupported, never passed")
  func unsupported() throws {
    let rig = FakeRig()
    rig.refusal = .unsupported("no clock here")
    let run = try play("  - at: 1 s\n    clock: jump 1 h\n    expect: phase off", on: rig)
    #expect(run.outcomes.contains { $0.verdict == .unsupported && $0.message == "no clock here" })
  }

  @Test("A firmware that says nothing fails the boot, and that failure is kept")
  func bootFails() throws {
    let rig = FakeRig()
    let run = ScenarioRun(try read("title: t\ntimeline:\n  - at: 60 s\n    note: late\n"), on: rig)
    run.followsRig = true
    run.runToEnd()
    #expect(rig.seconds < 20)
    #expect(run.strategy.failure?.from == .boot)
    #expect(run.strategy.failure?.to == .selfTest)
    run.makeSafe()
    #expect(run.strategy.failure?.from == .boot)
    #expect(run.outcomes.last?.verdict == .met)
  }

  @Test("A rig in order goes through all its states")
  func states() throws {
    let rig = FakeRig()
    rig.world = { rig, time in
      rig.status.tick = Tick(count: UInt64(time * 200))
      rig.status.phase = time > 3 ? .standby : .post
    }
    let run = ScenarioRun(try read("title: t\ntimeline:\n  - at: 5 s\n    note: end\n"), on: rig)
    run.followsRig = true
    run.runToEnd()
    #expect(run.strategy.state == .ready)
    run.makeSafe()
    #expect(run.strategy.state == .safe)
    #expect(run.strategy.failure == nil)
  }

  @Test("A run that is stopped names the step at which it stood")
  func stopped() throws {
    let rig = FakeRig()
    let text = "title: t\ntimeline:\n  - wait: phase standby within 50 s\n    note: up\n"
    let run = ScenarioRun(try read(text), on: rig)
    for _ in 0..<10 { run.runTick() }
    run.stop("too slow")
    let step = try #require(run.outcomes.first { $0.kind == .step })
    #expect(step.message.contains("case.yaml:3:"))
    #expect(step.message.contains("wait: phase standby within 50 s"))
  }

  @Test("A matrix gives a scenario for each combination")
  func matrix() throws {
    let path = NSTemporaryDirectory() + "matrix-\(UUID().uuidString).yaml"
    let text = """
      title: "${chip} ${fault}"
      matrix:
        chip: [one, two]
        fault: [nack, hang, timeout]
      timeline:
        - at: 0 s
          fault: ${chip}:${fault}
      """
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: path) } }
    let files = try ScenarioFile.variants(path: path)
    #expect(
      files.map(\.variant) == [
        "one nack", "one hang", "one timeout", "two nack", "two hang", "two timeout",
      ])
    let first = try files[0].scenario(for: .adult, plant: testPlant)
    #expect(first.title == "one nack")
    #expect(first.entries[0].place.line == 6)
  }

  @Test("JUnit counts what failed and what was not supported, and escapes")
  func junit() throws {
    let rig = FakeRig()
    let run = try play("  - at: 1 s\n    expect: arterialLinePressure < 3 mmHg", on: rig)
    var report = RigRun(
      rig: "a<b", rigFile: "r", firmwareFile: "f", firmwareSum: sha256([]), facts: [])
    let header = RunHeader(board: "b", boardFile: "b", seed: 1, version: "0", rig: "r")
    report.played = [PlayedScenario(result: run.result(header: header), wallSeconds: 1)]
    let text = JUnitReport(report).document
    #expect(text.contains("failures=\"1\""))
    #expect(text.contains("name=\"a&lt;b\""))
    #expect(text.contains("arterialLinePressure &lt; 3 mmHg"))
  }

  @Test(
    "The sum of a file is that of the standard's examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func sum(_ text: String, _ sum: String) {
    #expect(sha256(Array(text.utf8)) == sum)
  }
}
