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
  var drives: [PumpDrive]
  let clamp: LineClamp
  var venousOccluder: ServoActuator
  var occlusion: [ServoActuator]
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
  /// The display of the machine does not answer.
  var isDisplayLost = false
  /// Last level of the watchdog's stroke line.
  var strokeLevel = false
  /// Levels of the GPIO outputs as the firmware drives them.
  var gpioOutputs: LineLevels = 0

  let taps: [OutputTap]
  /// Taps by the chip that drives them; bit i is tap i.
  let tapsOfChip: [UInt64]
  /// GPIO lines that the firmware may drive.
  let drivenLines: LineLevels
  /// Edges of the GPIO outputs that nobody has taken yet; nothing while they are not kept.
  var outputEdges: [OutputEdge]?
  /// GPIO outputs on RESET pins of multiplexers.
  let resetLines: LineLevels
  var lineFaults: [Int: OutputLineFault] = [:]
  /// Outputs of the chips as a bench hears them from another board, in the place of those of the
  /// models here; by chip * 16 + pin.
  var heard: [Int: Double] = [:]
  /// What stands at the wires comes from outside: no plant, drive or switch of its own moves.
  let isWiredOutside: Bool
  /// The board has its supply.
  var isPowered = true
  /// The first net of each chip.
  let firstNets: [Int]
  /// Chips with a fault: their outputs may change without a transfer.
  var faultyChips: UInt64 = 0
  /// Taps that a lapsed lease has taken over; bit i is tap i.
  var lapsedTaps: UInt64 = 0
  private let clampFollowsDrive: Int
  /// Encoder counts in a turn of each pump.
  let countsPerTurn: [Double]
  let thresholds: SwitchThresholds

  /// A board at power-on; all its errors, noise and faults come from `random`.
  init(board: BoardDescription, random: inout SplitMix64, isWiredOutside: Bool = false) {
    self.isWiredOutside = isWiredOutside
    let parts = BoardParts(board: board, clock: clock, random: &random)
    wiring = board.wiring
    machine = board.machine
    circuit = parts.circuit
    nets = parts.nets
    firstNets = parts.firstNets
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
    drivenLines = BoardParts.drivenLines(board.wiring)
    resetLines = board.wiring.buses.indices.reduce(0) { $0 | board.wiring.resetLines(ofBus: $1) }
    clampFollowsDrive = parts.clampFollowsDrive
    countsPerTurn = board.machine.pumps.indices.map { board.machine.pumps[$0].countsPerRevolution }
    thresholds = SwitchThresholds(board.machine)
    for chip in chips { chip.powerOn(at: .start) }
    for index in taps.indices { refresh(tap: index) }
    wireSensors(parts, random: &random)
  }

  /// Moves everything on by one millisecond.
  func step() {
    plantTime &+= 1000
    let now = Instant(microseconds: plantTime)
    nets.now = now
    if isWiredOutside { return }
    refreshWrittenChips()
    move(&circuit, until: now)
  }

  /// The circuit is handed on in place: its signals are read several hundred times a tick.
  private func move(_ circuit: inout Circuit, until now: Instant) {
    var inputs = CircuitInputs()
    var states = TwoStates()
    let watts = stepDrives(&drives, &occlusion, &inputs, &circuit, &states)
    supply.step(driveWatts: watts)
    stepClamps(&inputs)
    stepWater(&water, &inputs, &circuit, at: now)
    watchdog.step(at: now)
    annunciators.step(watchdogGood: watchdog.isGood, at: now)
    circuit.step(inputs)
    sensors.step(at: now) {
      truth($0, &circuit)
    } rotor: {
      rotor($0)
    }
    note(&circuit, in: &states)
    lines.step(states, at: now)
    for index in lines.tachometers.indices {
      lines.stepTachometer(
        index, turns: drives[lines.tachometers[index].pump].encoderTurns, at: now)
    }
  }

  /// Moves drives and occlusion actuators on and gives the power that the drives take, watts.
  private func stepDrives(
    _ drives: inout [PumpDrive], _ occlusion: inout [ServoActuator],
    _ inputs: inout CircuitInputs, _ circuit: inout Circuit, _ states: inout TwoStates
  ) -> Double {
    let supplied = supply.driveIsSupplied
    var watts = 0.0
    var drives = drives.mutableSpan
    var occlusion = occlusion.mutableSpan
    for index in drives.indices {
      drives[index].step(load: circuit.readLoadTorque(ofPump: index), supplied: supplied)
      occlusion[index].step(supplied: supplied)
      watts += drives[index].power
      drives[index].note(as: index, in: &states)
      inputs.rotorTurns[index] = drives[index].rotorTurns
      inputs.rotorSpeed[index] = drives[index].rotorSpeed
      inputs.occlusionGap[index] = occlusion[index].position
    }
    return watts
  }

  private func stepClamps(_ inputs: inout CircuitInputs) {
    let supplied = supply.driveIsSupplied
    let holds = clampFollowsDrive < 0 || drives[clampFollowsDrive].isAlive
    clamp.step(supplied: supplied, driveHolds: holds)
    venousOccluder.step(supplied: supplied)
    inputs.arterialClamp = clamp.opening
    inputs.venousOccluder = venousOccluder.position
  }

  private func stepWater(
    _ water: inout [WaterHardware], _ inputs: inout CircuitInputs,
    _ circuit: inout Circuit, at now: Instant
  ) {
    let mains = supply.mainsReaches
    var water = water.mutableSpan
    for index in 0..<2 {
      let site: TemperatureSite =
        index == 0 ? .patientBathTemperature : .cardioplegiaBathTemperature
      let state = water[index].step(
        mains: mains, water: circuit.readTemperature(at: site), at: now)
      inputs.heaterWatts[index] = state.heaterWatts
      inputs.chillerOn[index] = state.chillerRuns
      inputs.waterPump[index] = state.pumpRuns
    }
  }
}
