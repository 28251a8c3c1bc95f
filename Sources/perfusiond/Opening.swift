internal import ChipDrivers
internal import Firmware
internal import LinuxPlatform
internal import PerfusionCore

/// Opens the adapters and lines of a board, and says of each that it is there or what is wrong.
func open(
  _ wiring: borrowing BoardWiring, _ options: borrowing Options,
  on devices: UnsafeMutablePointer<LinuxDevices>, keepsOutputs: Bool, _ findings: inout Findings
) {
  for bus in wiring.buses.indices {
    let wired = wiring.buses[bus]
    let path = options.adapter(of: wired)
    do throws(AdapterProblem) {
      try unsafe devices.pointee.adapters.open(bus, path: path)
      findings.good("bus", wired.id) { $0.add(path) }
    } catch {
      findings.bad("bus", wired.id) { $0.add(error, path) }
    }
  }
  unsafe openLines(wiring, options, on: devices, keepsOutputs: keepsOutputs, &findings)
}

private func openLines(
  _ wiring: borrowing BoardWiring, _ options: borrowing Options,
  on devices: UnsafeMutablePointer<LinuxDevices>, keepsOutputs: Bool, _ findings: inout Findings
) {
  let finder = LineFinder(LinuxChips(), overrides: options.chips)
  let failuresBefore = findings.failures
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
        continue
      }
      findings.good("line", line.id) {
        $0.add(place.path)
        $0.add(" ")
        $0.add(Int64(place.offset))
      }
    } catch {
      findings.bad("line", line.id) { $0.add(error, line) }
    }
  }
  // Nothing is driven on a board that is not as its image says.
  guard findings.failures == failuresBefore else { return }
  if keepsOutputs { knockAtGuard(options) }
  // The guard of a firmware that died holds its lines until the last lease has ended.
  let patience = LeasePatience(wiring)
  do throws(LineRefusal) {
    try unsafe devices.pointee.lines.open(
      keepsOutputs: keepsOutputs, waitingFor: patience.nanoseconds)
  } catch {
    let line = wiring.lines[error.line]
    findings.bad("line", line.id) { $0.add(error.problem, line) }
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
