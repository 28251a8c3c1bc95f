import BoardFiles
import ChipDrivers
import CircuitModel
import Firmware
import PerfusionCore

/// Everything of a virtual board that is not firmware: chips, buses, wires, drives, supply and the
/// blood circuit around them.
final class BoardHardware {
  let clock = VirtualClock()
  let wiring: BoardWiring
  let machine: MachineConfiguration
  let nets: Nets
  let chips: [any ChipModel]
  let buses: [BusCore]
  let sensors: SensorBank
  let lines: LineBank
  let drives: [PumpDrive]
  let clamp: LineClamp
  let venousOccluder: ServoActuator
  let occlusion: [ServoActuator]
  var water: [WaterHardware]
  let supply: Supply
  /// What outlives the firmware.
  let store = KeptStore()
  var watchdog = WindowWatchdog()
  var annunciators = Annunciators()
  /// Emergency-stop contacts, pressed.
  var emergencyStop = (first: false, second: false)
  /// The blood circuit.
  var circuit: Circuit
  /// The circuit's time: end of the last millisecond.
  private(set) var plantTime: Int64 = 0
  /// The self-test input of the air detectors is driven.
  var airTest = false
  /// Last level of the watchdog's stroke line.
  var strokeLevel = false
  /// Levels of the GPIO outputs as the firmware drives them.
  var gpioOutputs: LineLevels = 0

  let taps: [OutputTap]
  /// Taps by the chip that drives them.
  let tapsOfChip: [[Int]]
  var lineFaults: [Int: OutputLineFault] = [:]
  /// Chips with a fault: their outputs may change without a transfer.
  var faultyChips: UInt64 = 0
  /// Taps that a lapsed lease has taken over; bit i is tap i.
  var lapsedTaps: UInt64 = 0
  private let clampFollowsDrive: Int
  /// Encoder counts in a turn of each pump.
  let countsPerTurn: [Double]
  let thresholds: SwitchThresholds
  private var loads: [Double]
  private var tankDegrees: (patient: Double, cardioplegia: Double) = (20, 20)

  /// A board at power-on; all its errors, noise and faults come from `random`.
  init(board: BoardDescription, random: inout SplitMix64) {
    let parts = BoardParts(board: board, clock: clock, random: &random)
    wiring = board.wiring
    machine = board.machine
    circuit = parts.circuit
    nets = parts.nets
    chips = parts.chips
    buses = parts.buses
    sensors = parts.sensors
    lines = parts.lines
    drives = parts.drives
    clamp = parts.clamp
    venousOccluder = parts.venousOccluder
    occlusion = parts.occlusion
    water = parts.water
    supply = parts.supply
    taps = parts.taps
    tapsOfChip = parts.tapsOfChip
    clampFollowsDrive = parts.clampFollowsDrive
    countsPerTurn = board.machine.pumps.indices.map { board.machine.pumps[$0].countsPerRevolution }
    thresholds = SwitchThresholds(board.machine)
    loads = Array(repeating: 0, count: drives.count)
    for chip in chips { chip.powerOn(at: .start) }
    for index in taps.indices { refresh(tap: index) }
    wireSensors(parts, random: &random)
  }

  /// Moves everything on by one millisecond.
  func step() {
    plantTime &+= 1000
    let now = Instant(microseconds: plantTime)
    nets.now = now
    refreshWrittenChips()
    var inputs = CircuitInputs()
    stepDrives(&inputs)
    stepClamps(&inputs)
    stepWater(&inputs, at: now)
    watchdog.step(at: now)
    annunciators.step(watchdogGood: watchdog.isGood, at: now)
    circuit.step(inputs)
    let signals = circuit.signals
    stepSensors(signals, at: now)
    stepLines(signals, at: now)
    for index in loads.indices { loads[index] = signals.loadTorque[index] }
    tankDegrees = (
      signals.temperatures[.patientBathTemperature],
      signals.temperatures[.cardioplegiaBathTemperature]
    )
  }

  private func stepDrives(_ inputs: inout CircuitInputs) {
    let supplied = supply.driveIsSupplied
    var watts = 0.0
    for index in drives.indices {
      let drive = drives[index]
      drive.step(load: loads[index], supplied: supplied)
      occlusion[index].step(supplied: supplied)
      watts += drive.power
      inputs.rotorTurns[index] = drive.rotorTurns
      inputs.rotorSpeed[index] = drive.rotorSpeed
      inputs.occlusionGap[index] = occlusion[index].position
    }
    supply.step(driveWatts: watts)
  }

  private func stepClamps(_ inputs: inout CircuitInputs) {
    let supplied = supply.driveIsSupplied
    let holds = clampFollowsDrive < 0 || drives[clampFollowsDrive].isAlive
    clamp.step(supplied: supplied, driveHolds: holds)
    venousOccluder.step(supplied: supplied)
    inputs.arterialClamp = clamp.opening
    inputs.venousOccluder = venousOccluder.position
  }

  private func stepWater(_ inputs: inout CircuitInputs, at now: Instant) {
    let mains = supply.mainsReaches
    let degrees = tankDegrees
    for index in 0..<2 {
      let state = water[index].step(
        mains: mains, water: index == 0 ? degrees.patient : degrees.cardioplegia, at: now)
      inputs.heaterWatts[index] = state.heaterWatts
      inputs.chillerOn[index] = state.chillerRuns
      inputs.waterPump[index] = state.pumpRuns
    }
  }

  private func stepSensors(_ signals: CircuitSignals, at now: Instant) {
    sensors.step(at: now) { (truth($0, signals), slope($0)) }
  }

  private func stepLines(_ signals: borrowing CircuitSignals, at now: Instant) {
    var states: UInt64 = 0
    for index in lines.sites.indices where state(lines.sites[index], signals) {
      states |= 1 << UInt64(index & 63)
    }
    lines.step(states, at: now)
    for index in lines.tachometers.indices {
      lines.stepTachometer(
        index, turns: drives[lines.tachometers[index].pump].encoderTurns, at: now)
    }
  }
}
