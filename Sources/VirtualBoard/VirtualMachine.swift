public import BoardFiles
import ChipDrivers
public import CircuitModel
public import Firmware
public import PerfusionCore

/// The deployed firmware on a virtual board in virtual time: one process, no threads.
///
/// `runTick` carries firmware, bus workers, chip models and circuit through one base tick.
public final class VirtualMachine {
  /// The board as its file describes it.
  public let board: BoardDescription
  /// What the operator sees; the last state while no firmware runs.
  public var status: MachineStatus { _read { yield firmware.controller.status } }
  /// What the controller was told by the sensors in the last tick.
  public var sensors: SensorSnapshot { _read { yield firmware.sensors } }
  /// What the controller told the actuators in the last tick.
  public var actuators: ActuatorCommands { _read { yield firmware.actuators } }
  /// What happened in the last tick.
  public var events: EventList { _read { yield firmware.events } }
  /// Something happened in the last tick.
  public var hasEvents: Bool { firmware.events.count > 0 }
  /// Virtual time: the end of the last tick.
  public private(set) var now = Instant.start
  /// The firmware's tick runs; false lets only its bus workers run, as after a hang of the tick.
  public var isTicking = true
  /// Hears every tick of the firmware.
  public var listener: (any TickListener)? {
    didSet { listener?.began(start: startBytes, now: now) }
  }
  /// An instrument that looks at the board, or acts on it, after each millisecond; nothing when
  /// nobody needs to see between ticks.
  public var eachMillisecond: (() -> Void)?

  let hardware: BoardHardware
  let directory: FaultDirectory
  private var random: SplitMix64
  var firmware: Firmware<VirtualPlatform>
  private var queue = CommandQueue()
  private var workers: WorkerCalendar
  private var leases = LeaseKeeper()
  private var restartAt: Int64?
  /// Where the plant will stand at the end of the tick that runs, or ran last.
  private var tickEnd: Int64 = 0
  /// Check sum of the board image: records of another board are refused.
  private let boardSum: UInt32
  private var sum = WordSum()

  /// A machine at power-on; every random draw comes from `seed`.
  ///
  /// - Parameters:
  ///   - board: The board.
  ///   - seed: The seed.
  ///   - isWiredOutside: It stands on a bench: what is at its pins comes by `pins` from outside.
  public init(board: BoardDescription, seed: UInt64, isWiredOutside: Bool = false) {
    self.board = board
    var random = SplitMix64(seed: seed)
    hardware = BoardHardware(board: board, random: &random, isWiredOutside: isWiredOutside)
    directory = FaultDirectory(hardware)
    workers = WorkerCalendar(buses: board.wiring.buses.count)
    self.random = random
    boardSum = board.imageSum()
    firmware = Firmware(
      platform: VirtualPlatform(board: hardware), machine: board.machine, wiring: board.wiring,
      boardSum: boardSum)
    firmware.start()
  }

  /// The plant: true values, and its parameters to change.
  public var circuit: Circuit {
    _read { yield hardware.circuit }
    _modify { yield &hardware.circuit }
  }

  /// Ticks of the firmware that began more than half a tick late.
  public var overruns: UInt64 { firmware.statistics.overruns }
  /// Ticks of the firmware since it started.
  public var ticks: UInt64 { firmware.statistics.ticks }
  /// Microseconds that each bus was busy since power-on, by the model of its transfers.
  public var busBusy: [Int64] { hardware.buses.map(\.busyMicroseconds) }

  /// A sum over all that was read and commanded so far; equal for equal runs.
  public var fingerprint: UInt64 { sum.value }
  /// A program runs: false between `killFirmware` and the end of a restart.
  public private(set) var firmwareIsRunning = true

  /// The controller as it stands, to go on from elsewhere.
  public var controller: Controller { firmware.controller }

  /// Writes down what the last tick took, gave and told, as of now, for a link.
  public func describe(into record: inout TickRecord) {
    record.tick = status.tick
    record.at = now
    record.sensors = sensors
    record.actuators = actuators
    record.status = status
    record.events = events
  }

  /// A display belongs to the machine and does not answer, or does again.
  public func setDisplayLost(_ isLost: Bool) { hardware.isDisplayLost = isLost }

  /// Queues a command for the next tick; false when eight wait already.
  public func submit(_ command: OperatorCommand) -> Bool { queue.append(command) }

  /// Runs one base tick.
  public func runTick() {
    beginTick()
    while hardware.plantTime &+ 1000 <= tickEnd { carryOn() }
    endTick()
  }

  /// Runs one millisecond, of which the first of a tick begins with the firmware's.
  ///
  /// - Returns: a tick is over.
  public func runMillisecond() -> Bool {
    if hardware.plantTime &+ 1000 > tickEnd { beginTick() }
    carryOn()
    guard hardware.plantTime &+ 1000 > tickEnd else { return false }
    endTick()
    return true
  }

  private func beginTick() {
    let start = hardware.plantTime
    tickEnd = start &+ Int64(board.machine.tickMicroseconds)
    hardware.clock.now = now
    if let due = restartAt, due <= start { restart() }
    if isTicking { tickFirmware() }
  }

  private func carryOn() {
    runWorkers(until: hardware.plantTime &+ 1000)
    hardware.clock.now = Instant(microseconds: hardware.plantTime &+ 1000)
    hardware.step()
    if !firmwareIsRunning { leases.step(hardware) }
    if let eachMillisecond { eachMillisecond() }
  }

  private func endTick() {
    now = Instant(microseconds: hardware.plantTime)
    hardware.clock.now = now
    foldHardware()
  }

  /// Ends the firmware for good and gives the board as it stands, rotors turning, to one that runs
  /// elsewhere and adopts it.
  public func releaseBoard() -> BareBoard {
    killFirmware()
    return BareBoard(board, hardware, directory, seed: random.next())
  }

  /// Kills the firmware at once, as a trap or a power cut of the computer does. The board goes on:
  /// drives hold their speed, leases run out.
  public func killFirmware() {
    firmwareIsRunning = false
    restartAt = nil
    leases.begin(at: now)
  }

  /// Starts the firmware again after a time; at once when the time is not positive.
  public func restartFirmware(after delay: Seconds) {
    if firmwareIsRunning { killFirmware() }
    let wait = min(max(delay.seconds, 0), 1e6) * 1_000_000
    restartAt = now.microseconds &+ Int64(wait)
  }

  /// Stops the firmware's tick while its bus workers go on.
  public func stopTicking() { isTicking = false }

  /// A generator for one fault.
  func fork() -> SplitMix64 { random.fork() }

  /// What the controller was started from.
  private var startBytes: [UInt8] {
    firmware.retention.readStart { bytes in bytes.indices.map { bytes[$0] } }
  }

  private func restart() {
    restartAt = nil
    firmware = Firmware(
      platform: VirtualPlatform(board: hardware), machine: board.machine, wiring: board.wiring,
      boardSum: boardSum)
    firmware.start()
    firmwareIsRunning = true
    listener?.began(start: startBytes, now: now)
    workers.restart(at: now)
    leases.end()
    hardware.clock.now = now
  }

  private func tickFirmware() {
    guard firmwareIsRunning else { return }
    firmware.tick(queue)
    if let listener {
      listener.ticked(
        firmware.controller.status.tick, now: hardware.clock.now, sensors: firmware.sensors,
        commands: queue, actuators: firmware.actuators, events: firmware.events)
    }
    queue.removeAll()
    fold(&firmware)
  }

  private func fold(_ firmware: inout Firmware<VirtualPlatform>) {
    sum.fold(sensors: &firmware.sensors, actuators: &firmware.actuators)
  }

  private func runWorkers(until end: Int64) {
    guard firmwareIsRunning else { return }
    while let bus = workers.next(before: end) {
      hardware.clock.now = workers.moment(bus)
      let wanted = firmware.stepWorker(bus)
      workers.ran(bus, until: hardware.clock.now, next: wanted)
    }
  }

  private func foldHardware() {
    sum.fold(hardware.lines.levels)
    for pump in hardware.drives.indices { sum.fold(hardware.drives[pump].motorSpeed) }
  }
}
