internal import ChipDrivers
internal import PerfusionCore

extension Draft {
  /// Sensors that the interlocks of this machine rest on.
  func checkSensors() {
    var needed: [(String, String)] = [
      ("arterialBubble", "air on its way to the patient (AL-01)")
    ]
    if machine.kind != .organ { needed.append(("arterialFlow", "arterial flow (AL-20, AL-23)")) }
    if machine.pump(.portalVein) != nil {
      needed.append(("portalVeinBubble", "air on its way to the organ"))
    }
    if machine.reservoir.isFitted {
      needed.append(("reservoirVolume", "the level in the reservoir (AL-05, AL-06)"))
    }
    if machine.kind == .ecmo {
      needed.append(("pumpInletPressure", "suction of a closed circuit (AL-16)"))
    }
    for (name, purpose) in needed where !hasSensor(name) {
      diagnostics.error(
        place(ofKey: "sensors"), "the board has no sensor '\(name)': nothing sees \(purpose)",
        "list it under 'sensors:'")
    }
    checkReservoir()
    checkAdvised()
  }

  private func checkReservoir() {
    if machine.kind == .bypass && !machine.reservoir.isFitted {
      diagnostics.error(
        place(ofKey: "interlocks"), "a bypass machine has no reservoir",
        "write 'reservoir:' under 'interlocks:'")
    }
    if machine.kind == .ecmo && machine.reservoir.isFitted {
      diagnostics.error(
        place(ofKey: "interlocks"), "an ECMO machine is a closed circuit and has no reservoir",
        "leave 'reservoir:' out")
    }
  }

  /// What a machine can do without, but should not.
  private func checkAdvised() {
    for index in machine.pumps.indices where !hasSensor("\(machine.pumps[index].role).driveAlive") {
      diagnostics.warning(
        pumpPlace(index), "pump '\(machine.pumps[index].role)' has no signal 'driveAlive'",
        "wire it: a lost drive is then known at once (HZ-11)")
    }
    for name in ["emergencyStopFirst", "emergencyStopSecond", "mainsGood"] where !hasSensor(name) {
      diagnostics.warning(
        place(ofKey: "sensors"), "the board has no sensor '\(name)'", "list it under 'sensors:'")
    }
  }

  /// Lines and chips that nothing refers to.
  func checkUnused() {
    for index in wiring.lines.indices where lineUse[index] == nil {
      diagnostics.warning(
        lines.place(at: index), "nothing uses the line '\(lines.word(index))'",
        "use it, or take it out")
    }
    for index in wiring.chips.indices where isUnused(index) {
      diagnostics.warning(
        chips.place(at: index), "nothing uses the chip '\(chips.word(index))'",
        "use it, or take it out")
    }
  }

  /// Clocks and memories are used by the firmware itself.
  private func isUnused(_ index: Int) -> Bool {
    switch wiring.chips[index].part {
    case .none, .ds3231, .eeprom24LC256: false
    case .tca9548a: !wiring.chips.indices.contains { Int(wiring.chips[$0].multiplexer) == index }
    case .mcp23017: !wiring.lines.indices.contains { Int(wiring.lines[$0].expander) == index }
    default: !channelUse.keys.contains { $0.chip == index }
    }
  }
}
