import ArgumentParser
import PhysicalRig
import BoardFiles
import ChipDrivers
import Doctor
import Foundation
import PerfusionCore

/// Where the rig's hardware is on this computer, when it is not where the rig file says.
struct RigOptions: ParsableArguments {
  @Option(help: "With a bench: NAME=/dev/i2c-N, another adapter for a bus of the rig.")
  var bus: [String] = []
  @Option(help: "With a bench: a character device that carries the firmware's link.")
  var linkDevice: String?
}

/// Reads bench files for the command line.
enum BenchReading {
  /// A bench; its mistakes go to standard error and end the program with exit code 2.
  static func bench(_ file: String) throws -> BenchDescription {
    guard let text = BoardReading.text(file, "rig file") else { throw ExitCode(2) }
    let result = BenchFile.read(text, file: file) { board($0, beside: file) }
    for diagnostic in result.diagnostics { BoardReading.complain(diagnostic.description) }
    guard let bench = result.bench else { throw ExitCode(2) }
    return bench
  }

  /// A bench with adapters of this computer in the place of those of its file.
  static func bench(_ file: String, _ options: RigOptions) throws -> BenchDescription {
    var bench = try bench(file)
    for text in options.bus {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      let named = bench.wiring.buses.indices.first {
        "\(bench.wiring.buses[$0].id)" == parts.first
      }
      guard parts.count == 2, let named else {
        throw ValidationError("--bus \(text): write NAME=/dev/i2c-N with a bus of the rig file")
      }
      bench.wiring.buses[named].adapter = Identifier(parts[1])
    }
    bench.link.device = options.linkDevice
    return bench
  }

  /// A board file as the bench file names it: beside itself, or from the folder one is in.
  private static func board(
    _ path: String, beside file: String
  ) -> (path: String, result: BoardFileResult)? {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().relativePath
    for candidate in path.hasPrefix("/") ? [path] : ["\(folder)/\(path)", path] {
      guard let data = FileManager.default.contents(atPath: candidate),
        let text = String(validating: data, as: UTF8.self)
      else { continue }
      return (candidate, BoardFile.read(text, file: candidate))
    }
    return nil
  }

  /// What the doctor finds of a bench's hardware on this computer.
  static func findings(_ file: String, _ options: RigOptions) throws -> [Finding] {
    let bench = try bench(file, options)
    var opening = RigOpening(bench)
    opening.examineChips(bench)
    return opening.findings.map {
      $0.isGood ? .ok($0.subject, $0.seen) : .fail($0.subject, $0.seen, mend: $0.mend)
    } + [link(bench)]
  }

  /// The board may be without supply: its link is named, not tried.
  private static func link(_ bench: BenchDescription) -> Finding {
    guard let host = bench.link.host else {
      return .ok(
        "link", "\(bench.link.socket) on this computer; asked when the board has its supply")
    }
    let programs = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    guard programs.contains(where: { FileManager.default.isExecutableFile(atPath: "\($0)/ssh") })
    else {
      return .fail(
        "link", "no ssh on this computer", mend: "apt install openssh-client")
    }
    return .ok("link", "\(bench.link.socket) on \(host); asked when the board has its supply")
  }
}
