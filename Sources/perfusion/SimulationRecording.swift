import ArgumentParser
import BlackBox
import BlackBoxFiles
import BoardFiles
import Foundation
import LinkMessages
import PerfusionCore
import Scenarios
import VirtualBoard

/// The black box of a simulation.
final class SimulationRecording: TickListener {
  private let recording: MachineRecording<FileStorage>
  private let path: String

  /// Records what the rig's firmware does from now on.
  convenience init(_ plan: SimulationPlan, path: String, on rig: InProcessRig) throws {
    try self.init(
      plan.board, seed: plan.seed, rigName: plan.header.rig, path: path, on: rig.virtual)
  }

  /// Records what the machine's firmware does from now on.
  init(
    _ board: BoardDescription, seed: UInt64, rigName: String, path: String,
    on machine: VirtualMachine
  ) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil) else {
      throw UnreadableInput("\(path): error: the black box cannot be written; name another place")
    }
    self.path = path
    let image = try board.image().encoded()
    recording = MachineRecording(
      storage: FileStorage(path: path), image: image,
      metadata: recordingFacts(image, board: board.name)
        + [("rig", rigName), ("seed", String(seed))],
      tickMicroseconds: board.machine.tickMicroseconds
    ) {
      $0.largestFile = 4 << 30
      // Nobody pulls the plug of a simulation: the file is made durable once, at its end.
      $0.isDurable = false
    }
    machine.listener = self
  }

  func began(start: [UInt8], now: Instant) {
    recording.begin(retained: start, isAdopting: false, now: now)
  }

  func ticked(
    _ tick: Tick, now: Instant, sensors: borrowing SensorSnapshot,
    commands: borrowing CommandQueue, actuators: borrowing ActuatorCommands,
    events: borrowing EventList
  ) {
    recording.record(
      tick: tick, now: now, sensors: sensors, commands: commands, actuators: actuators,
      events: events)
  }

  /// Ends the file; says so when not all of it could be written.
  func finish(_ now: Instant) throws {
    recording.finish(now)
    guard recording.recorder.progress.refusals > 0 || recording.tickRecorder.lostTicks > 0 else {
      return
    }
    BoardReading.complain(
      "\(path): error: not all could be recorded; make room and record again")
    throw ExitCode(1)
  }
}

/// What every recording says of where it comes from.
func recordingFacts(_ image: [UInt8], board: String) -> [(String, String)] {
  var machine = utsname()
  let kernel =
    unsafe uname(&machine) == 0
    ? unsafe withUnsafeBytes(of: &machine.release) { text in
      unsafe String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    } : "unknown"
  return [
    ("firmwareVersion", programVersion), ("firmwareCommit", programCommit), ("board", board),
    ("boardImageCRC32", boardImageHash(image)), ("kernel", kernel),
    ("commandLine", CommandLine.arguments.joined(separator: " ")),
  ]
}

/// The check sum at the end of a board image, as eight digits.
private func boardImageHash(_ image: [UInt8]) -> String {
  let sum = image.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
  return hexadecimal(sum, digits: 8)
}
