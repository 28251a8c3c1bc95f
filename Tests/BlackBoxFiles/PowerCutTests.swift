import BlackBox
import BlackBoxFiles
import PerfusionCore
import RandomSignals
import Testing

/// Storage that writes down what was asked of it, so that a power cut can be tried at every point
/// afterwards.
struct JournalStorage: RecordStorage, ~Copyable {
  enum Step {
    case append([UInt8])
    case sync
  }
  /// What was asked of the one file, and how many ticks and events the recorder had been given.
  var steps: [(step: Step, tick: UInt64, events: Int)] = []
  /// The tick that the machine is in, and events so far.
  var tick: UInt64 = 0
  var events = 0

  var bytesUsed: UInt64 { 0 }
  mutating func beginFile() throws(StorageError) {}
  mutating func append(_ bytes: Span<UInt8>) throws(StorageError) {
    var copy: [UInt8] = []
    for index in bytes.indices { copy.append(bytes[index]) }
    steps.append((.append(copy), tick, events))
  }
  mutating func truncate(to length: UInt64) throws(StorageError) {}
  mutating func sync() throws(StorageError) { steps.append((.sync, tick, events)) }
  mutating func endFile() {}
  mutating func removeOldest() -> Bool { false }
}

@Suite("After a power cut")
struct PowerCutTests {
  private struct Run: Sendable {
    var steps: [JournalStorage.Step] = []
    var ticks: [UInt64] = []
    var times: [Int64] = []
    var eventTicks: [UInt64] = []
  }

  /// A machine of random signals with an event now and then.
  private static let run: Run = {
    var dice = Dice(77)
    let recording = MachineRecording(
      storage: JournalStorage(), image: [1, 2, 3], metadata: [("board", "random")],
      tickMicroseconds: 5000, configure: { _ in })
    var sensors = SensorSnapshot()
    var actuators = ActuatorCommands()
    var run = Run()
    recording.begin(retained: [], isAdopting: false, now: .start)
    for count in 1...UInt64(2400) {
      let now = Instant(microseconds: Int64(count) * 5000)
      dice.change(&sensors, now: now, oneOf: 30)
      dice.change(&actuators, oneOf: 30)
      var events = EventList()
      if dice.below(50) == 0 {
        events.append(Event(.alarmRaised(AlarmID(UInt8(1 + dice.below(60))))))
        run.eventTicks.append(count)
      }
      recording.recorder.storage.tick = count
      recording.recorder.storage.events = run.eventTicks.count
      recording.record(
        tick: Tick(count: count), now: now, sensors: sensors, commands: CommandQueue(),
        actuators: actuators, events: events)
    }
    for step in recording.recorder.storage.steps {
      run.steps.append(step.step)
      run.ticks.append(step.tick)
    }
    return run
  }()

  @Test(
    "Nothing that was synced is lost, and the file can be read, wherever the cut comes",
    arguments: 0..<1000)
  func cut(seed: UInt64) throws {
    let run = PowerCutTests.run
    var dice = Dice(seed &+ 1)
    let point = dice.below(run.steps.count) + 1
    let (durable, left) = PowerCutTests.whatIsLeft(run.steps.prefix(point), &dice)
    let mended = Recovery.recover(left)
    let kept = try Contents(durable)
    guard let file = mended.file else {
      #expect(kept.ticks.isEmpty)
      return
    }
    let contents = try Contents(file)
    #expect(contents.isComplete)
    #expect(contents.ticks.starts(with: kept.ticks))
    #expect(contents.events.starts(with: kept.events))
    let tick = run.ticks[point - 1]
    #expect(tick - (kept.ticks.last ?? 0) <= 200, "samples of the last second at most")
    let due = run.eventTicks.filter { $0 + 20 <= tick }.count
    #expect(kept.events.count >= due, "no event that is older than 100 ms")
  }

  /// What was synced for certain, and what a cut leaves: of the rest any prefix, or any pages with
  /// zeros between them.
  private static func whatIsLeft(
    _ steps: ArraySlice<JournalStorage.Step>, _ dice: inout Dice
  ) -> (durable: [UInt8], left: [UInt8]) {
    var all: [UInt8] = []
    var synced = 0
    for step in steps {
      switch step {
      case .append(let bytes): all += bytes
      case .sync: synced = all.count
      }
    }
    let durable = Array(all.prefix(synced))
    var rest = Array(all.dropFirst(synced))
    switch dice.below(4) {
    case 0: rest = []
    case 1: rest = Array(rest.prefix(dice.below(rest.count + 1)))
    case 2:
      for page in stride(from: 0, to: rest.count, by: 4096) where dice.flag() {
        for place in page..<min(page + 4096, rest.count) { rest[place] = 0 }
      }
    default:
      for place in rest.indices { rest[place] = UInt8(truncatingIfNeeded: dice.bits()) }
    }
    return (durable, durable + rest)
  }
}
