import BlackBox
import BlackBoxFiles
import PerfusionCore
import RandomSignals

/// A machine of random signals with a black box.
struct RecordedMachine {
  let recording: MachineRecording<MemoryStorage>
  private(set) var now: Int64 = 0
  private(set) var tick = Tick.start
  private(set) var events: [String] = []
  private(set) var eventTimes: [Int64] = []
  private(set) var commands: [String] = []
  private var dice: Dice
  private var sensors = SensorSnapshot()
  private var actuators = ActuatorCommands()

  init(seed: UInt64, configure: (inout RecorderOptions) -> Void = { _ in }) {
    dice = Dice(seed)
    recording = MachineRecording(
      storage: MemoryStorage(), image: [1, 2, 3], metadata: [("board", "random")],
      tickMicroseconds: 5000, configure: configure)
    recording.begin(retained: [], isAdopting: false, now: .start)
  }

  var files: [[UInt8]] { recording.recorder.storage.files }
  var health: RecorderHealth { recording.tickRecorder.health }
  /// What a power cut would leave for certain.
  var durable: [UInt8] {
    let storage = recording.recorder.storage.files.last ?? []
    return Array(storage.prefix(recording.recorder.storage.synced))
  }

  mutating func run(ticks: Int) {
    for _ in 0..<ticks {
      tick = tick.next
      now = Int64(tick.count) * 5000
      let moment = Instant(microseconds: now)
      dice.change(&sensors, now: moment, oneOf: 12)
      dice.change(&actuators, oneOf: 10)
      var queue = CommandQueue()
      var list = EventList()
      if dice.below(60) == 0 {
        let command = OperatorCommand(
          decision: UInt32(tick.count), source: .scenario, action: .startPump(dice.below(8)))
        queue.append(command)
        commands.append("\(tick.count) \(command)")
        list.append(Event(.accepted, decision: UInt32(tick.count)))
      }
      if dice.below(80) == 0 { list.append(Event(.alarmRaised(AlarmID(UInt8(dice.below(60)))))) }
      for index in list.indices {
        events.append("\(tick.count) \(list[index])")
        eventTimes.append(now)
      }
      recording.record(
        tick: tick, now: moment, sensors: sensors, commands: queue, actuators: actuators,
        events: list)
    }
  }

  func finish() { recording.finish(Instant(microseconds: now)) }
}

/// What a reader finds in a file.
struct Contents {
  var ticks: [UInt64] = []
  var events: [String] = []
  var commands: [String] = []
  var lost: UInt64 = 0
  var isComplete = false
  /// Where each chunk ends, and how many ticks are in the file up to there.
  var chunkEnds: [(end: Int, ticks: Int)] = []

  init(_ bytes: [UInt8]) throws {
    guard !bytes.isEmpty else { return }
    let reader = try McapReader(bytes)
    var inputs = InputsDecoder()
    var found = Contents()
    let facts = try reader.walk { message throws(McapError) in
      let end = reader.recordEnd(message.offset)
      switch message.topic {
      case "/inputs":
        _ = unsafe inputs.read(message.data) {
          found.ticks.append($0.tick)
          found.lost += $0.lost
          return true
        }
      case "/events":
        if let event = unsafe EventRecord(message.data) {
          found.events.append("\(event.tick) \(event.event)")
        }
      case "/commands":
        if let command = unsafe CommandRecord(message.data) {
          found.commands.append("\(command.tick) \(command.command)")
        }
      default: break
      }
      if found.chunkEnds.last?.end == end { found.chunkEnds.removeLast() }
      found.chunkEnds.append((end, found.ticks.count))
      return true
    }
    self = found
    isComplete = facts.isComplete
  }

  private init() {}
}
