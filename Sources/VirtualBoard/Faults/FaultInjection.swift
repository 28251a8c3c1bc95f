import ChipDrivers
import PerfusionCore

/// Puts faults on parts and takes them off.
extension BoardHardware {
  /// The words that a target knows.
  func words(_ target: FaultTarget) -> [FaultWord] {
    switch target {
    case .bus: BusFault.busWords
    case .chip(let chip): chipWords(chip)
    case .sensor(let index): sensorWords(index)
    case .inputLine: InputLine.faultWords
    case .tachometer: Tachometer.faultWords
    case .outputLine: OutputLineFault.words
    case .drive: PumpDriveFaults.driveWords
    case .shaft: PumpDriveFaults.shaftWords
    case .arterialClamp: LineClamp.faultWords
    case .venousOccluder, .occlusionActuator: ServoActuator.faultWords
    case .heater, .contactor, .chiller, .waterPump, .buzzer, .redLamp, .yellowLamp, .cyanLamp:
      Relay.faultWords
    case .cutOut: ThermalCutOut.faultWords
    case .watchdog: WindowWatchdog.faultWords
    case .mains: Supply.mainsWords
    case .battery: Supply.batteryWords
    case .store: KeptStore.faultWords
    case .display: [.off]
    }
  }

  /// Applies a word that the target knows, or ends whatever it suffers from.
  func setFault(_ target: FaultTarget, _ word: FaultWord?, random: SplitMix64) {
    switch target {
    case .bus(let index): buses[index].setFault(word, random: random)
    case .chip(let chip): setChipFault(chip, word, random: random)
    case .sensor(let index): setSensorFault(index, word, random: random)
    case .inputLine(let line), .tachometer(let line):
      lines.setFault(line: line, word, random: random)
    case .outputLine(let line): setOutputFault(line, word, random: random)
    case .drive(let pump): drives[pump].setFault(word, random: random)
    case .shaft(let pump): drives[pump].setShaftFault(word, random: random)
    case .arterialClamp: clamp.setFault(word, random: random)
    case .venousOccluder: venousOccluder.setFault(word, random: random)
    case .occlusionActuator(let pump): occlusion[pump].setFault(word, random: random)
    case .heater(let circuit): water[circuit].heater.setFault(word, random: random)
    case .contactor(let circuit): water[circuit].contactor.setFault(word, random: random)
    case .chiller(let circuit): water[circuit].chiller.setFault(word, random: random)
    case .waterPump(let circuit): water[circuit].pump.setFault(word, random: random)
    case .cutOut(let circuit): water[circuit].cutOut.setFault(word)
    case .buzzer: annunciators.buzzer.setFault(word, random: random)
    case .redLamp: annunciators.red.setFault(word, random: random)
    case .yellowLamp: annunciators.yellow.setFault(word, random: random)
    case .cyanLamp: annunciators.cyan.setFault(word, random: random)
    case .watchdog: watchdog.setFault(word)
    case .mains: supply.setMainsFault(word, random: random)
    case .battery: supply.setBatteryFault(word)
    case .store: store.setFault(word, random: random)
    case .display: isDisplayLost = word == .off
    }
  }

  /// The chip's own words, and the bus words at its place.
  private func chipWords(_ chip: Int) -> [FaultWord] {
    let own = chips[chip].supportedFaults
    return own + BusFault.chipWords.filter { !own.contains($0) }
  }

  private func setChipFault(_ chip: Int, _ word: FaultWord?, random: SplitMix64) {
    let bus = buses[Int(wiring.chips[chip].bus)]
    let isOwn = word.map(chips[chip].supportedFaults.contains) ?? false
    var random = random
    chips[chip].setFault(isOwn ? word : nil, seed: random.next())
    bus.setFault(chip: chip, isOwn ? nil : word, random: random)
    let bit = UInt64(1) << UInt64(chip & 63)
    faultyChips = word == nil ? faultyChips & ~bit : faultyChips | bit
    refresh(taps: tapsOfChip[chip])
  }

  /// A transducer inside a chip is off when the chip is.
  private func sensorWords(_ index: Int) -> [FaultWord] {
    let chip = chipOfTransducer(index)
    let canBeOff = chip.map { chips[$0].supportedFaults.contains(.off) } ?? true
    return SensorChannel.faultWords.filter { $0 != .off || canBeOff }
  }

  private func setSensorFault(_ index: Int, _ word: FaultWord?, random: SplitMix64) {
    if let chip = chipOfTransducer(index), word == .off || word == nil {
      setChipFault(chip, word, random: random)
    }
    sensors.setFault(index, word, random: random)
  }

  private func chipOfTransducer(_ index: Int) -> Int? {
    guard case .channel(let chip, _) = sensors.channels[index].wiring.port,
      let part = wiring.chips.element(at: Int(chip))?.part,
      InputRails.of(part).open == .insideChip
    else { return nil }
    return Int(chip)
  }

  private func setOutputFault(_ line: Int, _ word: FaultWord?, random: SplitMix64) {
    let level = lineFaults[line] == nil && driven(line)
    lineFaults[line] = word.map { OutputLineFault($0, holding: level, random: random) }
    for tap in taps.indices where taps[tap].line == line { refresh(tap: tap) }
  }

  /// The level that the board drives on an output line.
  private func driven(_ line: Int) -> Bool {
    for tap in taps where tap.line == line {
      switch tap.place {
      case .chip: continue
      case .pin(let chip, let pin, _, let isActiveLow):
        return (output(chip, pin) > 0.5) != isActiveLow
      case .gpio: return gpioOutputs >> UInt64(line & 63) & 1 != 0
      }
    }
    return false
  }
}
