import ChipDrivers
import Firmware
import PerfusionCore

/// From chips and lines to drives, clamps, relays and lamps.
extension BoardHardware {
  /// Drives a GPIO output; an input, an expander's pin or a line that does not exist is refused.
  func writeLine(_ index: Int, isAsserted: Bool) throws(BusError) {
    let bit = LineLevels(1) << LineLevels(index & 63)
    guard index & ~63 == 0, drivenLines & bit != 0 else { throw .unsupported }
    if outputEdges != nil && isAsserted != (gpioOutputs & bit != 0) {
      outputEdges?.append(OutputEdge(line: index, isAsserted: isAsserted, at: clock.now))
    }
    gpioOutputs = isAsserted ? gpioOutputs | bit : gpioOutputs & ~bit
    for tap in taps.indices where taps[tap].line == index {
      lapsedTaps &= ~(1 << UInt64(tap & 63))
      refresh(tap: tap)
    }
    if resetLines & bit != 0 { holdMultiplexers(line: index, inReset: isAsserted) }
  }

  private func holdMultiplexers(line: Int, inReset: Bool) {
    for chip in wiring.chips.indices where Int(wiring.chips[chip].resetLine) == line {
      (chips[chip] as? TCA9548AModel)?.hold(inReset: inReset, at: clock.now)
    }
  }

  /// Looks again at the outputs of chips that were written, or that have a fault.
  func refreshWrittenChips() {
    var written: UInt64 = 0
    for bus in buses {
      written |= bus.writtenChips
      bus.writtenChips = 0
    }
    lapsedTaps &= ~tapBits(ofChips: written)
    var chips = written | faultyChips
    while chips != 0 {
      let chip = chips.trailingZeroBitCount
      chips &= chips &- 1
      refresh(taps: tapsOfChip[chip])
    }
    if !lineFaults.isEmpty { stepLineFaults() }
  }

  /// Looks again at the outputs of a set of taps.
  func refresh(taps: UInt64) {
    var taps = taps
    while taps != 0 {
      refresh(tap: taps.trailingZeroBitCount)
      taps &= taps &- 1
    }
  }

  /// What a chip puts out on a pin, as it is heard where a bench hears it.
  func output(_ chip: Int, _ pin: Int) -> Double {
    heard.isEmpty ? chips[chip].output(pin) : heard[chip * 16 + pin] ?? chips[chip].output(pin)
  }

  /// Looks again at one output.
  func refresh(tap index: Int) {
    let tap = taps[index]
    if lapsedTaps >> UInt64(index & 63) & 1 != 0 { return }
    switch tap.place {
    case .chip(let chip, let pin, let isPulsed):
      apply(tap, tap.engineering(output(chip, pin), isPulsed: isPulsed))
    case .pin(let chip, let pin, let line, let isActiveLow):
      let level = (output(chip, pin) > 0.5) != isActiveLow
      apply(tap, arrives(line, level) ? 1 : 0)
    case .gpio(let line):
      apply(tap, arrives(line, gpioOutputs >> UInt64(line & 63) & 1 != 0) ? 1 : 0)
    }
  }

  /// A command's lease has run out: the actuator falls back until it is driven again.
  func lapse(tap index: Int) {
    switch taps[index].fallback {
    case .hold: return
    case .off: apply(taps[index], isServo(taps[index].site) ? nil : 0)
    case .on: apply(taps[index], 1)
    }
    lapsedTaps |= 1 << UInt64(index & 63)
  }

  private func isServo(_ site: ActuatorSite) -> Bool {
    switch site {
    case .occlusionGap, .venousOccluder: true
    default: false
    }
  }

  /// Tells an actuator; nothing when its input carries no signal.
  func apply(_ tap: OutputTap, _ value: Double?) {
    let isOn = (value ?? 0) > 0.5
    switch tap.site {
    case .pumpSpeed(let pump): drive(pump) { $0.reference = max(0, value ?? 0) }
    case .pumpReverse(let pump): drive(pump) { $0.isReversed = isOn }
    case .pumpEnable(let pump): drive(pump) { $0.isEnabled = isOn }
    case .pumpTorqueAllowed(let pump):
      drive(pump) {
        if tap.isSecond { $0.torqueAllowed.second = isOn } else { $0.torqueAllowed.first = isOn }
      }
    case .occlusionGap(let pump):
      if Int(pump) < occlusion.count { occlusion[Int(pump)].target = value }
    case .arterialClampOpen: clamp.isCommandedOpen = isOn
    case .venousOccluder: venousOccluder.target = value
    case .waterPump(let circuit):
      water[Int(circuit & 1)].pump.isCommanded = (value ?? 0) > 0.01
      water[Int(circuit & 1)].pumpSpeed = value ?? 0
    case .heater(let circuit): water[Int(circuit & 1)].heater.isCommanded = isOn
    case .heaterContactor(let circuit): water[Int(circuit & 1)].contactor.isCommanded = isOn
    case .chiller(let circuit): water[Int(circuit & 1)].chiller.isCommanded = isOn
    case .buzzer: annunciators.buzzer.isCommanded = isOn
    case .redLamp: annunciators.red.isCommanded = isOn
    case .yellowLamp: annunciators.yellow.isCommanded = isOn
    case .cyanLamp: annunciators.cyan.isCommanded = isOn
    case .airTest: airTest = isOn
    case .watchdogStroke: stroke(isOn)
    }
  }

  private func stroke(_ level: Bool) {
    guard level != strokeLevel else { return }
    strokeLevel = level
    watchdog.edge(at: clock.now)
  }

  private func arrives(_ line: Int, _ level: Bool) -> Bool {
    lineFaults.isEmpty ? level : lineFaults[line]?.arrives(level) ?? level
  }

  private func stepLineFaults() {
    for line in lineFaults.keys.sorted() {
      lineFaults[line]?.step()
      for tap in taps.indices where taps[tap].line == line { refresh(tap: tap) }
    }
  }

  private func tapBits(ofChips chips: UInt64) -> UInt64 {
    guard lapsedTaps != 0 else { return 0 }
    var bits: UInt64 = 0
    for chip in tapsOfChip.indices where chips >> UInt64(chip) & 1 != 0 { bits |= tapsOfChip[chip] }
    return bits
  }

  private func drive(_ pump: UInt8, _ act: (inout PumpDrive) -> Void) {
    if Int(pump) < drives.count { act(&drives[Int(pump)]) }
  }
}
