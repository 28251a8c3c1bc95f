public import ChipDrivers
public import PerfusionCore

/// The worker of one bus: carries out the bus's cyclic schedule, one visit a step.
///
/// A state machine: a thread steps it on a board, the virtual clock in a simulation. It never
/// waits. It touches nothing but its bus, its chips and their places in the exchange.
public struct BusWorker: Sendable {
  /// The schedule it carries out.
  public let schedule: BusSchedule
  /// How the bus fares.
  public private(set) var health = BusHealth()
  /// Ticks whose visits were left out because the worker came too late.
  public private(set) var skippedTicks: UInt64 = 0

  @usableFromInline var drivers = InlineArray<24, ChipDriver>(repeating: ChipDriver())
  @usableFromInline var leases = InlineArray<24, ChipLeases>(repeating: ChipLeases())
  @usableFromInline var multiplexers = InlineArray<4, TCA9548A>(
    repeating: TCA9548A(address: I2CAddress(0)))
  @usableFromInline var visits = InlineArray<64, WorkerVisit>(repeating: WorkerVisit())
  private var driverChips = InlineArray<24, UInt8>(repeating: 255)
  private var multiplexerChips = InlineArray<4, UInt8>(repeating: 255)
  private var driverCount = 0
  private var multiplexerCount = 0
  private var visitCount = 0
  /// Chips of this bus that actuators drive; bit i is chip i of the wiring.
  public private(set) var commandedChips: UInt64 = 0
  /// The chip that the last step visited; -1 for none.
  @usableFromInline var visited = -1
  @usableFromInline var cursor = 0
  @usableFromInline var joinedMultiplexer: Int8 = -1
  /// The chip whose channel was joined last, and the one that held the bus until it was parted.
  @usableFromInline var culprit = ChannelCulprit()
  private var tickStart = Instant.start
  /// When the visit at the cursor is due.
  @usableFromInline var due = Instant.start
  private var tickNumber: Int64 = 0
  private let tickMicroseconds: Int64

  /// A worker without chips.
  public init() {
    schedule = BusSchedule(tickMicroseconds: 5000)
    tickMicroseconds = 5000
  }

  /// The worker of bus `bus` of the wiring, for the chips whose bit is set in `chips`.
  public init(
    _ wiring: borrowing BoardWiring, bus: Int, tickMicroseconds: Int32, chips: UInt64 = .max
  ) {
    schedule = BusSchedule(wiring, bus: bus, tickMicroseconds: tickMicroseconds)
    self.tickMicroseconds = Int64(schedule.tickMicroseconds)
    culprit.canBeParted = wiring.resetLines(ofBus: bus) != 0
    for index in schedule.visits.indices {
      let visit = schedule.visits[index]
      if chips >> UInt64(visit.chip & 63) & 1 != 0 { addVisit(visit, wiring) }
    }
  }

  /// How the chip with this index in the wiring fares; nothing when it is not on this bus.
  public func chipHealth(_ chip: Int) -> ChipHealth? {
    for place in 0..<driverCount where Int(driverChips[place]) == chip {
      return drivers[place].health
    }
    return nil
  }

  /// The chip runs, and its last visit went well.
  func isSound(_ chip: Int) -> Bool {
    guard let health = chipHealth(chip) else { return false }
    return health.state == .running && health.consecutiveFailures == 0
  }

  /// The chip that was visited since this was last asked; -1 for none.
  public mutating func takeVisited() -> Int {
    defer { visited = -1 }
    return visited
  }

  /// Leases on the bus's chips that have run out.
  public var expiredLeases: UInt64 {
    var sum: UInt64 = 0
    for place in 0..<driverCount { sum &+= leases.span[place].expired }
    return sum
  }

  /// The chips that it visits; bit i is chip i of the wiring.
  var visitedChips: UInt64 {
    var chips: UInt64 = 0
    for place in 0..<driverCount where driverChips[place] < 64 {
      chips |= 1 << UInt64(driverChips[place])
    }
    return chips
  }

  /// Begins the schedule at this moment, the beginning of a tick.
  public mutating func start(at now: Instant) {
    tickStart = now
    tickNumber = 0
    for index in 0..<visitCount { visits[index].resume(atTick: 0) }
    cursor = -1
    advance()
  }

  /// Carries out the visit that is due and says when it wants to be stepped next.
  @inlinable public mutating func step(
    bus: inout some I2CBus & ~Copyable, now: Instant, exchange: inout ChipExchange
  ) -> Instant {
    guard prepare(now) else { return nextStep(now) }
    let visit = visits[cursor]
    let place = Int(visit.driver)
    let chip = Int(visit.chip)
    let isLapsing = leases[place].judge(&exchange.commands[chip], now: now)
    if drivers[place].isDue(now) {
      visited = chip
      do throws(BusError) {
        try join(visit, bus: &bus, now: now, samples: &exchange.samples[chip])
        try drive(place, chip, isLapsing, bus: &bus, now: now, exchange: &exchange)
        succeed(visit)
      } catch {
        fail(error, visit, now)
      }
      exchange.samples[chip].isRunning = drivers[place].isRunning
      exchange.samples[chip].isBusFailing = health.isFailing(at: now)
    }
    advance()
    return nextStep(now)
  }

  /// Visits a chip with what it is asked now, leases that have run out in their fallbacks.
  @inlinable mutating func drive(
    _ place: Int, _ chip: Int, _ isLapsing: Bool, bus: inout some I2CBus & ~Copyable,
    now: Instant, exchange: inout ChipExchange
  ) throws(BusError) {
    guard isLapsing else {
      return try drivers[place].visit(
        bus: &bus, now: now, samples: &exchange.samples[chip],
        outputs: &exchange.commands[chip].outputs)
    }
    var command = exchange.commands[chip]
    leases[place].fallBack(&command)
    try drivers[place].visit(
      bus: &bus, now: now, samples: &exchange.samples[chip], outputs: &command.outputs)
  }

  /// Joins the multiplexer channel of a visit, and no other.
  @inlinable mutating func join(
    _ visit: WorkerVisit, bus: inout some I2CBus & ~Copyable, now: Instant,
    samples: inout ChannelSamples
  ) throws(BusError) {
    guard visit.multiplexer >= 0 else { return }
    let wanted = Int(visit.multiplexer)
    do throws(BusError) {
      if joinedMultiplexer >= 0 && joinedMultiplexer != visit.multiplexer {
        try multiplexers[Int(joinedMultiplexer)].join(0, bus: &bus)
        joinedMultiplexer = -1
      }
      if !multiplexers[wanted].isJoined(visit.channels) {
        joinedMultiplexer = visit.multiplexer
        try multiplexers[wanted].join(visit.channels, bus: &bus)
        culprit.joined = Int8(truncatingIfNeeded: visit.driver)
      }
    } catch {
      drivers[Int(visit.driver)].fail(error, now: now, samples: &samples)
      throw error
    }
  }

  /// What the platform is asked to do for the bus, once.
  @usableFromInline mutating func takeRequest() -> BusRecovery {
    let request = health.takeRequest()
    if request == .none { return request }
    for index in 0..<multiplexerCount { multiplexers[index].restart() }
    if request == .resetMultiplexers { culprit.suspect() }
    return request
  }
}

extension BusWorker {
  /// False while nothing is due.
  @usableFromInline mutating func prepare(_ now: Instant) -> Bool {
    guard visitCount > 0 else { return false }
    guard now >= due else { return false }
    let late = now.microseconds &- tickStart.microseconds
    guard late >= 2 * tickMicroseconds else { return true }
    resume(ticksLater: late / tickMicroseconds)
    return now >= due
  }

  @usableFromInline func nextStep(_ now: Instant) -> Instant {
    visitCount > 0 ? due : now.advanced(microseconds: 1_000_000)
  }

  private mutating func resume(ticksLater ticks: Int64) {
    skippedTicks &+= UInt64(clamping: ticks)
    tickStart = tickStart.advanced(microseconds: ticks * tickMicroseconds)
    tickNumber &+= ticks
    for index in 0..<visitCount { visits[index].resume(atTick: tickNumber) }
    cursor = -1
    advance()
  }

  /// Moves on to the next visit that takes place, in this tick or a later one.
  @usableFromInline mutating func advance() {
    guard visitCount > 0 else { return }
    repeat {
      cursor += 1
      if cursor >= visitCount { beginNextTick() }
    } while !visits[cursor].pass()
    due = tickStart.advanced(microseconds: visits[cursor].offset)
  }

  private mutating func beginNextTick() {
    cursor = 0
    tickNumber &+= 1
    tickStart = tickStart.advanced(microseconds: tickMicroseconds)
  }

  @usableFromInline mutating func succeed(_ visit: WorkerVisit) {
    let parted = culprit.succeed(visit.driver)
    guard health.succeed() else { return }
    for place in 0..<driverCount where place != parted { drivers[place].retrySoon() }
  }

  @usableFromInline mutating func fail(
    _ error: BusError, _ visit: WorkerVisit, _ now: Instant
  ) {
    health.fail(error, chips: driverCount, at: now)
    // Parted once already: it holds the bus again as soon as its channel is joined.
    if culprit.fail(visit.driver) { health.partAtOnce() }
    if visit.multiplexer >= 0 { multiplexers[Int(visit.multiplexer)].restart() }
    guard health.isStuck else { return }
    // One probe a tick: failing transfers take long, and the others would fail as well.
    while cursor < visitCount - 1 {
      cursor += 1
      _ = visits[cursor].pass()
    }
  }

  private mutating func addVisit(_ visit: ScheduledVisit, _ wiring: borrowing BoardWiring) {
    guard visitCount < 64, let chip = wiring.chips.element(at: Int(visit.chip)),
      let driver = place(of: visit.chip, wiring)
    else { return }
    visits[visitCount] = WorkerVisit(visit, driver: driver)
    if chip.multiplexer >= 0, let place = multiplexerPlace(chip.multiplexer, wiring) {
      visits[visitCount].multiplexer = place
      visits[visitCount].channels = 1 << (chip.multiplexerChannel & 7)
    }
    visitCount += 1
  }

  private mutating func place(of chip: UInt8, _ wiring: borrowing BoardWiring) -> UInt8? {
    for place in 0..<driverCount where driverChips[place] == chip {
      return UInt8(truncatingIfNeeded: place)
    }
    guard driverCount < 24 && Int(chip) < ChipExchange.capacity else { return nil }
    drivers[driverCount] = ChipDriver(wiring, chip: Int(chip))
    leases[driverCount] = ChipLeases(wiring, chip: Int(chip))
    if leases[driverCount].isLeased { commandedChips |= 1 << UInt64(chip & 63) }
    driverChips[driverCount] = chip
    driverCount += 1
    return UInt8(truncatingIfNeeded: driverCount - 1)
  }

  private mutating func multiplexerPlace(
    _ chip: Int8, _ wiring: borrowing BoardWiring
  ) -> Int8? {
    for place in 0..<multiplexerCount where Int(multiplexerChips[place]) == Int(chip) {
      return Int8(truncatingIfNeeded: place)
    }
    guard multiplexerCount < 4, let wired = wiring.chips.element(at: Int(chip)) else { return nil }
    multiplexers[multiplexerCount] = TCA9548A(address: wired.address)
    multiplexerChips[multiplexerCount] = UInt8(truncatingIfNeeded: chip)
    multiplexerCount += 1
    return Int8(truncatingIfNeeded: multiplexerCount - 1)
  }
}
