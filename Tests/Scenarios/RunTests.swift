import PerfusionCore
import Testing
import VirtualBoard

@testable import Scenarios

@Suite("A run plays its timeline in order and the same way every time")
struct RunTests {
  @Test("Actions come in the tick of their entry, ramps once a second")
  func actionTimes() throws {
    let rig = FakeRig()
    _ = try play(
      """
        - at: 1 s
          do: start arterial
        - after: 500 ms
          do: ramp arterial speed from 0 rpm to 30 rpm over 3 s
      """, on: rig)
    #expect(rig.submitted.map { ($0.at * 1000).rounded() } == [1000, 1500, 2500, 3500, 4500])
    #expect(rig.submitted.map(\.command.decision) == [1, 2, 3, 4, 5])
  }

  @Test("Repeated steps come turn by turn, each turn later by its stagger")
  func turns() throws {
    let rig = FakeRig()
    let run = try play(
      """
        - at: 1 s
          do: start arterial
        - repeat: 3
          stagger: 20 ms
          steps:
            - after: 1 s
              do: stop arterial
            - after: 500 ms
              do: start arterial
              measure:
                speed: arterial.speed < 5 rpm
        - after: 1 s
          do: stop arterial
      """, on: rig)
    #expect(
      rig.submitted.map { ($0.at * 1000).rounded() }
        == [1000, 2000, 2500, 3520, 4020, 5060, 5560, 6560])
    #expect(run.outcomes.count == 3)
    #expect(run.outcomes.allSatisfy { $0.measurement?.name == "speed" })
  }

  @Test("A wait holds the timeline up until it comes true")
  func wait() throws {
    let rig = FakeRig()
    rig.world = { rig, time in rig.status.phase = time >= 3 ? .standby : .post }
    let run = try play(
      """
        - wait: phase standby within 5 s
          do: request setup
        - after: 1 s
          do: start arterial
      """, on: rig)
    #expect(rig.submitted.map { ($0.at * 1000).rounded() } == [3000, 4000])
    #expect(run.outcomes.map(\.verdict) == [.met])
  }

  @Test("A wait that times out ends the run; the rest is not reached")
  func waitTimeout() throws {
    let rig = FakeRig()
    let run = try play(
      """
        - wait: phase standby within 2 s
          do: request setup
        - after: 1 s
          expect: phase setup
      """, on: rig)
    #expect(run.outcomes.map(\.verdict) == [.notMet, .notReached])
    #expect(rig.submitted.isEmpty)
  }

  @Test("A plant ramp moves from the present value to the target")
  func plantRamp() throws {
    let rig = FakeRig()
    _ = try play(
      "  - at: 0 s\n    circuit: ramp systemicResistance to 24 mmHg/(L/min) over 2 s", on: rig)
    #expect(rig.applied.count == 20)
    #expect(rig.parameters["systemicResistance"] == 24)
    guard case .parameter(_, let first) = rig.applied[0] else { return }
    #expect(abs(first - 12.6) < 1e-9)
  }

  @Test("What a rig cannot do makes the scenario unsupported, never passed")
  func unsupported() throws {
    let rig = FakeRig()
    rig.refusal = .unsupported("no mains relay")
    let run = try play("  - at: 0 s\n    supply: mains off", on: rig)
    #expect(run.result(header: .test).verdict == .unsupported)
  }

  @Test("The same run gives the same document, byte for byte")
  func deterministic() throws {
    func document() throws -> String {
      let rig = FakeRig()
      rig.world = { rig, time in rig.setPressure(time / 3) }
      let run = try play(
        "  - at: 1 s\n    expect: arterialLinePressure < 0.3 mmHg within 1 s", on: rig)
      return run.result(header: .test).document.text()
    }
    let first = try document()
    #expect(first == (try document()))
    #expect(first.contains("\"verdict\": \"failed\""))
    #expect(first.contains("\"margin\": -0.0349999"))
  }

  @Test("A run goes on after its end, and its outcomes stay")
  func freePlay() throws {
    let rig = FakeRig()
    let run = try play("  - at: 1 s\n    note: end", on: rig)
    let ticks = run.ticks
    run.submit(.pauseAudio)
    run.runTick()
    #expect(run.ticks == ticks + 1)
    #expect(rig.submitted.count == 1)
  }
}

extension RunHeader {
  static var test: RunHeader {
    RunHeader(board: "board", boardFile: "boards/b.yaml", seed: 7, version: "0", rig: "fake")
  }
}
