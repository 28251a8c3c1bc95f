public import BoardFiles
import ChipDrivers
import Firmware
public import LinuxPlatform
import PerfusionCore

/// What was found of a rig's hardware on this computer.
public struct RigFinding: Sendable, Equatable {
  /// What was looked at: `bus play`, `line playBubble`, `chip hearVolts`.
  public var subject: String
  /// It is there and works.
  public var isGood: Bool
  /// What was seen.
  public var seen: String
  /// What to do; empty when all is well.
  public var mend: String
}

/// The rig's adapters and lines, opened on this computer.
///
/// Nothing stands in for hardware that is not there. What is open stays open until the program ends.
@safe public struct RigOpening {
  /// Everything that was looked at, in the order of the file.
  public private(set) var findings: [RigFinding] = []
  /// The rig's hardware.
  public let board: LinuxBoard
  private let devices: UnsafeMutablePointer<LinuxDevices>
  private var openBuses: Set<Int> = []

  /// Opens every adapter and asks for every line of a bench. Outputs are not asserted.
  public init(_ bench: BenchDescription) {
    unsafe devices = UnsafeMutablePointer.allocate(capacity: 1)
    unsafe devices.initialize(to: LinuxDevices())
    board = unsafe LinuxBoard(devices)
    openAdapters(bench)
    openLines(bench)
  }

  /// Everything is there.
  public var isGood: Bool { findings.allSatisfy(\.isGood) }

  private mutating func openAdapters(_ bench: BenchDescription) {
    for index in bench.wiring.buses.indices {
      let bus = bench.wiring.buses[index]
      do throws(AdapterProblem) {
        try unsafe devices.pointee.adapters.open(index, path: bus.adapter)
        openBuses.insert(index)
        note("bus \(bus.id)", "\(bus.adapter)")
      } catch {
        let text = Self.text(error, "\(bus.adapter)")
        note("bus \(bus.id)", text.seen, mend: text.mend)
      }
    }
  }

  private mutating func openLines(_ bench: BenchDescription) {
    let finder = LineFinder(LinuxChips())
    var areAllThere = true
    for index in bench.wiring.lines.indices where bench.wiring.lines[index].expander < 0 {
      let line = bench.wiring.lines[index]
      do throws(LineProblem) {
        let place = try finder.place(of: line)
        if unsafe devices.pointee.lines.add(index, line, at: place) {
          note("line \(line.id)", "\(place.path) \(place.offset)")
          continue
        }
        note(
          "line \(line.id)", "too many kinds of lines",
          mend: "give lines of one chip the same bias and active level")
      } catch {
        let text = Self.text(error, line)
        note("line \(line.id)", text.seen, mend: text.mend)
      }
      areAllThere = false
    }
    guard areAllThere else { return }
    do throws(LineRefusal) { try unsafe devices.pointee.lines.open(keepsOutputs: false) } catch {
      let line = bench.wiring.lines[error.line]
      let text = Self.text(error.problem, line)
      note("line \(line.id)", text.seen, mend: text.mend)
    }
  }

  /// Visits every chip on the adapters that are open: see `LinuxBoard.examine`. Converters are set to
  /// zero and expanders to their rest levels by it; nothing else is driven.
  public mutating func examineChips(_ bench: BenchDescription) {
    for bus in bench.wiring.buses.indices {
      guard openBuses.contains(bus) else {
        noteUnreachable(bench, bus)
        continue
      }
      let worker = board.examine(
        bus: bus, bench.wiring, tickMicroseconds: bench.tickMicroseconds)
      for chip in bench.wiring.chips.indices where Int(bench.wiring.chips[chip].bus) == bus {
        note(bench.wiring.chips[chip], worker.chipHealth(chip))
      }
    }
  }

  private mutating func noteUnreachable(_ bench: BenchDescription, _ bus: Int) {
    for chip in bench.wiring.chips.indices where Int(bench.wiring.chips[chip].bus) == bus {
      note(
        "chip \(bench.wiring.chips[chip].id)", "not asked, its bus is not open",
        mend: "mend bus \(bench.wiring.buses[bus].id) first")
    }
  }

  private mutating func note(_ chip: ChipWiring, _ health: ChipHealth?) {
    // A multiplexer has no visits of its own; the chips behind it prove it.
    guard let health else { return }
    let address = hexadecimalAddress(chip.address)
    if health.state == .running { return note("chip \(chip.id)", "answers at \(address)") }
    let text = Self.text(health.lastFailure ?? .notReady, address)
    note("chip \(chip.id)", text.seen, mend: text.mend)
  }

  private mutating func note(_ subject: String, _ seen: String, mend: String = "") {
    findings.append(RigFinding(subject: subject, isGood: mend.isEmpty, seen: seen, mend: mend))
  }
}
