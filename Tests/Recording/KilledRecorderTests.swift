import BlackBox
import BlackBoxFiles
import Foundation
import PerfusionCore
import RandomSignals
import TestSupport
import Testing

/// What a recorder said before it was killed.
private struct Testament {
  var tick: UInt64 = 0
  var eventTicks: [UInt64] = []
  var synced = 0

  init(_ text: String) {
    // The last line may be cut.
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let words = line.split(separator: " ")
      guard words.count == 2, let number = UInt64(words[1]) else { continue }
      switch words[0] {
      case "tick": tick = number
      case "event": eventTicks.append(number)
      case "synced": synced = Int(number)
      default: break
      }
    }
  }
}

/// What is in a file.
private struct Kept {
  var ticks: [UInt64] = []
  var eventTicks: [UInt64] = []
  var isComplete = false

  init(_ bytes: [UInt8]) throws {
    var ticks: [UInt64] = []
    var events: [UInt64] = []
    var inputs = InputsDecoder()
    let facts = try McapReader(bytes).walk { message throws(McapError) in
      switch message.topic {
      case "/inputs":
        _ = unsafe inputs.read(message.data) {
          ticks.append($0.tick)
          return true
        }
      case "/events":
        if let event = unsafe EventRecord(message.data) { events.append(event.tick) }
      default: break
      }
      return true
    }
    (self.ticks, eventTicks, isComplete) = (ticks, events, facts.isComplete)
  }
}

@Suite("A recorder that is killed at any instant", .verifies("HZ-51"))
struct KilledRecorderTests {
  /// How many are killed; `make power-cut` asks for a thousand.
  static let kills = UInt64(ProcessInfo.processInfo.environment["POWER_CUTS"] ?? "") ?? 8

  @Test(
    "loses a second of samples at most, and nothing that was acknowledged", arguments: 0..<kills)
  func killed(seed: UInt64) throws {
    var dice = Dice(seed &+ 1)
    let folder = NSTemporaryDirectory() + "victim-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer {
      do { try FileManager.default.removeItem(atPath: folder) } catch {
        Issue.record("\(folder) cannot be removed")
      }
    }
    let said = try kill(folder, seed, after: 1 + dice.below(4000))
    let file = folder + "/00001.0000.mcap"
    let bytes = FileManager.default.contents(atPath: file).map { [UInt8]($0) } ?? []
    try judge(bytes, said)
    // A power cut leaves of what was not synced yet any prefix, or nothing.
    let rest = max(0, bytes.count - said.synced)
    try judge(Array(bytes.prefix(said.synced + dice.below(rest + 1))), said)
    // Cut anywhere: whatever is left can be read, from its first tick on without a gap.
    let torn = Recovery.recover(Array(bytes.prefix(dice.below(bytes.count + 1))))
    guard let mended = torn.file else { return }
    let kept = try Kept(mended)
    #expect(kept.isComplete && kept.ticks.elementsEqual(1..<UInt64(kept.ticks.count) + 1))
  }

  private func judge(_ bytes: [UInt8], _ said: Testament) throws {
    let mended = Recovery.recover(bytes)
    guard let file = mended.file else {
      #expect(said.tick <= 200, "nothing can be read after \(said.tick) ticks")
      return
    }
    let kept = try Kept(file)
    #expect(kept.isComplete)
    #expect(kept.ticks.elementsEqual(1..<UInt64(kept.ticks.count) + 1), "no gap")
    #expect(said.tick <= UInt64(kept.ticks.count) + 200, "more than a second is lost")
    // 20 ticks are 100 ms: events, alarms and commands older than that have been acknowledged.
    let due = said.eventTicks.filter { $0 + 20 <= said.tick }
    #expect(kept.eventTicks.starts(with: due), "an acknowledged event is lost")
  }

  /// Lets a recorder live until it has said so many lines, kills it, and gives what it said.
  private func kill(_ folder: String, _ seed: UInt64, after lines: Int) throws -> Testament {
    let process = Process()
    let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("Victim")
    process.executableURL = program
    process.arguments = [folder, "\(seed)"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    var text: [UInt8] = []
    var seen = 0
    while seen < lines {
      let part = output.fileHandleForReading.availableData
      guard !part.isEmpty else { break }
      seen += part.reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
      text += part
    }
    _ = Foundation.kill(process.processIdentifier, SIGKILL)
    text += output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal, "it ended by itself")
    return Testament(String(decoding: text, as: UTF8.self))
  }
}
