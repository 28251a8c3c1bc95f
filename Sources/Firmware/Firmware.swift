public import ChipDrivers
public import PerfusionCore

/// The firmware of a machine: acquire, step, apply, once a tick, and a worker for each bus.
///
/// The platform's owner calls `start` once, `tick` every tick and `stepWorker` of each bus when it
/// asked to be; on a board threads do that, in a simulation the virtual clock. Nothing here waits,
/// traps or allocates.
public struct Firmware<Board: Platform & ~Copyable>: ~Copyable {
  /// The machine it runs on.
  public var platform: Board
  /// The controller.
  public var controller: Controller
  /// What the controller was told by the sensors in the last tick.
  public var sensors = SensorSnapshot()
  /// What it told the actuators in the last tick.
  public var actuators = ActuatorCommands()
  /// What happened in the last tick.
  public var events = EventList()
  /// How well the tick keeps time.
  public var statistics: LoopStatistics
  /// Sensors from chips and lines.
  public var acquisition: Acquisition
  /// Actuators to chips and lines.
  public var application: Application
  /// What workers and tick exchange.
  public var exchange = ChipExchange()
  /// The buses' workers.
  public var workers: InlineArray<4, BusWorker>
  /// Who drives the GPIO outputs.
  public var keeper: LineKeeper
  /// The newest records of the alarm log, those of earlier starts included.
  public internal(set) var alarmHistory = AlarmHistory()
  /// What outlives it.
  public var retention: Retention
  /// Readings of the GPIO inputs that failed.
  public var failedLineReads: UInt64 = 0
  /// Chips that a worker visits; bit i is chip i of the wiring.
  @usableFromInline let visitedChips: UInt64
  @usableFromInline var report: PlatformReport
  @usableFromInline var clocks: ClockWatch
  /// The same for the board's own clock.
  @usableFromInline var boardClock: ClockWatch
  /// The chip that is it, -1 for none.
  @usableFromInline let clockChip: Int
  @usableFromInline let busCount: Int

  /// Most edges that one tick takes; the rest wait for the next one.
  @inlinable static var edgesPerTick: Int { 256 }

  /// The firmware of a machine, wired in this way, on a platform.
  ///
  /// It reads what outlived the firmware that ran before. When somebody depended on the flow then,
  /// or when that cannot be known, no output that carries blood flow is touched until the rotors
  /// have been measured (HZ-55). `boardSum` is the check sum of the board image: records of another one are refused.
  public init(
    platform: consuming Board, machine: MachineConfiguration, wiring: borrowing BoardWiring,
    boardSum: UInt32 = 0
  ) {
    var platform = platform
    var retention = Retention(board: boardSum)
    let record = retention.recall(&platform, machine: machine)
    var controller = Controller(
      configuration: machine, restartingFrom: record, isDoubtful: retention.isDoubtful,
      now: platform.now)
    controller.refuseRecords(retention.firstFault, retention.secondFault)
    self.platform = platform
    self.retention = retention
    self.controller = controller
    statistics = LoopStatistics(tickMicroseconds: machine.tickMicroseconds)
    acquisition = Acquisition(wiring)
    application = Application(wiring)
    keeper = LineKeeper(wiring)
    report = PlatformReport(tickMicroseconds: machine.tickMicroseconds)
    clocks = ClockWatch(tickMicroseconds: machine.tickMicroseconds)
    boardClock = ClockWatch(tickMicroseconds: machine.tickMicroseconds)
    var clockChip = -1
    for chip in wiring.chips.indices where wiring.chips[chip].part.isClock { clockChip = chip }
    self.clockChip = clockChip
    busCount = min(wiring.buses.count, 4)
    var visited: UInt64 = 0
    workers = InlineArray(repeating: BusWorker())
    for bus in 0..<busCount {
      workers[bus] = BusWorker(wiring, bus: bus, tickMicroseconds: machine.tickMicroseconds)
      visited |= workers[bus].visitedChips
    }
    visitedChips = visited
  }

  /// Puts all outputs into their safe state, all but those of the blood flow where it adopts a machine
  /// that may be running, and begins the workers' schedules.
  ///
  /// The workers initialise the chips at their first visits.
  @inlinable public mutating func start() {
    let now = platform.now
    openAlarmLog()
    application.makeSafe(keepingFlow: controller.isAdopting)
    keepLines(now)
    for bus in 0..<busCount { workers[bus].start(at: now) }
  }

  /// Carries the machine through one tick.
  @inlinable public mutating func tick(_ commands: borrowing CommandQueue) {
    let now = platform.now
    statistics.begin(now)
    acquire(now)
    decide(commands)
    apply(now)
    keepRetained(now)
    statistics.end(platform.now)
  }

  /// Writes down what has to outlive the firmware, when there is cause to: after each tick.
  @inlinable public mutating func keepRetained(_ now: Instant) {
    retention.follow(&controller, hasEvents: !events.isEmpty, now: now, &platform)
  }

  /// Carries out what is due on a bus, and says when it wants to be stepped next.
  ///
  /// A bus that the board does not have asks for nothing within a second.
  @inlinable public mutating func stepWorker(_ bus: Int) -> Instant {
    let now = platform.now
    expireLeases(now)
    guard bus >= 0 && bus < busCount else { return now.advanced(microseconds: 1_000_000) }
    var adapter = platform.bus(bus)
    let next = workers[bus].step(bus: &adapter, now: now, exchange: &exchange)
    let request = workers[bus].takeRequest()
    if request != .none { platform.recoverBus(bus, by: request) }
    return next
  }

  /// Ends the leases of lines that have run out, whether ticks come or not; the workers see to
  /// those of their chips.
  @inlinable public mutating func expireLeases(_ now: Instant) {
    if now >= keeper.earliestEnd { keepLines(now) }
  }

  /// Leases that have run out.
  public var expiredLeases: UInt64 {
    var sum = keeper.expired
    for bus in 0..<busCount { sum &+= workers.span[bus].expiredLeases }
    return sum
  }

  /// Brings `sensors` to this moment: the first part of a tick.
  @inlinable public mutating func acquire(_ now: Instant) {
    controller.flow.begin()
    // Edges before levels: an edge that comes in between is in the level and not yet taken, and
    // the detectors expect that.
    for _ in 0..<Firmware.edgesPerTick {
      guard let edge = platform.takeEdge() else { break }
      acquisition.take(edge)
    }
    var levels: LineLevels?
    do throws(BusError) { levels = try platform.readLines() } catch { failedLineReads &+= 1 }
    acquisition.acquire(
      now: now, levels: levels, missing: platform.missingLines, exchange: &exchange, into: &sensors)
    report.update(statistics, failedWrites: platform.failedWrites, into: &sensors.platform)
    sensors.platform.missedTicks = statistics.takeMissed()
    if platform.isRecorderMissing { sensors.platform.set(.logStorage, true) }
    sensors.platform.set(.displayLost, platform.isDisplayLost(at: now))
    if clocks.isDue() {
      sensors.civilTime = platform.civilTime
      clocks.compare(civil: sensors.civilTime, now: now)
      compareBoardClock()
    }
    sensors.platform.set(.clockDisagrees, clocks.disagrees || boardClock.disagrees)
    if report.looksAtBuses() { reportBuses(now) }
    if controller.isTestingItself { sensors.chipsLost = chipsLost() }
  }

  /// Sets the board's clock against the one that does not jump, as of when it was read; one that is
  /// lost or does not know the time begins anew.
  @usableFromInline mutating func compareBoardClock() {
    guard clockChip >= 0, clockChip < ChipExchange.capacity else { return }
    let shown = exchange.samples[clockChip].read(2)
    let seconds = shown.quality == .valid ? Int64(shown.value) + 1 : 0
    boardClock.compare(civil: seconds, now: shown.takenAt)
  }

  /// States which buses fail, by what their workers left with the chips they visited; one whose worker
  /// is held by a transfer fails as a whole, and lines that the machine runs without count as a bus.
  @usableFromInline mutating func reportBuses(_ now: Instant) {
    var failing: UInt64 = 0
    for bus in 0..<busCount where platform.isBusSilent(bus, at: now) {
      failing |= workers.span[bus].visitedChips
    }
    var rest = visitedChips
    while rest != 0 {
      let chip = rest.trailingZeroBitCount
      rest &= rest &- 1
      if chip < ChipExchange.capacity && exchange.samples[chip].isBusFailing {
        failing |= 1 << UInt64(chip)
      }
    }
    sensors.platform.set(.busFault, failing != 0 || platform.missingLines != 0)
    sensors.platform.set(.safetyBusFault, failing & acquisition.safetyChips != 0)
  }

  /// Scheduled chips that do not run.
  ///
  /// Mutating, or the whole firmware would be copied onto the stack of the tick, which overflows.
  @usableFromInline mutating func chipsLost() -> UInt64 {
    var lost: UInt64 = 0
    var rest = visitedChips
    while rest != 0 {
      let chip = rest.trailingZeroBitCount
      rest &= rest &- 1
      if chip < ChipExchange.capacity && !exchange.samples.span[chip].isRunning {
        lost |= 1 << UInt64(chip)
      }
    }
    return lost
  }

  /// Lets the controller decide and records what its alarms did: the second part of a tick.
  @inlinable public mutating func decide(_ commands: borrowing CommandQueue) {
    events.removeAll()
    controller.step(
      sensors: sensors, commands: commands, actuators: &actuators, events: &events)
    if controller.alarmEntryCount > 0 { writeAlarmLog() }
  }

  /// Puts `actuators` out and renews their leases: the last part of a tick.
  @inlinable public mutating func apply(_ now: Instant) {
    command(now)
    keepLines(now)
  }

  /// Says what chips and lines are to put out, and until when.
  @inlinable public mutating func command(_ now: Instant) {
    let drivesAirTest = acquisition.advanceTest(now: now, isRequested: actuators.testAirDetectors)
    application.apply(&actuators, drivesAirTest: drivesAirTest, now: now, exchange: &exchange)
    controller.flow.pass(.apply)
    let isVerified = controller.flow.end(isAdopting: actuators.isAdopting)
    application.stroke(
      mayStroke: isVerified && actuators.strokeWatchdog, now: now, exchange: &exchange)
  }

  /// Writes down what the last tick took and gave, for whoever drains a `RecordRing`.
  ///
  /// `commands` are those the tick was given.
  public mutating func describe(
    into record: inout TickRecord, commands: borrowing CommandQueue
  ) {
    record.tick = controller.status.tick
    record.at = statistics.beganAt ?? .start
    record.sensors = sensors
    record.commands = copy commands
    record.actuators = actuators
    record.status = controller.status
    record.events = events
    record.loop = statistics
  }

  /// Brings the GPIO outputs to what is asked.
  @inlinable mutating func keepLines(_ now: Instant) {
    keeper.step(application.lines, now: now, board: &platform)
  }
}
