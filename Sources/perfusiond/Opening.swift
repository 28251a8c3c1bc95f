internal import ChipDrivers
internal import Firmware
internal import LinuxPlatform
internal import PerfusionCore

/// Opens the adapters of a board, and says of each that it is there or what is wrong. One that is left
/// out is tried again by its bus's ladder.
func openBuses(
  _ wiring: borrowing BoardWiring, _ options: borrowing Options,
  on devices: UnsafeMutablePointer<LinuxDevices>, _ findings: inout Findings
) {
  for bus in wiring.buses.indices {
    let wired = wiring.buses[bus]
    let path = options.adapter(of: wired)
    do throws(AdapterProblem) {
      try unsafe devices.pointee.adapters.open(bus, path: path)
      findings.good("bus", wired.id) { $0.add(path) }
      let isTimed = unsafe devices.pointee.adapters.isTimed(bus)
      if isTimed { continue }
      findings.warning("bus", wired.id) {
        $0.add(path)
        $0.add(" takes no time limit; a held clock stops it for as long as its driver waits")
      }
    } catch {
      findings.bad("bus", wired.id) { $0.add(error, path) }
    }
  }
}

/// Finds the lines of a board; nothing is asked of the kernel's outputs yet.
func planLines(
  _ wiring: borrowing BoardWiring, _ options: borrowing Options,
  on devices: UnsafeMutablePointer<LinuxDevices>, _ findings: inout Findings
) {
  let finder = LineFinder(LinuxChips(), overrides: options.chips)
  var resets: LineLevels = 0
  for bus in wiring.buses.indices {
    let lines = wiring.resetLines(ofBus: bus)
    unsafe devices.pointee.resetLines[bus] = lines
    resets |= lines
  }
  for index in wiring.lines.indices where wiring.lines[index].expander < 0 {
    let line = wiring.lines[index]
    let isReset = resets >> UInt64(index & 63) & 1 != 0
    do throws(LineProblem) {
      let place = try finder.place(of: line)
      guard unsafe devices.pointee.lines.add(index, line, at: place, isReset: isReset)
      else {
        findings.bad("line", line.id) {
          $0.add("too many kinds of lines; give them the same chip, bias and active level")
        }
        unsafe devices.pointee.lines.leaveOut(index)
        continue
      }
      findings.good("line", line.id) {
        $0.add(place.path)
        $0.add(" ")
        $0.add(Int64(place.offset))
      }
    } catch {
      findings.bad("line", line.id) { $0.add(error, line) }
      unsafe devices.pointee.lines.leaveOut(index)
    }
  }
}

/// Takes the lines that were found. The first that is refused ends that, unless somebody may depend on
/// the flow: then it is left out.
func takeLines(
  _ wiring: borrowing BoardWiring, on devices: UnsafeMutablePointer<LinuxDevices>,
  keepsOutputs: Bool, _ findings: inout Findings
) {
  // The guard of a firmware that died holds its lines until the last lease has ended.
  var patience = LeasePatience(wiring).nanoseconds
  while true {
    do throws(LineRefusal) {
      return try unsafe devices.pointee.lines.open(
        keepsOutputs: keepsOutputs, waitingFor: patience)
    } catch {
      let line = wiring.lines[error.line]
      findings.bad("line", line.id) { $0.add(error.problem, line) }
      unsafe devices.pointee.lines.leaveOut(error.line)
      guard findings.isTolerant else { return }
      patience = 0
    }
  }
}

/// How long the guard of a dead firmware may hold the lines.
private struct LeasePatience {
  var nanoseconds: Int64 = 2_000_000_000

  init(_ wiring: borrowing BoardWiring) {
    var longest: Int64 = 0
    for index in wiring.actuators.indices {
      longest = max(longest, Int64(wiring.actuators[index].lease) * 1000)
    }
    nanoseconds += longest
  }
}
