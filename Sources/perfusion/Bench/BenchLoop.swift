import ArgumentParser
import BoardFiles
import CLinux
import Firmware
import Foundation
import PerfusionCore
import Scenarios

/// `perfusion bench loop`: the loop's real threads beside cyclictest, and beside bad clients.
struct BenchLoop: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loop",
    abstract: "Measures the firmware's threads in real time on the virtual board.",
    discussion: """
      Tick, keeper, edges and bus workers run as on a board, against chip models whose transfers take \
      their time. They adopt a machine at full flow that a case has brought there. With cyclictest on \
      PATH the two take turns with the same period, priority and processor; with --clients the loop \
      takes turns with and without so many clients that stall, send garbage and come again. Without \
      the right to SCHED_FIFO both have ordinary priority.
      """)

  @Option(help: "Case that brings the machine to full flow.")
  var `case` = "HIL/scenarios/startup-adult.yaml"
  @Option(help: "Seconds of each turn.")
  var seconds = 10.0
  @Option(help: "How often each takes its turn.")
  var rounds = 3
  @Option(help: "Priority under SCHED_FIFO.")
  var priority: Int32 = 80
  @Option(help: "Processor of the loop.")
  var cpu: Int32 = 1
  @Option(help: "Bad clients in every second turn, in place of cyclictest.")
  var clients = 0
  @Flag(help: "Prints one JSON document.")
  var json = false

  func run() throws {
    let plan = try Bench.plan(`case`)
    let period = plan.board.machine.tickMicroseconds
    let last = Int32(ProcessInfo.processInfo.activeProcessorCount - 1)
    var loop = RealTimeLoop(
      start: plan, priority: priority, processor: min(cpu, last))
    let folder = NSTemporaryDirectory() + "bench-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { do { try FileManager.default.removeItem(atPath: folder) } catch {} }
    if clients > 0 { loop.socket = folder + "/link.sock" }
    let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
    var table = LoopTable(period: period)
    for round in 1...max(1, rounds) {
      let alone = try loop.run(seconds: seconds)
      table.add(alone.quality, to: "loop")
      table.isUnprivileged = alone.isUnprivileged
      table.phase = alone.phase
      BoardReading.complain("bench: round \(round) of \(rounds)")
      if clients > 0 {
        let crowd = try BadClients.start(program, loop.socket ?? "", clients)
        defer {
          crowd.terminate()
          crowd.waitUntilExit()
        }
        table.add(
          try loop.run(seconds: seconds).quality, to: "loop with \(clients) bad clients")
      } else {
        table.add(
          try Cyclictest.run(
            period: period, seconds: seconds,
            priority: alone.isUnprivileged ? 0 : priority, processor: min(cpu, last)))
      }
    }
    print(table.text(json: json), terminator: "")
  }
}

/// rt-tests' own measurement of the same thing.
enum Cyclictest {
  /// Microseconds by how late a cycle began; nothing when the program is not there.
  static func run(
    period: Int32, seconds: Double, priority: Int32, processor: Int32
  ) throws -> [Int64: Int]? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let cycles = Int(seconds * 1e6 / Double(period))
    process.arguments =
      ["cyclictest", "-q", "-m", "-t1", "-i\(period)", "-l\(cycles)", "-a\(processor)", "-h60000"]
      + (priority > 0 ? ["-p\(priority)"] : ["--policy=other"])
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    var counts: [Int64: Int] = [:]
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard words.count == 2, let length = Int64(words[0]), let count = Int(words[1]), count > 0
      else { continue }
      counts[length] = count
    }
    return counts
  }
}
