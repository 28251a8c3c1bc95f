/// What the interlocks must know of the machine, taken out of the configuration once.
struct InterlockLayout: Sendable {
  /// How many pumps there are.
  let count: Int
  /// Their kinds.
  private(set) var kinds = InlineArray<8, PumpKind>(repeating: .roller)
  /// The pumps that each stops with, directly or through others; never the primary pump, never a
  /// vent or sucker with the primary pump (docs/domain.md 8.1 R5, 8.4).
  private(set) var links = InlineArray<8, UInt8>(repeating: 0)
  /// Bit i: pump i takes its blood from the arterial line, or is part of cardioplegia.
  private(set) var drawing: UInt8 = 0
  /// Bit i: pump i is a vent.
  private(set) var vents: UInt8 = 0
  /// Bit i: pump i is a sucker.
  private(set) var suckers: UInt8 = 0
  /// Pumps whose outlet pressure is that of cardioplegia delivery.
  private(set) var deliversCardioplegia: UInt8 = 0
  private let responses: ResponseMatrix
  /// Ticks that an override lasts.
  private let overrideTicks: UInt32
  /// Ticks that one of a cardioplegia pump's slowing lasts.
  private let cardioplegiaTicks: UInt32

  init(_ configuration: MachineConfiguration) {
    count = configuration.pumps.count
    responses = configuration.responses
    overrideTicks = UInt32(clamping: configuration.ticks(OverrideClass.time))
    cardioplegiaTicks = UInt32(
      clamping: configuration.ticks(OverrideClass.cardioplegiaTime))
    for pump in configuration.pumps.indices {
      let machine = configuration.pumps[pump]
      let bit = UInt8(1) << UInt8(pump)
      kinds[pump] = machine.kind
      if machine.outletPressure == .cardioplegiaLinePressure { deliversCardioplegia |= bit }
      if machine.role == .vent { vents |= bit }
      if machine.role == .sucker || machine.role == .secondSucker { suckers |= bit }
      if Self.draws(machine) { drawing |= bit }
      links[pump] = pump == 0 ? 0 : Self.links(machine)
    }
    closeLinks(configuration)
  }

  private static func draws(_ pump: PumpConfiguration) -> Bool {
    pump.drawsFromArterialLine || pump.role == .cardioplegia || pump.role == .crystalloid
  }

  private static func links(_ pump: PumpConfiguration) -> UInt8 {
    var links = pump.stopsWithPumps
    if pump.drawsFromArterialLine { links |= 1 }
    return links
  }

  /// A chain of links stops its end in the same tick as its middle.
  private mutating func closeLinks(_ configuration: MachineConfiguration) {
    for _ in 0..<count {
      for pump in 1..<max(count, 1) {
        for other in 0..<count where links[pump] & (1 << UInt8(other)) != 0 {
          links[pump] |= links[other]
        }
      }
    }
    for pump in 1..<max(count, 1) {
      links[pump] &= ~(1 << UInt8(pump))
      switch configuration.pumps[pump].role {
      case .vent, .sucker, .secondSucker: links[pump] &= ~1
      case .arterial, .cardioplegia, .crystalloid, .organArtery, .portalVein: break
      }
    }
  }

  /// What a pump does on an event. Whatever the board file says, air before the patient holds the
  /// primary pump at least (docs/domain.md 0.3).
  func response(_ pump: Int, _ event: CircuitEvent) -> Response {
    let response = responses[pump, event]
    guard pump == 0, event == .arterialAir, response <= .regulate else { return response }
    return .hold
  }

  /// What remains of a row's grade at a pump that it does not reach: the alarm.
  func limited(_ grade: Grade, pump: Int, reach: Reach) -> Grade {
    let bit = UInt8(1) << UInt8(pump)
    let told = min(grade, .annunciate)
    return switch reach {
    case .every: grade
    case .linked: pump == 0 ? grade : told
    case .bloodPath: pump == 0 ? grade : drawing & bit != 0 ? min(grade, .stop) : told
    case .vents: vents & bit != 0 ? grade : told
    case .suckers: suckers & bit != 0 ? grade : told
    }
  }

  /// How long an override of an event lasts.
  func overrideTicks(_ pump: Int, _ event: CircuitEvent) -> UInt32 {
    let isShort = event == .pressureAlert && deliversCardioplegia & (1 << UInt8(pump)) != 0
    return isShort ? cardioplegiaTicks : overrideTicks
  }

  /// The alarm of a pump's row: pressure of a cardioplegia pump has one of its own (AL-37).
  func alarm(of row: PumpRow, _ definition: InterlockRow, pump: Int) -> AlarmID {
    row.alarm(
      definition.alarm, deliversCardioplegia: deliversCardioplegia & (1 << UInt8(pump)) != 0)
  }
}
