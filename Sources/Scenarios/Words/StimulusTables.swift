import CircuitModel

/// What can happen, in words, beside plant numbers and faults.
extension StimulusPhrases {
  static let events = PatternTable<Stimulus>(
    rows: [
      .init("inject <volume> air at <inlet>") {
        .air(AirInlet(rawValue: UInt8(clamping: $0[1].index)) ?? .venousCannula, $0[0].number)
      },
      .init("remove air") { _ in .removeAir },
      .init("give <volume>") { .giveVolume($0[0].number) },
      .init("give <volume> to patient") { .giveToPatient($0[0].number) },
    ], what: "circuit event")

  static let supply = PatternTable<PlannedStimulus.Step>(
    rows: [
      .init("mains off") { _ in .once(.mains(false)) },
      .init("mains on") { _ in .once(.mains(true)) },
      .init("mains dip for <time>") { .dip($0[0].number) },
      .init("board off") { _ in .once(.boardSupply(false)) },
      .init("board on") { _ in .once(.boardSupply(true)) },
      .init("battery <charge>") { .once(.batteryCharge($0[0].number)) },
    ], what: "supply event")

  static let firmware = PatternTable<Stimulus>(
    rows: [
      .init("kill") { _ in .killFirmware },
      .init("hang") { _ in .hangFirmware },
      .init("restart") { _ in .restartFirmware(0) },
      .init("restart after <time>") { .restartFirmware($0[0].number) },
    ], what: "firmware event")

  static let clock = PatternTable<Stimulus>(
    rows: [
      .init("jump <time>") { .wallClock($0[0].number) },
      .init("jump back <time>") { .wallClock(-$0[0].number) },
    ], what: "clock event")

  static let hand = PatternTable<Stimulus>(
    rows: [
      .init("press emergency stop") { _ in .emergencyStop(true) },
      .init("release emergency stop") { _ in .emergencyStop(false) },
      .init("open <pump> cover") { .cover(pump: $0[0].index, isOpen: true) },
      .init("close <pump> cover") { .cover(pump: $0[0].index, isOpen: false) },
      .init("hold clamp lever open") { _ in .clampLever(true) },
      .init("release clamp lever") { _ in .clampLever(false) },
    ], what: "hand action")
}
