import CLinux
import Foundation
import PerfusionCore
import Scenarios
import VirtualBoard

/// Carries out injections in processes of their own: each starts from a copy of one warmed machine.
///
/// A machine cannot be copied inside a process, a process can; the copy costs a millisecond where
/// the start-up of a machine costs a second.
struct InjectionCrew {
  /// The checkout.
  let root: String
  /// Injections of each reaction.
  let injections: Int
  /// First seed.
  let seed: UInt64
  /// Processes at a time.
  let jobs: Int

  /// Injections on one machine; the next ones get a machine with another seed, so with other
  /// tolerances, clamp times and noise.
  private static var perMachine: Int { 50 }

  /// Everything that was measured, in the order of reaction, machine and number.
  func measure() throws -> [Injection] {
    let pipe = Pipe()
    var running: [Int32] = []
    for task in tasks { running.append(try start(task, pipe)) }
    try pipe.fileHandleForWriting.close()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    for process in running { _ = pc_process_wait(process) }
    return Self.injections(in: [UInt8](bytes))
  }

  /// The machines, dealt out to the jobs.
  private var tasks: [[Int]] {
    let machines = (injections + Self.perMachine - 1) / Self.perMachine
    return (0..<jobs).map { job in (0..<machines).filter { $0 % jobs == job } }
      .filter { !$0.isEmpty }
  }

  private static func injections(in bytes: [UInt8]) -> [Injection] {
    let size = 8 * Injection.fields
    let starts = stride(from: 0, to: bytes.count - bytes.count % size, by: size)
    let all = starts.map { start in
      Injection(
        values: (0..<Injection.fields).map { field in
          let word = bytes[start + field * 8..<start + field * 8 + 8]
          return Double(bitPattern: word.reversed().reduce(0) { $0 << 8 | UInt64($1) })
        })
    }
    return all.sorted {
      ($0.reaction, $0.machine, $0.number) < ($1.reaction, $1.machine, $1.number)
    }
  }

  private static func bytes(_ result: Injection) -> Data {
    Data(
      result.values.flatMap { value in
        (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt64($0 * 8)) }
      })
  }

  private func start(_ machines: [Int], _ pipe: Pipe) throws -> Int32 {
    try Self.fork {
      for machine in machines {
        for kind in WarmMachine.allCases { try work(machine, kind, pipe) }
      }
    }
  }

  private func work(_ machine: Int, _ kind: WarmMachine, _ pipe: Pipe) throws {
    let bench = try SafetyBench(
      start: kind.start, root: root, seed: seed &+ UInt64(machine) &* 1000 &+ UInt64(kind.rawValue))
    // An alarm that already sounds would hide when the tone of the injected one began.
    let isQuiet = bench.run(upTo: 600) {
      $0.rig.status.alarms.isEmpty && !$0.machine.truth.buzzerSounds
    }
    guard isQuiet else { throw BenchError.notReached("\(kind.words) without an alarm") }
    for (index, reaction) in Reaction.all.enumerated() where reaction.machine == kind {
      let arranged = try Self.fork {
        try reaction.arrange(bench)
        let count = min(Self.perMachine, injections - machine * Self.perMachine)
        for number in 0..<count {
          var injection = Injection()
          injection.reaction = index
          injection.machine = machine
          injection.number = number
          try inject(injection, reaction, bench, pipe)
        }
      }
      // What failed has said why; its injections are missing from the result.
      _ = pc_process_wait(arranged)
    }
  }

  private func inject(
    _ which: Injection, _ reaction: Reaction, _ bench: SafetyBench, _ pipe: Pipe
  ) throws {
    let process = try Self.fork {
      let draws = SplitMix64(
        seed: seed ^ UInt64(which.reaction) << 48 ^ UInt64(which.machine) << 24
          ^ UInt64(which.number))
      let watch = InjectionWatch(reaction, on: bench, draws: draws)
      var result = watch.run()
      if let problem = watch.problem { throw problem }
      result.reaction = which.reaction
      result.machine = which.machine
      result.number = which.number
      try pipe.fileHandleForWriting.write(contentsOf: Self.bytes(result))
    }
    guard pc_process_wait(process) == 0 else { throw BenchError.notReached(reaction.name) }
  }

  /// Runs work in a copy of this process and ends the copy; says why on standard error when it
  /// fails.
  private static func fork(_ work: () throws -> Void) throws -> Int32 {
    let process = pc_process_fork()
    guard process >= 0 else { throw BenchError.noProcess }
    guard process == 0 else { return process }
    do {
      try work()
      pc_process_exit(0)
    } catch {
      FileHandle.standardError.write(Data("reactions: \(error)\n".utf8))
      pc_process_exit(1)
    }
    return 0
  }
}
