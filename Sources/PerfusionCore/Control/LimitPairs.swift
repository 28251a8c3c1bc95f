/// Safety limits kept twice, the second time complemented (docs/domain.md C1, RAM complement).
///
/// One word is looked at in each tick, so every limit within 0.25 s. A bit that turned over in either
/// copy is found; which of the two is right cannot be known, so it is told and nothing is put back.
struct LimitPairs: BitwiseCopyable, Sendable {
  /// A limit and its complement were seen apart.
  private(set) var isBroken = false
  var complements = InlineArray<50, UInt64>(repeating: 0)

  /// Words of the circuit.
  static var circuitCount: Int { 18 }
  /// How many words are kept: those of the circuit, four of each of eight pumps.
  static var count: Int { 50 }

  /// Takes a limit's bits over, after it was changed on purpose.
  mutating func keep(_ index: Int, _ word: UInt64) {
    if index >= 0 && index < Self.count { complements[index] = ~word }
  }

  /// Compares a limit's bits with their complement.
  mutating func check(_ index: Int, _ word: UInt64) {
    guard index >= 0 && index < Self.count else { return }
    if complements[index] != ~word { isBroken = true }
  }
}

extension Controller {
  /// The bits of a limit that stops or holds something.
  mutating func limitWord(_ index: Int) -> UInt64 {
    let place = index - LimitPairs.circuitCount
    guard place >= 0 else { return circuitWord(index).bitPattern }
    let pump = place / 4
    guard pump < pumpCount else { return 0 }
    let value =
      switch place % 4 {
      case 0: pumps[pump].configuration.stopPressure.base
      case 1: pumps[pump].configuration.regulatePressure.base
      case 2: pumps[pump].configuration.maximumSpeed.base
      default: pumps[pump].configuration.maximumFlow.base
      }
    return value.bitPattern
  }

  private mutating func circuitWord(_ index: Int) -> Double {
    switch index {
    case 0: configuration.limits.pressureAlert.base
    case 1: configuration.limits.preOxygenatorHigh.base
    case 2: configuration.limits.suctionAlert.base
    case 3: configuration.limits.suctionAlarm.base
    case 4: configuration.limits.pressureHard.base
    case 5: configuration.limits.backflow.base
    case 6: configuration.limits.noFlow.base
    case 7: configuration.limits.pressureLow.base
    case 8: configuration.limits.suctionFast.base
    case 9: configuration.limits.ventSuction.base
    case 10: configuration.limits.coronarySinusStop.base
    case 11: configuration.limits.overspeed.base
    case 12: configuration.limits.overspeedShare.value
    case 13: configuration.reservoir.alert.base
    case 14: configuration.reservoir.alarm.base
    case 15: configuration.reservoir.resume.base
    case 16: configuration.reservoir.alarmTime.base
    default: Double(configuration.airDetection.shortestAir)
    }
  }

  /// Takes all limits over as they are meant now.
  mutating func keepLimits() {
    for index in 0..<LimitPairs.count { limitPairs.keep(index, limitWord(index)) }
  }

  /// The configuration is the one that was loaded, but for the alarm limits that the operator may
  /// move; those are kept in pairs.
  mutating func isConfigurationUntouched() -> Bool {
    var loaded = configuration
    for raw in 0..<UInt8(AlarmLimit.count) {
      guard let limit = AlarmLimit(rawValue: raw) else { continue }
      loaded.limits[limit] = presets[limit]
    }
    return loaded.checkSum == configurationSum
  }
}
