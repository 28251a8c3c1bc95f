internal import ChipDrivers
internal import PerfusionCore

/// The signals of a board under test by their names: sensors by their site, pump set-points as
/// `PUMP.speed`, two-state signals by the identifier of their line.
struct BoardSignals {
  /// One signal.
  struct Entry {
    let name: String
    let signal: BoardSignal
    /// What its pin carries; nothing for a line.
    let facts: ChannelFacts?
    /// What the pin must be able to carry; nothing for a line and where it does not matter.
    let span: ClosedRange<Double>?
  }

  private(set) var entries: [Entry] = []

  /// Every signal that leaves or enters the board.
  init(_ board: BoardDescription) {
    for index in board.wiring.sensors.indices { add(board.wiring.sensors[index], board) }
    for index in board.wiring.actuators.indices { add(board.wiring.actuators[index], board) }
  }

  subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  private mutating func add(_ sensor: SensorWiring, _ board: BoardDescription) {
    switch sensor.port {
    case .none: return
    case .line(let line): add(line: Int(line), .inputLine(Int(line)), board)
    case .channel(let chip, let channel):
      guard let part = board.wiring.chips.element(at: Int(chip))?.part else { return }
      add(
        Entry(
          name: SiteName.of(sensor.site, machine: board.machine),
          signal: .input(chip: Int(chip), channel: Int(channel)),
          facts: part.inputs.indices.contains(Int(channel)) ? part.inputs[Int(channel)] : nil,
          span: Self.span(sensor, board.wiring)))
    }
  }

  private mutating func add(_ actuator: ActuatorWiring, _ board: BoardDescription) {
    switch actuator.port {
    case .none: return
    case .line(let line): add(line: Int(line), .outputLine(Int(line)), board)
    case .channel(let chip, let channel):
      guard let part = board.wiring.chips.element(at: Int(chip))?.part else { return }
      let facts = part.outputs.indices.contains(Int(channel)) ? part.outputs[Int(channel)] : nil
      add(
        Entry(
          name: Self.name(actuator.site, board.machine),
          signal: .output(chip: Int(chip), channel: Int(channel)), facts: facts,
          span: facts?.span))
    }
  }

  private mutating func add(line: Int, _ signal: BoardSignal, _ board: BoardDescription) {
    guard let wiring = board.wiring.lines.element(at: line) else { return }
    add(Entry(name: wiring.id.description, signal: signal, facts: nil, span: nil))
  }

  private mutating func add(_ entry: Entry) {
    if !entries.contains(where: { $0.signal == entry.signal }) { entries.append(entry) }
  }

  /// What stands at a sensor's pin within its range.
  private static func span(_ sensor: SensorWiring, _ wiring: BoardWiring) -> ClosedRange<Double>? {
    guard sensor.scale != 0 else { return nil }
    guard sensor.curve < 0 else {
      guard let curve = wiring.curves.element(at: Int(sensor.curve)) else { return nil }
      let inside = (0..<Int(curve.count)).filter {
        let value = curve.outputs[$0] * sensor.scale + sensor.offset
        return value >= sensor.lowest && value <= sensor.highest
      }.map { curve.inputs[$0] }
      guard let low = inside.min(), let high = inside.max() else { return nil }
      return low...high
    }
    let low = (sensor.lowest - sensor.offset) / sensor.scale
    let high = (sensor.highest - sensor.offset) / sensor.scale
    return min(low, high)...max(low, high)
  }

  /// The name of an actuator that is driven by a number.
  private static func name(_ site: ActuatorSite, _ machine: MachineConfiguration) -> String {
    func role(_ pump: UInt8) -> String { "\(machine.pumps[Int(pump & 7)].role)" }
    return switch site {
    case .pumpSpeed(let pump): "\(role(pump)).speed"
    case .occlusionGap(let pump): "\(role(pump)).occlusionGap.command"
    case .venousOccluder: "venousOccluder"
    case .waterPump(let circuit): circuit == 0 ? "patientWaterPump" : "cardioplegiaWaterPump"
    default: "\(site)"
    }
  }
}
