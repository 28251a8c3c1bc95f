internal import CLinux
internal import ChipDrivers
internal import Firmware
internal import LinuxPlatform
internal import PerfusionCore

/// Reads the identity of every chip: see `LinuxBoard.examine`.
func checkChips(
  _ wiring: borrowing BoardWiring, tickMicroseconds: Int32, board: LinuxBoard,
  _ findings: inout Findings
) {
  for bus in wiring.buses.indices {
    let worker = board.examine(bus: bus, wiring, tickMicroseconds: tickMicroseconds)
    let isAnswering = worker.health.successes > 0
    for chip in wiring.chips.indices where Int(wiring.chips[chip].bus) == bus {
      report(wiring.chips[chip], worker.chipHealth(chip), othersAnswer: isAnswering, &findings)
    }
  }
}

private func report(
  _ chip: ChipWiring, _ health: ChipHealth?, othersAnswer: Bool, _ findings: inout Findings
) {
  // A multiplexer has no visits of its own; the chips behind it prove it.
  guard let health else { return }
  if health.state == .running {
    findings.good("chip", chip.id) { line in
      line.add("answers at ")
      line.addHexadecimal(chip.address.bits)
    }
    return
  }
  findings.bad("chip", chip.id) { line in
    line.add("at ")
    line.addHexadecimal(chip.address.bits)
    line.add(": ")
    line.add(health.lastFailure ?? .notReady, othersAnswer: othersAnswer)
  }
}

/// Lets the firmware carry out its power-on self test; no rotor moves. The exit code of the signal
/// that ended it early; nothing where none did.
func checkSelfTest(
  _ process: inout FirmwareProcess<LinuxBoard>, board: LinuxBoard, signals: Int32,
  _ options: borrowing Options, _ findings: inout Findings
) -> Int32? {
  let name = Identifier()
  process.shared.exchange { $0.leaveOut(link: false, recorder: true) }
  do throws(SystemError) {
    try process.start(.linux, priority: options.priority, processor: options.processor)
  } catch {
    findings.bad("self test", name) {
      $0.add("threads cannot be started, error ")
      $0.add(Int64(error.number))
    }
    return nil
  }
  var end = board.nanoseconds &+ 30_000_000_000
  var phase = Phase.post
  var hasPassed = false
  // The checklist is verified every hundred milliseconds: the verdict follows the phase.
  var ending: Int32?
  while (phase == .post || !hasPassed) && ending == nil && board.nanoseconds < end {
    board.sleep(until: board.nanoseconds &+ 20_000_000)
    while process.shared.exchange({
      $0.linkRecords.take {
        phase = $0.status.phase
        hasPassed = $0.status.checklist.contains(.selfTest)
      }
    }) {}
    ending = Service.ending(by: pc_signals_take(signals))
    if phase != .post { end = min(end, board.nanoseconds &+ 500_000_000) }
  }
  process.handOver()
  if ending != nil {
    findings.bad("self test", name) { $0.add("was broken off") }
  } else if phase == .post {
    findings.bad("self test", name) { $0.add("did not end within 30 s; look at the lines above") }
  } else if !hasPassed {
    findings.bad("self test", name) { $0.add("failed; look at the lines above and at the alarms") }
  } else {
    findings.good("self test", name) { $0.add("passed, no rotor moved") }
  }
  return ending
}
