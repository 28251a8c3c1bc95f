public import PerfusionCore

/// The cyclic schedule of one bus: which chip is visited when.
///
/// Worked out from the wiring alone, by the firmware and by the board file's checker alike. Visits
/// of a tick never overlap. Chips that drive something come first, then the sensors; slow chips
/// are spread over ticks. An ADC with several inputs in use is visited several times in its tick,
/// a conversion apart, as far as that fits.
public struct BusSchedule: Sendable {
  /// Most of a tick that the bus may be busy (docs/domain.md 10.3).
  public static var ceiling: Double { 0.6 }
  /// Most chips that a worker visits.
  public static var chipCapacity: Int { 24 }
  /// Least time between two visits of an ADC (a conversion of 1.31 ms at the slowest).
  public static var conversionGap: Int32 { 1400 }
  /// The schedule repeats after this many ticks; visit intervals are rounded down to its divisors.
  public static var cycle: Int { 1000 }

  /// The visits, earliest in the tick first.
  public private(set) var visits: FixedList<64, ScheduledVisit>
  /// Length of a tick in microseconds.
  public let tickMicroseconds: Int32
  /// Share of the busiest tick that the bus is taken.
  public private(set) var worstUtilisation: Double = 0
  /// Share of the time that the bus is taken on average.
  public private(set) var meanUtilisation: Double = 0
  /// Why it does not fit.
  public private(set) var issues = ScheduleIssues(filler: .noSuchBus(chip: 0))
  /// Everything has its place and the busiest tick is below the ceiling.
  public var fits: Bool { issues.isEmpty }

  /// A bus without visits.
  public init(tickMicroseconds: Int32) {
    visits = FixedList(
      filler: ScheduledVisit(chip: 0, offset: 0, cost: 0, everyTicks: 1, phase: 0))
    self.tickMicroseconds = max(tickMicroseconds, 1000)
  }

  /// The schedule of bus `bus` of the wiring.
  public init(_ wiring: borrowing BoardWiring, bus: Int, tickMicroseconds: Int32) {
    self.init(tickMicroseconds: tickMicroseconds)
    for fewer: Int32 in 0..<4 {
      let conversions = 4 - fewer
      var attempt = BusSchedule(tickMicroseconds: tickMicroseconds)
      attempt.place(wiring, bus: bus, conversions: conversions)
      self = attempt
      if fits { return }
    }
  }

  private mutating func place(_ wiring: borrowing BoardWiring, bus: Int, conversions: Int32) {
    guard let line = wiring.buses.element(at: bus) else { return }
    let mustSwitch = BusSchedule.needsSwitching(wiring, bus: bus)
    var chipCount = 0
    for rank in 0..<3 {
      for interval in 1...BusSchedule.cycle where BusSchedule.cycle % interval == 0 {
        for index in wiring.chips.indices {
          let chip = wiring.chips[index]
          guard Int(chip.bus) == bus && chip.part.isVisited && rank == BusSchedule.rank(chip.part),
            BusSchedule.interval(chip.everyTicks) == interval
          else { continue }
          chipCount += 1
          var cost = chip.part.visitCost
          if mustSwitch && chip.multiplexer >= 0 { cost = cost + ChipPart.switchCost }
          add(
            chip: UInt8(truncatingIfNeeded: index), interval: UInt16(interval),
            cost: cost.microseconds(clockHertz: line.clockHertz),
            conversions: min(conversions, chip.part.conversions))
        }
      }
    }
    if chipCount > BusSchedule.chipCapacity {
      issues.append(.tooManyChips(bus: UInt8(truncatingIfNeeded: bus)))
    }
    sort()
    measure(bus: UInt8(truncatingIfNeeded: bus))
  }

  mutating func append(_ visit: ScheduledVisit) -> Bool { visits.append(visit) }

  mutating func noteNoRoom(_ chip: UInt8) { issues.append(.noRoom(chip: chip)) }

  private mutating func sort() {
    for index in visits.indices {
      var place = index
      while place > 0 && visits[place - 1].offset > visits[place].offset {
        let later = visits[place - 1]
        visits[place - 1] = visits[place]
        visits[place] = later
        place -= 1
      }
    }
  }

  private mutating func measure(bus: UInt8) {
    var busy = InlineArray<1000, Int32>(repeating: 0)
    var mean: Double = 0
    for index in visits.indices {
      let visit = visits[index]
      mean += Double(visit.cost) / Double(visit.everyTicks)
      var tick = Int(visit.phase)
      while tick < BusSchedule.cycle {
        busy[tick] += visit.cost
        tick += Int(visit.everyTicks)
      }
    }
    var worst: Int32 = 0
    for tick in 0..<BusSchedule.cycle { worst = max(worst, busy[tick]) }
    worstUtilisation = Double(worst) / Double(tickMicroseconds)
    meanUtilisation = mean / Double(tickMicroseconds)
    guard worstUtilisation > BusSchedule.ceiling else { return }
    let perMille = Int64(worst) * 1000 / Int64(tickMicroseconds)
    issues.append(.overBudget(bus: bus, perMille: Int32(clamping: perMille)))
  }

  /// Time at the beginning of each tick that is left to the tick itself, so that what it commands
  /// goes out in the same tick.
  public var leadIn: Int32 { tickMicroseconds / 16 }

  /// Outputs first, then converters that want several visits, then the rest.
  private static func rank(_ part: ChipPart) -> Int {
    part.isActuator ? 0 : (part.conversions > 1 ? 1 : 2)
  }

  /// The greatest divisor of the cycle that is not above the wanted interval.
  static func interval(_ wanted: UInt16) -> Int {
    var interval = min(max(Int(wanted), 1), cycle)
    while cycle % interval != 0 { interval -= 1 }
    return interval
  }

  /// False when all chips behind multiplexers are behind the same channel, joined once.
  private static func needsSwitching(_ wiring: borrowing BoardWiring, bus: Int) -> Bool {
    var first: ChipWiring?
    for index in wiring.chips.indices {
      let chip = wiring.chips[index]
      guard Int(chip.bus) == bus && chip.multiplexer >= 0 else { continue }
      guard let known = first else {
        first = chip
        continue
      }
      if !known.canBeJoined(with: chip) { return true }
    }
    return false
  }
}
