import BoardFiles
import Foundation
public import PerfusionCore
public import Scenarios
public import VirtualBoard

/// A machine on which faults are injected: brought up by a case file, then driven by hand.
public final class SafetyBench {
  /// Firmware, virtual board and plant.
  public let rig: InProcessRig
  /// Alarms that were raised since `forget`.
  public private(set) var raised = AlarmSet()
  /// Answers that refused a command since `forget`.
  public private(set) var refusals = 0
  /// Common causes that were named since `forget`.
  public private(set) var causes: [CommonCause] = []
  /// Sensors that were doubted since `forget`.
  public private(set) var doubts: [(WatchedSensor, SensorDoubt)] = []
  private var decision: UInt32 = 1_000_000

  /// Plays a case file until the machine is in a phase, or to its end when that never comes.
  ///
  /// - Parameters:
  ///   - start: The case file, relative to the checkout.
  ///   - root: The checkout.
  ///   - phase: Where to stop; nothing plays the whole file.
  ///   - seed: Of every random draw.
  ///   - isJudged: Every expectation of the case must be met.
  /// - Throws: `Mistakes` of the case file; `BenchError` when it does not bring the machine there.
  public init(
    start: String, root: String, until phase: Phase? = nil, seed: UInt64, isJudged: Bool = true
  ) throws {
    let file = try ScenarioFile(path: "\(root)/\(start)")
    guard let boardPath = file.boardPath.map(file.resolve),
      let data = FileManager.default.contents(atPath: boardPath),
      let board = BoardFile.read(String(decoding: data, as: UTF8.self), file: boardPath).board
    else { throw BenchError.noBoard(start) }
    rig = InProcessRig(board: board, seed: seed)
    let scenario = try file.scenario(
      for: board.machine, plant: PlantNumbers(board.machine).vocabulary)
    let run = ScenarioRun(scenario, on: rig)
    while !run.isFinished, phase == nil || rig.status.phase != phase {
      run.runTick()
      note()
    }
    guard phase == nil || rig.status.phase == phase else { throw BenchError.notReached(start) }
    guard phase == nil, isJudged else { return }
    run.finish()
    let header = RunHeader(
      board: board.name, boardFile: boardPath, seed: seed, version: "", rig: rig.name)
    guard run.result(header: header).verdict == .passed else { throw BenchError.notReached(start) }
  }

  /// The virtual board with firmware and plant.
  public var machine: VirtualMachine { rig.virtual }

  /// Does something to the world around the firmware.
  public func apply(_ stimulus: Stimulus) throws(StimulusRefusal) { try rig.apply(stimulus) }

  /// Asks the controller for something in the next tick.
  public func submit(_ action: OperatorAction, isConfirmed: Bool = true) {
    decision += 1
    _ = rig.submit(
      OperatorCommand(
        decision: decision, source: .scenario, isConfirmed: isConfirmed, action: action))
  }

  /// Lets time pass.
  public func run(seconds: Double) {
    let ticks = Int((seconds * 1e6 / Double(rig.machine.tickMicroseconds)).rounded(.up))
    for _ in 0..<ticks { tick() }
  }

  /// Lets time pass until something holds; false when it did not within that time.
  public func run(upTo seconds: Double, until holds: (SafetyBench) -> Bool) -> Bool {
    let ticks = Int((seconds * 1e6 / Double(rig.machine.tickMicroseconds)).rounded(.up))
    for _ in 0..<ticks {
      if holds(self) { return true }
      tick()
    }
    return holds(self)
  }

  /// Begins to collect alarms and refusals anew.
  public func forget() {
    raised = AlarmSet()
    refusals = 0
    causes = []
    doubts = []
  }

  /// One base tick.
  public func tick() {
    rig.advance()
    note()
  }

  private func note() {
    let events = rig.events
    for index in events.indices {
      switch events[index].kind {
      case .alarmRaised(let alarm, _): raised.set(alarm, true)
      case .refused, .missing: refusals += 1
      case .causeNamed(let cause) where cause != .none: causes.append(cause)
      case .sensorDoubted(let sensor, let doubt) where doubt != .none:
        doubts.append((sensor, doubt))
      default: break
      }
    }
  }
}

/// Why a bench could not be set up.
public enum BenchError: Error, CustomStringConvertible {
  /// The case file names no board that can be read.
  case noBoard(String)
  /// The case did not bring the machine where it should.
  case notReached(String)
  /// A process could not be started.
  case noProcess

  /// In words.
  public var description: String {
    switch self {
    case .noBoard(let start): "\(start): error: its board cannot be read; name one that is there"
    case .notReached(let start):
      "\(start): error: it did not bring the machine where it should; run it as a case to see why"
    case .noProcess: "error: a process cannot be started; free some memory"
    }
  }
}
