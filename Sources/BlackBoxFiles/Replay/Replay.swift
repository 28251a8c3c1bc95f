internal import BlackBox
internal import PerfusionCore

/// The first place where a replay differs from its recording.
public struct ReplayDifference: Sendable {
  /// Seconds since start-up.
  public var seconds: Double
  /// The controller's tick.
  public var tick: UInt64
  /// `/outputs` or `/events`.
  public var channel: String
  /// Which value.
  public var field: String
  /// What was recorded.
  public var recorded: String
  /// What the core gave now.
  public var replayed: String
}

/// What a replay found.
public struct ReplayReport: Sendable {
  /// Ticks that were compared.
  public var ticks: UInt64 = 0
  /// Controllers that began.
  public var starts = 0
  /// Commands that were carried out.
  public var commands: UInt64 = 0
  /// Events that were compared.
  public var events: UInt64 = 0
  /// Virtual time, seconds.
  public var seconds = 0.0
  /// The first difference, nothing when there is none.
  public var difference: ReplayDifference?
}

/// Runs a core on recorded inputs and compares all that it gives.
public struct Replay<Core: ReplayedCore> {
  /// What was found so far.
  public private(set) var report = ReplayReport()

  private var core: Core
  private var inputs = InputsDecoder()
  private var outputs = OutputsDecoder()
  private var told = ActuatorCommands()
  private var actuators = ActuatorCommands()
  private var events = EventList()
  private var changes: [(tick: UInt64, actuators: ActuatorCommands)] = []
  private var commands: [CommandRecord] = []
  private var recorded: [EventRecord] = []
  private var hasBegun = false
  private var failure: ReplayFailure?

  /// A replay on a core.
  public init(on core: Core) { self.core = core }

  /// Takes in one message; false when the comparison is over: a difference was found.
  public mutating func take(_ message: McapMessage) throws(ReplayError) -> Bool {
    let isWhole: Bool
    switch message.topic {
    case "/inputs": isWhole = takeInputs(message)
    case "/outputs": isWhole = takeOutputs(message)
    case "/commands":
      let command = unsafe CommandRecord(message.data)
      if let command { commands.append(command) }
      isWhole = command != nil
    case "/events":
      let event = unsafe EventRecord(message.data)
      if let event { recorded.append(event) }
      isWhole = event != nil
    case "/loop": isWhole = takeLoop(message)
    default: isWhole = true
    }
    if let failure { throw .replay(failure) }
    guard isWhole else {
      throw .file(McapError(.message(message.topic), at: message.offset))
    }
    return report.difference == nil
  }

  private mutating func takeLoop(_ message: McapMessage) -> Bool {
    guard let loop = unsafe LoopRecord(message.data) else { return false }
    guard loop.isStart else { return true }
    let start = unsafe ReplayStart(
      retained: Array(loop.retained), isAdopting: loop.isAdopting)
    do throws(ReplayFailure) { try core.begin(start) } catch { failure = error }
    report.starts += 1
    hasBegun = true
    actuators = ActuatorCommands()
    told = ActuatorCommands()
    changes = []
    commands = []
    recorded = []
    return true
  }

  private mutating func takeOutputs(_ message: McapMessage) -> Bool {
    var decoder = outputs
    var found: [(tick: UInt64, actuators: ActuatorCommands)] = []
    let isWhole = unsafe decoder.read(message.data) {
      found.append(($0.tick, $0.actuators))
      return true
    }
    outputs = decoder
    changes += found
    return isWhole
  }

  private mutating func takeInputs(_ message: McapMessage) -> Bool {
    var decoder = inputs
    let isWhole = unsafe decoder.read(message.data) { tick in
      do throws(ReplayFailure) { try step(tick) } catch { failure = error }
      return failure == nil && report.difference == nil
    }
    inputs = decoder
    return isWhole
  }

  /// Carries the core through one recorded tick and compares.
  private mutating func step(_ tick: InputsDecoder) throws(ReplayFailure) {
    guard hasBegun else { throw .noBeginning }
    guard tick.lost == 0 else { throw .lost(tick.tick, tick.lost) }
    var queue = CommandQueue()
    while let next = commands.first, next.tick <= tick.tick {
      if next.tick == tick.tick { queue.append(next.command) }
      commands.removeFirst()
    }
    try core.step(
      tick: tick.tick, now: tick.now, sensors: tick.sensors, commands: queue,
      actuators: &actuators, events: &events)
    while let next = changes.first, next.tick <= tick.tick {
      told = next.actuators
      changes.removeFirst()
    }
    report.ticks += 1
    report.commands += UInt64(queue.count)
    report.seconds = Double(tick.now.microseconds) / 1_000_000
    compareEvents(tick)
    if report.difference == nil, !actuators.isSameRecord(as: told) { compareOutputs(tick) }
  }

  private mutating func compareEvents(_ tick: InputsDecoder) {
    guard !events.isEmpty || !recorded.isEmpty else { return }
    var place = 0
    while let next = recorded.first, next.tick <= tick.tick {
      recorded.removeFirst()
      guard next.tick == tick.tick else { continue }
      let now = events.element(at: place)
      place += 1
      if let now, now.isSameRecord(as: next.event) {
        report.events += 1
        continue
      }
      return differ(
        tick, "/events", "event \(place) of the tick", "\(next.event)",
        now.map { "\($0)" } ?? "nothing")
    }
    if let more = events.element(at: place) {
      differ(tick, "/events", "event \(place + 1) of the tick", "nothing", "\(more)")
    }
  }

  private mutating func compareOutputs(_ tick: InputsDecoder) {
    let old = SignalColumns.outputs(told)
    let new = SignalColumns.outputs(actuators)
    for (one, two) in zip(old, new) where one.value != two.value {
      return differ(tick, "/outputs", one.name, one.value, two.value)
    }
  }

  private mutating func differ(
    _ tick: InputsDecoder, _ channel: String, _ field: String, _ recorded: String,
    _ replayed: String
  ) {
    report.difference = ReplayDifference(
      seconds: Double(tick.now.microseconds) / 1_000_000, tick: tick.tick, channel: channel,
      field: field, recorded: recorded, replayed: replayed)
  }
}

/// Why a replay ended before its time.
public enum ReplayError: Error, Sendable {
  /// The file is not what it must be.
  case file(McapError)
  /// The recording cannot be replayed.
  case replay(ReplayFailure)
}
