import ArgumentParser
import BoardFiles
import CircuitModel
import Foundation
import PerfusionCore
import Scenarios
import VirtualBoard

/// What a tick costs: the controller, the plant and the whole simulated machine, in one run.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures the controller, the plant and the whole machine side by side.",
    discussion: """
      Times are processor time of this process, best of several rounds. The plant, five steps of a \
      millisecond a tick, is the reference of the ratios: it is plain arithmetic without a bus.
      """, subcommands: [BenchLoop.self, BadClients.self])

  @Option(help: "Case that brings the machine to full flow.")
  var `case` = "HIL/scenarios/startup-adult.yaml"
  @Flag(help: "Prints one JSON document.")
  var json = false

  func run() throws {
    let run = Bench.runAtFullFlow(try Bench.plan(`case`))
    let rig = run.rig
    // Few enough to stay in the cache, as the one snapshot of a running machine does.
    let snapshots = Bench.record(rig, ticks: 32)
    let controller = Bench.controllerNanoseconds(rig, snapshots)
    let plant = Bench.plantNanoseconds(rig)
    let machine = Bench.machineNanoseconds(rig)
    let checked = Bench.checkedNanoseconds(run)
    let tick = Double(rig.machine.tickMicroseconds) * 1000
    print(
      Table(
        controller: controller, plant: plant, machine: machine, checked: checked,
        realTime: tick / machine, checkedRealTime: tick / checked
      ).text(json: json), terminator: "")
  }

  /// What a case asks for.
  static func plan(_ path: String) throws -> SimulationPlan {
    var simulate = try Simulate.parse(["--case", path])
    simulate.json = true
    return try SimulationPlan(simulate)
  }

  /// The machine where the case has brought it.
  static func runAtFullFlow(_ plan: SimulationPlan) -> ScenarioRun<InProcessRig> {
    let rig = InProcessRig(board: plan.board, seed: plan.seed)
    let run = ScenarioRun(plan.scenario, on: rig)
    run.runToEnd()
    return run
  }

  private static func record(_ rig: InProcessRig, ticks: Int) -> [SensorSnapshot] {
    (0..<ticks).map { _ in
      rig.advance()
      return rig.sensors
    }
  }

  /// The least time of several rounds, for one of `count` things done in a round.
  private static func best(of rounds: Int, count: Int, _ round: () -> Void) -> Double {
    var least = Double.infinity
    for _ in 0..<rounds {
      let start = processorNanoseconds()
      round()
      least = min(least, (processorNanoseconds() - start) / Double(count))
    }
    return least
  }

  private static func processorNanoseconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }

  private static func controllerNanoseconds(
    _ rig: InProcessRig, _ snapshots: [SensorSnapshot]
  ) -> Double {
    var controller = rig.virtual.controller
    var actuators = ActuatorCommands()
    var events = EventList()
    let none = CommandQueue()
    return best(of: 20, count: snapshots.count * 60) {
      for _ in 0..<60 {
        for index in snapshots.indices {
          controller.step(
            sensors: snapshots[index], commands: none, actuators: &actuators, events: &events)
        }
      }
    }
  }

  private static func plantNanoseconds(_ rig: InProcessRig) -> Double {
    var circuit = rig.virtual.circuit
    var inputs = CircuitInputs()
    inputs.rotorSpeed[0] = 101
    return best(of: 20, count: 2000) {
      for _ in 0..<2000 {
        for _ in 0..<5 {
          inputs.rotorTurns[0] += 101.0 / 60_000
          circuit.step(inputs)
        }
      }
    }
  }

  private static func machineNanoseconds(_ rig: InProcessRig) -> Double {
    best(of: 10, count: 4000) {
      for _ in 0..<4000 { rig.advance() }
    }
  }

  /// The same with what a case adds in every tick: its timeline, invariants, log and recorder.
  private static func checkedNanoseconds(_ run: ScenarioRun<InProcessRig>) -> Double {
    best(of: 10, count: 4000) {
      for _ in 0..<4000 { run.runTick() }
    }
  }

  /// The results as a table or as JSON.
  private struct Table {
    var controller: Double
    var plant: Double
    var machine: Double
    var checked: Double
    var realTime: Double
    var checkedRealTime: Double

    func text(json: Bool) -> String {
      let rows = [
        ("controller step", controller), ("plant, 5 steps of 1 ms", plant),
        ("whole machine, register level", machine), ("the same under a case", checked),
      ]
      if json {
        let fields = rows.map {
          "\"\($0.0)\": {\"nanoseconds\": \(rounded($0.1)), \"ratio\": \(rounded($0.1 / plant))}"
        }
        let list = fields.joined(separator: ", ")
        return "{\"perTick\": {\(list)}, \"timesRealTime\": \(rounded(realTime)), "
          + "\"timesRealTimeUnderCase\": \(rounded(checkedRealTime))}\n"
      }
      var lines = "a tick of 5 ms                     ns     ratio to the plant\n"
      for (name, time) in rows {
        let label = name.padding(toLength: 30, withPad: " ", startingAt: 0)
        lines += "\(label) \(right(rounded(time), 7)) \(right(rounded(time / plant), 9))\n"
      }
      return lines + "the whole machine runs at \(rounded(realTime)) times real time, "
        + "at \(rounded(checkedRealTime)) under a case\n"
    }

    private func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
    private func right(_ value: Double, _ width: Int) -> String {
      let text = "\(value)"
      return String(repeating: " ", count: max(0, width - text.count)) + text
    }
  }
}
