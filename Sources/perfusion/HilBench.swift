import ArgumentParser
import BoardFiles
import ChipDrivers
import Foundation
import LiveView
import PerfusionCore
import PhysicalRig
import Scenarios
import VirtualBoard
import VirtualKernel

/// `perfusion hil bench`: the rig's programme on a virtual kernel, a virtual board at the other end.
struct HilBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Runs the programme of a bench on a kernel that has the rig's hardware.",
    discussion: """
      The guest is the rig computer: perfusion hil run opens its adapters and GPIO lines there as on any \
      Linux, in the guest's virtual time. Its chips are wired to a virtual board under test in this \
      process, as the rig file says; the link goes over a console.
      """)

  @Option(help: "The kernel program.")
  var kernel: String
  @Option(help: "Rig file of a bench.")
  var rig: String
  @Option(help: "Seed of what is random in the chips.")
  var seed: UInt64 = 1
  @Option(help: "Folder for the reports.")
  var report = ".build-hil/report/bench-kernel"
  @Option(help: "The kernel is stopped after this virtual time.")
  var limit = Span(seconds: 1200)
  @Argument(help: "Scenario files.")
  var scenarios: [String]

  func run() throws {
    Interruption.watch()
    let bench = try BenchReading.bench(rig)
    try FileManager.default.createDirectory(atPath: report, withIntermediateDirectories: true)
    let board = BareBoard(wiring: bench.wiring, seed: seed &+ 1)
    let underTest = VirtualBoardOnBench(bench, seed: seed, kernelRig: board)
    let session: KernelSession
    do {
      session = try KernelSession(kernel: kernel, board: board, script: script(bench))
    } catch let error as VhostError {
      throw UnreadableInput("\(kernel): error: \(error.reason)")
    }
    try play(session, underTest)
    print(session.console, terminator: "")
    guard session.console.contains("\(Self.verdict)0") else { throw ExitCode(1) }
  }

  private func play(_ session: KernelSession, _ underTest: VirtualBoardOnBench) throws {
    let end = Int64(limit.seconds * 1e6)
    var moment: Int64 = 0
    while !session.hasEnded, moment < end, !Interruption.isAsked {
      moment += 1000
      do throws(VhostError) { try session.run(until: Instant(microseconds: moment)) } catch {
        session.end()
        throw UnreadableInput("\(kernel): error: \(error.reason)")
      }
      underTest.send(session.receive())
      underTest.passMillisecondBeside()
      session.send(underTest.receive())
    }
    session.end()
  }

  private static let verdict = "perfusion hil run ended with "

  /// The rig's programme, with the guest's names of its adapters.
  private func script(_ bench: BenchDescription) -> String {
    var words = [GuestPath.quoted("/proc/self/exe"), "hil", "run", "--rig", GuestPath.quoted(rig)]
    for bus in bench.wiring.buses.indices {
      words += ["--bus", "\(bench.wiring.buses[bus].id)=/dev/i2c-\(bus)"]
    }
    words += ["--link-device", "/dev/hvc0", "--report", GuestPath.quoted(report)]
    words += scenarios.map(GuestPath.quoted)
    return """
      stty -F /dev/hvc0 raw -echo
      cd \(GuestPath.quoted(FileManager.default.currentDirectoryPath))
      \(words.joined(separator: " "))
      echo "\(Self.verdict)$?"
      """
  }
}
