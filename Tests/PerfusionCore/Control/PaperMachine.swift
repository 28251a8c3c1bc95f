@testable import PerfusionCore

/// The least machine that answers a controller: rotors follow, switches follow, pressures are
/// what the test sets. No plant: what flows is n times stroke volume.
struct PaperMachine {
  var controller: Controller
  var sensors = SensorSnapshot()
  var actuators = ActuatorCommands()
  var events = EventList()
  var seen: [EventKind] = []
  var patientPressure = 60.0
  var linePressure = 0.0
  var reservoir = 1000.0
  var air = false
  /// What the arterial flow probe shows instead of the pump's own flow, L/min.
  var probe: Double?
  /// The line pressure while something shuts the line half, mmHg.
  var obstruction: Double?
  /// Ticks that the loop leaves out before each one.
  var missed: UInt32 = 0
  /// The arterial rotor's encoder says nothing more.
  var encoderIsSilent = false
  /// What the clamp's switches show instead of its position.
  var openSwitch: Bool?
  var closedSwitch: Bool?
  private var turns = [Double](repeating: 0, count: 8)
  private var clampTravel = 0.0
  /// Ticks in which the window watchdog might not be stroked.
  private var unstroked = 0
  private var queue = CommandQueue()
  private var tick: Int64 = 0
  private var decision: UInt32 = 0

  init(_ machine: MachineConfiguration) { controller = Controller(configuration: machine) }

  /// An adult machine: arterial roller, cardioplegia pair, vent; clamp and reservoir.
  static func adult() -> MachineConfiguration {
    var machine = MachineConfiguration()
    machine.reservoir.isFitted = true
    machine.arterialClamp.isFitted = true
    machine.venousOccluder.isFitted = true
    for role in [PumpRole.arterial, .cardioplegia, .crystalloid, .vent] {
      var pump = PumpConfiguration()
      pump.role = role
      pump.hasPressureLimit = role == .arterial
      switch role {
      case .cardioplegia:
        pump.roller.tube = .quarter
        pump.roller.strokeVolume = .millilitersPerRevolution(13)
        pump.drawsFromArterialLine = true
        pump.stopsWithPumps = 1
      case .crystalloid:
        pump.roller.tube = .threeSixteenths
        pump.roller.strokeVolume = .millilitersPerRevolution(7.4)
        pump.followsPump = 1
      default: break
      }
      machine.pumps.append(pump)
    }
    machine.responses[0, .arterialAir] = .stop
    machine.responses[0, .levelAlert] = .regulate
    machine.responses[0, .levelAlarm] = .stop
    machine.responses[0, .pressureAlert] = .regulate
    machine.responses[0, .pressureStop] = .stop
    return machine
  }

  /// Queues an action for the next tick.
  mutating func ask(_ action: OperatorAction, confirmed: Bool = false) {
    decision += 1
    queue.append(
      OperatorCommand(
        decision: decision, source: .scenario, isConfirmed: confirmed, action: action))
  }

  /// Queues an action, runs one tick and gives the answer.
  mutating func answer(_ action: OperatorAction, confirmed: Bool = false) -> EventKind? {
    ask(action, confirmed: confirmed)
    let mine = decision
    run(ticks: 1)
    for index in events.indices where events[index].decision == mine {
      switch events[index].kind {
      case .accepted, .limited, .refused: return events[index].kind
      default: continue
      }
    }
    return nil
  }

  /// Queues an action, runs one tick and says whether it was carried out.
  mutating func isAccepted(_ action: OperatorAction) -> Bool {
    if case .accepted? = answer(action) { return true }
    return false
  }

  mutating func run(seconds: Double) { run(ticks: Int(seconds * 200)) }

  mutating func run(ticks: Int) {
    for _ in 0..<ticks {
      tick += 1 + Int64(missed)
      sense()
      controller.step(
        sensors: sensors, commands: queue, actuators: &actuators, events: &events)
      queue.removeAll()
      for index in events.indices { seen.append(events[index].kind) }
      move()
    }
  }

  /// Lets the reservoir fall to a volume, 20 ml a second.
  mutating func drain(to volume: Double) {
    while reservoir > volume {
      reservoir -= 0.1
      run(ticks: 1)
    }
  }

  /// Opens or closes the cover of a pump.
  mutating func openCover(_ pump: Int, _ isOpen: Bool) {
    sensors.pumps[pump].coverIsOpen = Reading(isOpen, takenAt: now)
  }

  /// Goes through self test, set-up and prime to bypass at a flow.
  mutating func goOnBypass(flow: Double, without missing: ChecklistItem? = nil) {
    goPrime(without: missing)
    ask(.setFlow(0, .litersPerMinute(flow)))
    ask(.requestPhase(.onBypass))
    run(seconds: 3)
  }

  /// An adult machine on bypass at a flow, for so long.
  static func onBypass(flow: Double = 4, seconds: Double = 5) -> PaperMachine {
    var machine = PaperMachine(adult())
    machine.goOnBypass(flow: flow)
    machine.run(seconds: seconds)
    return machine
  }

  /// Goes through the self test to set-up with all that the operator enters and confirms.
  mutating func goToSetup(without missing: ChecklistItem? = nil) {
    run(seconds: 12)
    ask(.requestPhase(.setup))
    run(ticks: 1)
    ask(.zeroPressure(.arterialLinePressure))
    for pump in 0..<4 { ask(.confirmTube(pump)) }
    run(ticks: 1)
    for item in [
      ChecklistItem.signalsHeard, .arterialFilter, .ventValve, .handCrank, .backupGas, .scavenging,
      .gasExhaust,
    ] where item != missing {
      ask(.confirmItem(item, true))
    }
    run(ticks: 1)
  }

  /// Goes through self test, set-up and prime until nothing more is missing for bypass, at 2 L/min.
  mutating func goPrime(without missing: ChecklistItem? = nil) {
    goToSetup(without: missing)
    ask(.testOcclusion(0))
    run(seconds: 90)
    ask(.requestPhase(.prime))
    ask(.openArterialClamp)
    ask(.setFlow(0, .litersPerMinute(2)))
    run(ticks: 1)
    ask(.startPump(0))
    run(seconds: 1)
    showDirections()
    run(seconds: 62)
  }

  /// Lets every other pump turn long enough that its direction is seen.
  private mutating func showDirections() {
    ask(.setSpeed(1, .rpm(20)))
    ask(.setSpeed(3, .rpm(20)))
    for pump in 1..<4 { ask(.startPump(pump)) }
    run(seconds: 2)
    for pump in 1..<4 { ask(.stopPump(pump)) }
  }

  func isRefused(_ kind: EventKind?, _ refusal: Refusal) -> Bool {
    if case .refused(let why)? = kind { return why == refusal }
    return false
  }

  private var now: Instant { Instant(microseconds: tick * 5000) }

  private mutating func sense() {
    let machine = controller.configuration
    sensors.platform.missedTicks = missed
    for pump in machine.pumps.indices {
      let isSilent = pump == 0 && encoderIsSilent
      if !isSilent { sense(rotor: pump) }
      sensors.pumps[pump].torqueIsOff = Reading(
        actuators.drives[pump].removeTorque, takenAt: now)
      sensors.pumps[pump].driveAlive = Reading(true, takenAt: now)
    }
    senseCircuit()
  }

  private mutating func sense(rotor pump: Int) {
    sensors.pumps[pump].rotor = Reading(Int64(turns[pump] * 4096), takenAt: now)
  }

  private mutating func senseCircuit() {
    let flow = actuators.drives[0].isEnabled ? actuators.drives[0].speed.base * 0.045 : 0
    sensors.flows[.arterialFlow] = Reading(.litersPerMinute(probe ?? flow), takenAt: now)
    sensors.pressures[.arterialLinePressure] = Reading(.mmHg(linePressure), takenAt: now)
    sensors.reservoirVolume = Reading(.milliliters(reservoir), takenAt: now)
    sensors.air[.arterialBubble] = Reading(
      AirObservation(airNow: air, longestAir: air ? 5000 : 0, selfTestPassed: true),
      takenAt: now)
    sensors.switches[.arterialClampIsOpen] = Reading(openSwitch ?? (clampTravel >= 1), takenAt: now)
    sensors.switches[.arterialClampIsClosed] = Reading(
      closedSwitch ?? (clampTravel <= 0), takenAt: now)
    sensors.switches[.mainsGood] = Reading(true, takenAt: now)
    sensors.switches[.watchdogGood] = Reading(unstroked < 30, takenAt: now)
    sensors.venousOccluderOpening = Reading(actuators.venousOccluder, takenAt: now)
  }

  private mutating func move() {
    unstroked = actuators.strokeWatchdog ? 0 : unstroked + 1
    for pump in controller.configuration.pumps.indices {
      let drive = actuators.drives[pump]
      guard drive.isEnabled, !drive.removeTorque else { continue }
      let time = 0.005 * Double(1 + missed)
      turns[pump] += drive.speed.base / 60 * time * (drive.isReversed ? -1 : 1)
    }
    let wanted = actuators.openArterialClamp ? 0.025 : -0.025
    clampTravel = min(max(clampTravel + wanted, 0), 1)
    // A clamped line holds pressure and loses 1.3 mmHg/s past a well-set roller.
    if clampTravel <= 0 {
      let drive = actuators.drives[0]
      if drive.isEnabled, drive.speed.base > 0 { linePressure += drive.speed.base * 0.03 }
      linePressure = max(0, linePressure - 0.0065 * linePressure / 300)
    } else {
      let flow = actuators.drives[0].isEnabled ? actuators.drives[0].speed.base * 0.045 : 0
      linePressure = flow > 0 ? obstruction ?? 30 + 33 * flow : 0
    }
  }
}
