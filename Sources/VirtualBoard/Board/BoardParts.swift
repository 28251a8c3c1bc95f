import BoardFiles
import ChipDrivers
import CircuitModel
import PerfusionCore

/// Makes the parts of a board from its description.
struct BoardParts {
  let circuit: Circuit
  let nets: Nets
  let map: NetMap
  let firstNets: [Int]
  let chips: [any ChipModel]
  let buses: [BusCore]
  let sensors: SensorBank
  let lines: LineBank
  let drives: [PumpDrive]
  let clamp: LineClamp
  let venousOccluder: ServoActuator
  let occlusion: [ServoActuator]
  let water: [WaterHardware]
  let supply: Supply
  let taps: [OutputTap]
  let tapsOfChip: [UInt64]
  /// The drive whose drive-alive signal holds the clamp's coil; -1 for none.
  let clampFollowsDrive: Int

  /// Builds everything; the order of draws from `random` is fixed.
  init(board: BoardDescription, clock: VirtualClock, random: inout SplitMix64) {
    let wiring = board.wiring
    circuit = Circuit(parameters: board.circuit)
    sensors = SensorBank(curves: CurveInverses(wiring.curves), random: random.fork())
    lines = LineBank(wiring: wiring)
    let built = BoardParts.makeChips(wiring, random: &random)
    (nets, firstNets, chips) = (built.nets, built.firstNets, built.chips)
    map = NetMap(count: nets.values.count, sensors: sensors, lines: lines)
    nets.map = map
    let models = built.chips
    buses = wiring.buses.indices.map {
      BusCore(index: $0, wiring: wiring, chips: models, clock: clock)
    }
    drives = BoardParts.makeDrives(board.machine, random: &random)
    occlusion = board.machine.pumps.indices.map { _ in
      ServoActuator(position: 0, rate: 0.2, random: random.fork())
    }
    let outputs = BoardParts.makeTaps(wiring)
    taps = outputs
    tapsOfChip = (0..<64).map { chip in
      outputs.indices.reduce(0) { outputs[$1].chip == chip ? $0 | 1 << UInt64($1 & 63) : $0 }
    }
    let sites = outputs.map(\.site)
    let hasClamp = sites.contains { if case .arterialClampOpen = $0 { true } else { false } }
    clamp = LineClamp(isFitted: hasClamp, random: random.fork())
    let primary = board.machine.pumps.element(at: 0)
    clampFollowsDrive = hasClamp && primary?.kind == .centrifugal ? 0 : -1
    venousOccluder = ServoActuator(position: 1, rate: 2.5, random: random.fork())
    water = BoardParts.makeWater(board.machine, sites: sites)
    supply = Supply(capacity: BoardParts.batteryCapacity(wiring))
  }

  private static func makeChips(
    _ wiring: BoardWiring, random: inout SplitMix64
  ) -> (nets: Nets, firstNets: [Int], chips: [any ChipModel]) {
    var count = 0
    var firstNets: [Int] = []
    for index in wiring.chips.indices {
      firstNets.append(count)
      count += netCount(of: wiring.chips[index].part)
    }
    let nets = Nets(count: count)
    let chips = wiring.chips.indices.map { index -> any ChipModel in
      makeModel(
        part: wiring.chips[index].part, nets: nets, firstNet: firstNets[index],
        seed: random.next()) ?? EmptySocket()
    }
    return (nets, firstNets, chips)
  }

  /// A second torque-allowed entry of a pump is the second channel of its safe torque off.
  private static func makeTaps(_ wiring: BoardWiring) -> [OutputTap] {
    var seen: UInt64 = 0
    return wiring.actuators.indices.compactMap { index in
      var tap = OutputTap(wiring.actuators[index], wiring: wiring)
      if case .pumpTorqueAllowed(let pump)? = tap?.site {
        tap?.isSecond = seen >> UInt64(pump & 63) & 1 != 0
        seen |= 1 << UInt64(pump & 63)
      }
      return tap
    }
  }

  /// The GPIO outputs; bit i is line i.
  static func drivenLines(_ wiring: BoardWiring) -> UInt64 {
    wiring.lines.indices.reduce(0) { bits, index in
      let line = wiring.lines[index]
      let isDriven = line.direction == .output && line.expander < 0
      return isDriven ? bits | 1 << UInt64(index & 63) : bits
    }
  }

  private static func makeDrives(
    _ machine: MachineConfiguration, random: inout SplitMix64
  ) -> [PumpDrive] {
    machine.pumps.indices.map { index in
      let pump = machine.pumps[index]
      return PumpDrive(
        kind: pump.kind, maximumSpeed: pump.maximumSpeed.revolutionsPerMinute,
        random: random.fork())
    }
  }

  private static func makeWater(
    _ machine: MachineConfiguration, sites: [ActuatorSite]
  ) -> [WaterHardware] {
    let configurations = [machine.patientCircuit, machine.cardioplegiaCircuit]
    return configurations.indices.map { index in
      let hasContactor = sites.contains {
        if case .heaterContactor(let circuit) = $0 { Int(circuit) == index } else { false }
      }
      return WaterHardware(configuration: configurations[index], hasContactor: hasContactor)
    }
  }

  /// A gauge that counts down from a full battery has its capacity as offset; 10 Ah otherwise.
  private static func batteryCapacity(_ wiring: BoardWiring) -> Double {
    for index in wiring.sensors.indices {
      if case .batteryCharge = wiring.sensors[index].site, wiring.sensors[index].offset > 0 {
        return wiring.sensors[index].offset
      }
    }
    return 10
  }
}
