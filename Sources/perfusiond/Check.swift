internal import ChipDrivers
internal import Firmware
internal import LinuxPlatform
internal import PerfusionCore

/// Reads the identity of every chip: carries out each bus's schedule, with nothing commanded, until
/// every chip is initialised, or has failed so often that it will not be.
func checkChips(
  _ wiring: borrowing BoardWiring, tickMicroseconds: Int32, board: LinuxBoard,
  _ findings: inout Findings
) {
  var exchange = ChipExchange()
  for bus in wiring.buses.indices {
    var worker = BusWorker(wiring, bus: bus, tickMicroseconds: tickMicroseconds)
    var adapter = board.bus(bus)
    worker.start(at: board.now)
    let end = board.now.advanced(
      microseconds: patience(bus, wiring, tickMicroseconds: tickMicroseconds))
    while board.now < end {
      let isDone = areDecided(worker, bus, wiring)
      if isDone { break }
      let next = worker.step(bus: &adapter, now: board.now, exchange: &exchange)
      board.sleep(until: next.microseconds * 1000)
    }
    let isAnswering = worker.health.successes > 0
    for chip in wiring.chips.indices where Int(wiring.chips[chip].bus) == bus {
      report(wiring.chips[chip], worker.chipHealth(chip), othersAnswer: isAnswering, &findings)
    }
  }
}

/// How long the chips of a bus may take: two seconds, and eight visits of the one that is visited
/// most rarely (the 24LC256 is read in four).
private func patience(
  _ bus: Int, _ wiring: borrowing BoardWiring, tickMicroseconds: Int32
) -> Int64 {
  var longest: Int64 = 0
  for chip in wiring.chips.indices where Int(wiring.chips[chip].bus) == bus {
    longest = max(longest, Int64(wiring.chips[chip].everyTicks) * Int64(tickMicroseconds))
  }
  return 2_000_000 + 8 * longest
}

/// Every chip of the bus runs, or has failed four times in a row otherwise than by being busy.
private func areDecided(
  _ worker: borrowing BusWorker, _ bus: Int, _ wiring: borrowing BoardWiring
) -> Bool {
  for chip in wiring.chips.indices where Int(wiring.chips[chip].bus) == bus {
    guard let health = worker.chipHealth(chip), health.state != .running else { continue }
    let isLost = health.consecutiveFailures >= 4 && health.lastFailure != .notReady
    if !isLost { return false }
  }
  return true
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

/// Lets the firmware carry out its power-on self test; no rotor moves.
func checkSelfTest(
  _ process: inout FirmwareProcess<LinuxBoard>, board: LinuxBoard, _ options: borrowing Options,
  _ findings: inout Findings
) {
  let name = Identifier()
  process.shared.exchange { $0.leaveOut(link: false, recorder: true) }
  do throws(SystemError) {
    try process.start(.linux, priority: options.priority, processor: options.processor)
  } catch {
    return findings.bad("self test", name) {
      $0.add("threads cannot be started, error ")
      $0.add(Int64(error.number))
    }
  }
  var end = board.nanoseconds &+ 30_000_000_000
  var phase = Phase.post
  var hasPassed = false
  // The checklist is verified every hundred milliseconds: the verdict follows the phase.
  while (phase == .post || !hasPassed) && board.nanoseconds < end {
    board.sleep(until: board.nanoseconds &+ 20_000_000)
    while process.shared.exchange({
      $0.linkRecords.take {
        phase = $0.status.phase
        hasPassed = $0.status.checklist.contains(.selfTest)
      }
    }) {}
    if phase != .post { end = min(end, board.nanoseconds &+ 500_000_000) }
  }
  process.handOver()
  if phase == .post {
    findings.bad("self test", name) { $0.add("did not end within 30 s; look at the lines above") }
  } else if !hasPassed {
    findings.bad("self test", name) { $0.add("failed; look at the lines above and at the alarms") }
  } else {
    findings.good("self test", name) { $0.add("passed, no rotor moved") }
  }
}
