import ChipDrivers
import PerfusionCore

@testable import Firmware

/// Builds the wiring of a small board.
struct RigWiring {
  var wiring = BoardWiring()

  init(buses: Int = 1) { for _ in 0..<buses { wiring.buses.append(BusWiring()) } }

  mutating func line(
    _ direction: LineDirection = .input, edge: LineEdge = .none, expander: Int8 = -1,
    pin: UInt8 = 0, isActiveLow: Bool = false
  ) -> UInt8 {
    var line = LineWiring()
    line.direction = direction
    line.edge = edge
    line.expander = expander
    line.expanderPin = pin
    line.isActiveLow = isActiveLow
    wiring.lines.append(line)
    return UInt8(wiring.lines.count - 1)
  }
  @discardableResult mutating func chip(
    _ part: ChipPart, _ address: UInt8, every: UInt16 = 1, bus: UInt8 = 0, mux: Int8 = -1,
    channel: UInt8 = 0
  ) -> UInt8 {
    var chip = ChipWiring()
    chip.part = part
    chip.address = I2CAddress(address)
    chip.bus = bus
    chip.everyTicks = every
    chip.multiplexer = mux
    chip.multiplexerChannel = channel
    wiring.chips.append(chip)
    return UInt8(wiring.chips.count - 1)
  }
  mutating func sensor(
    _ site: SensorSite, _ port: SignalPort, _ adjust: (inout SensorWiring) -> Void = { _ in }
  ) {
    var sensor = SensorWiring()
    sensor.site = site
    sensor.port = port
    adjust(&sensor)
    wiring.sensors.append(sensor)
  }
  mutating func actuator(
    _ site: ActuatorSite, _ port: SignalPort, _ fallback: LeaseFallback = .off,
    lease: Int32 = 500_000, scale: Double = 1, offset: Double = 0
  ) {
    var actuator = ActuatorWiring()
    actuator.site = site
    actuator.port = port
    actuator.fallback = fallback
    actuator.lease = lease
    actuator.scale = scale
    actuator.offset = offset
    wiring.actuators.append(actuator)
  }
}

/// Firmware on a fake board, carried through virtual time tick by tick.
///
/// The controller is left out: tests put their own commands between acquisition and application.
struct Rig: ~Copyable {
  let world: FakeWorld
  var firmware: Firmware<FakeBoard>
  var commands = ActuatorCommands()
  var tickLength: Int64 = 5000
  /// A stage of the controller that is left out.
  var skipped: CycleStage?
  private var wakeAt = InlineArray<4, Instant>(repeating: .start)
  private let busCount: Int

  init(_ wiring: RigWiring, pumps: Int = 0, in world: FakeWorld = FakeWorld()) {
    self.world = world
    var machine = MachineConfiguration()
    for _ in 0..<pumps { machine.pumps.append(PumpConfiguration()) }
    firmware = Firmware(
      platform: FakeBoard(world: world), machine: machine, wiring: wiring.wiring)
    busCount = wiring.wiring.buses.count
    firmware.start()
  }

  var sensors: SensorSnapshot { firmware.sensors }

  /// The tick at this moment, then the workers until the next one.
  mutating func tick(_ count: Int = 1, isDead: Bool = false) {
    for _ in 0..<count {
      let start = world.now
      if !isDead {
        firmware.acquire(world.now)
        firmware.actuators = commands
        for stage in [CycleStage.decide, .drive, .temper, .signal] where stage != skipped {
          firmware.controller.flow.pass(stage)
        }
        firmware.apply(world.now)
      }
      let end = start.advanced(microseconds: tickLength)
      runWorkers(until: end)
      world.now = end
    }
  }

  /// A whole tick, the controller included, then the workers until the next one.
  mutating func whole() {
    let end = world.now.advanced(microseconds: tickLength)
    firmware.tick(CommandQueue())
    runWorkers(until: end)
    world.now = end
  }

  mutating func runWorkers(until end: Instant) {
    while true {
      var first = 0
      for bus in 0..<busCount where wakeAt[bus] < wakeAt[first] { first = bus }
      guard busCount > 0, wakeAt[first] < end else { return }
      if wakeAt[first] > world.now { world.now = wakeAt[first] }
      wakeAt[first] = firmware.stepWorker(first)
    }
  }
}
