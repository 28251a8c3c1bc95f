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
  /// Readings of the GPIO inputs that failed.
  public var failedLineReads: UInt64 = 0
  @usableFromInline let busCount: Int
  @usableFromInline let isAdopting: Bool

  /// Most edges that one tick takes; the rest wait for the next one.
  @inlinable static var edgesPerTick: Int { 256 }

  /// The firmware of a machine, wired in this way, on a platform.
  ///
  /// `record` is what outlived the firmware that ran before. When somebody depended on the flow
  /// then, this one adopts the running machine: `start` touches no output, and the controller goes
  /// on from the speeds it measures (HZ-55).
  public init(
    platform: consuming Board, machine: MachineConfiguration, wiring: borrowing BoardWiring,
    retained record: RetainedRecord? = nil
  ) {
    self.platform = platform
    if let record, record.wasSupporting {
      controller = Controller(configuration: machine, adopting: record)
      isAdopting = true
    } else {
      controller = Controller(configuration: machine)
      isAdopting = false
    }
    statistics = LoopStatistics(tickMicroseconds: machine.tickMicroseconds)
    acquisition = Acquisition(wiring)
    application = Application(wiring)
    keeper = LineKeeper(wiring)
    busCount = min(wiring.buses.count, 4)
    workers = InlineArray(repeating: BusWorker())
    for bus in 0..<busCount {
      workers[bus] = BusWorker(wiring, bus: bus, tickMicroseconds: machine.tickMicroseconds)
    }
  }

  /// Puts all outputs into their safe state, unless it adopts a running machine, and begins the
  /// workers' schedules.
  ///
  /// The workers initialise the chips at their first visits.
  @inlinable public mutating func start() {
    let now = platform.now
    openAlarmLog()
    if !isAdopting {
      application.makeSafe()
      keepLines(now)
    }
    for bus in 0..<busCount { workers[bus].start(at: now) }
  }

  /// Carries the machine through one tick.
  @inlinable public mutating func tick(_ commands: borrowing CommandQueue) {
    let now = platform.now
    statistics.begin(now)
    acquire(now)
    decide(commands)
    apply(now)
    statistics.end(platform.now)
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
    // Edges before levels: an edge that comes in between is in the level and not yet taken, and
    // the detectors expect that.
    for _ in 0..<Firmware.edgesPerTick {
      guard let edge = platform.takeEdge() else { break }
      acquisition.take(edge)
    }
    var levels: LineLevels?
    do throws(BusError) { levels = try platform.readLines() } catch { failedLineReads &+= 1 }
    acquisition.acquire(now: now, levels: levels, exchange: &exchange, into: &sensors)
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
    application.apply(actuators, drivesAirTest: drivesAirTest, now: now, exchange: &exchange)
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
