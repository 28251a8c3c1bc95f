public import PerfusionCore

/// The core's side of the pipe: a controller that is told what was recorded, and answers.
@safe public struct ReplayServer {
  /// What is to be sent back after `take`.
  public var port: ReplayPort

  private let machine: MachineConfiguration
  private var controller: Controller
  private var inputs = InputsDecoder()
  private var commands = CommandQueue()
  private var actuators = ActuatorCommands()
  private var events = EventList()

  /// The controller of a machine.
  public init(_ machine: MachineConfiguration, port: ReplayPort) {
    self.machine = machine
    self.port = port
    controller = Controller(configuration: machine)
  }

  /// Takes in a frame; false when it cannot be used.
  public mutating func take(_ kind: ReplayFrame, _ content: UnsafeRawBufferPointer) -> Bool {
    switch kind {
    case .start: return unsafe start(content)
    case .command:
      guard let record = unsafe CommandRecord(content) else { return false }
      return commands.append(record.command)
    case .tick: return unsafe tick(content)
    case .image, .ready, .event, .told, .refused: return false
    }
  }

  private mutating func start(_ content: UnsafeRawBufferPointer) -> Bool {
    guard let start = unsafe ReplayStartMessage(content) else { return false }
    inputs.reset()
    commands.removeAll()
    actuators = ActuatorCommands()
    port.begins()
    let isKept = unsafe !start.retained.isEmpty
    guard isKept || !start.isAdopting else { return false }
    let bound = unsafe start.retained.bindMemory(to: UInt8.self)
    do throws(RecordFault) {
      controller = try unsafe Controller(configuration: machine, startedFrom: bound.span)
      return true
    } catch {
      return false
    }
  }

  private mutating func tick(_ content: UnsafeRawBufferPointer) -> Bool {
    guard unsafe inputs.read(content, { _ in true }), inputs.isSynchronised else { return false }
    controller.step(
      sensors: inputs.sensors, commands: commands, actuators: &actuators, events: &events)
    commands.removeAll()
    port.answer(actuators, events, tick: inputs.tick)
    return !port.isOverfull
  }
}

/// The message `Start`.
@safe struct ReplayStartMessage {
  private(set) var retained = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  private(set) var isAdopting = false

  init?(_ content: UnsafeRawBufferPointer) {
    var reader = unsafe ByteReader(content)
    while let field = reader.field() {
      switch field.number {
      case 1: unsafe retained = field.bytes
      case 2: isAdopting = field.bits != 0
      default: break
      }
    }
    if reader.hasFailed { return nil }
  }
}
