public import PerfusionCore

/// The side of the black box that the tick sees: turns each tick into records and puts them into
/// the ring. Never waits; what finds no room is lost and counted.
public struct TickRecorder: ~Copyable {
  /// Ticks that could not be recorded.
  public private(set) var lostTicks: UInt64 = 0
  /// Events, alarms and commands that could not be recorded.
  public private(set) var lostRecords: UInt64 = 0

  private let ring: ByteRing
  private var inputs: InputsEncoder
  private var outputs = OutputsEncoder()
  private var inputsMessage: ByteWriter
  private var outputsMessage: ByteWriter
  private var small: ByteWriter
  private var batched = 0
  private var batchMoment: Int64 = 0
  private var sinceComplete = 0
  private let ticksInMessage: Int
  private let ticksBetweenComplete: Int
  private let ticksBetweenReports: UInt64
  private var needsComplete = true
  private var isCompleteBatch = false
  private var lostBefore: UInt64 = 0
  private var seenLosses = 0

  /// Memory that it needs, in bytes.
  public static var memorySize: Int { 3 * 32768 }
  /// Samples find room up to here; the rest is for events, alarms and commands.
  private static var samplesUpTo: Int { 75 }

  /// A recorder of ticks of this length, with memory of `memorySize` bytes that outlives it.
  ///
  /// `ticksInMessage`: how many ticks go into one message of `/inputs` and `/outputs`.
  public init(
    ring: ByteRing, memory: UnsafeMutableRawPointer, tickMicroseconds: Int32,
    ticksInMessage: Int = 8
  ) {
    self.ring = ring
    let tick = max(1, Int(tickMicroseconds))
    inputs = InputsEncoder(tickMicroseconds: Int64(tick))
    unsafe inputsMessage = ByteWriter(memory, capacity: 32768)
    unsafe outputsMessage = ByteWriter(memory + 32768, capacity: 32768)
    unsafe small = ByteWriter(memory + 65536, capacity: 32768)
    self.ticksInMessage = max(1, ticksInMessage)
    ticksBetweenComplete = max(1, RecorderTiming.chunk / tick / ticksInMessage) * ticksInMessage
    ticksBetweenReports = UInt64(max(1, 1_000_000 / tick))
  }

  /// How the recording goes.
  public var health: RecorderHealth { ring.health }

  /// A controller begins: the next tick is its first. `retained` are the bytes that it took up.
  public mutating func begin(
    retained: Span<UInt8>, isAdopting: Bool, now: Instant
  ) {
    flush()
    needsComplete = true
    small.clear()
    unsafe retained.withUnsafeBytes { bytes in
      unsafe small.start(retained: bytes, isAdopting: isAdopting)
    }
    pushSmall(.loop, now, isUrgent: true)
  }

  /// Records one tick: what went into the controller and what came out of it.
  public mutating func record(
    tick: Tick, now: Instant, sensors: borrowing SensorSnapshot, commands: borrowing CommandQueue,
    actuators: borrowing ActuatorCommands, events: borrowing EventList
  ) {
    recordCommands(commands, tick, now)
    recordEvents(events, tick, now)
    recordSample(sensors, actuators, tick, now)
  }

  /// Records how well the tick keeps time; once a second is enough.
  public mutating func report(_ report: LoopReport, now: Instant) {
    var report = report
    report.lostTicks = lostTicks
    small.clear()
    small.loop(report)
    pushSmall(.loop, now, isUrgent: false)
  }

  /// Ticks did not reach the recorder: the next one says how many, and everything.
  public mutating func lose(_ ticks: UInt64) {
    flush()
    lostTicks &+= ticks
    lostBefore &+= ticks
    needsComplete = true
  }

  /// A report is due in this tick.
  public func isReportDue(_ tick: Tick) -> Bool { tick.count % ticksBetweenReports == 0 }

  /// Hands over the ticks that wait for their message to be full.
  public mutating func flush() {
    guard batched > 0 else { return }
    let count = batched
    batched = 0
    let hasRoom = ring.percentUsed < TickRecorder.samplesUpTo
    var outputsRecord = unsafe RingRecord(
      channel: .outputs, moment: batchMoment, payload: outputsMessage.written)
    outputsRecord.opensChunk = isCompleteBatch
    let inputsRecord = unsafe RingRecord(
      channel: .inputs, moment: batchMoment, payload: inputsMessage.written)
    let isWhole = !inputsMessage.isOverfull && !outputsMessage.isOverfull
    if hasRoom && isWhole
      && (outputsMessage.count == 0 || ring.push(outputsRecord)) && ring.push(inputsRecord)
    {
      return lostBefore = 0
    }
    lostTicks &+= UInt64(count)
    lostBefore &+= UInt64(count)
    needsComplete = true
  }

  private mutating func recordCommands(
    _ commands: borrowing CommandQueue, _ tick: Tick, _ now: Instant
  ) {
    for index in commands.indices {
      small.clear()
      small.command(commands[index], tick: tick.count)
      pushSmall(.commands, now, isUrgent: true)
    }
  }

  private mutating func recordEvents(
    _ events: borrowing EventList, _ tick: Tick, _ now: Instant
  ) {
    for index in events.indices {
      let event = events[index]
      small.clear()
      small.event(event, tick: tick.count)
      pushSmall(.events, now, isUrgent: true)
      guard EventFields(event.kind).alarm > 0 else { continue }
      small.clear()
      small.alarm(event, tick: tick.count)
      pushSmall(.alarms, now, isUrgent: true)
    }
  }

  private mutating func pushSmall(_ channel: RecordChannel, _ now: Instant, isUrgent: Bool) {
    var record = unsafe RingRecord(
      channel: channel, moment: now.microseconds, payload: small.written)
    record.isUrgent = isUrgent
    if small.isOverfull || !ring.push(record) { lostRecords &+= 1 }
  }

  private mutating func recordSample(
    _ sensors: borrowing SensorSnapshot, _ actuators: borrowing ActuatorCommands, _ tick: Tick,
    _ now: Instant
  ) {
    let losses = ring.losses
    if losses != seenLosses {
      seenLosses = losses
      needsComplete = true
    }
    if needsComplete || sinceComplete >= ticksBetweenComplete {
      flush()
      isCompleteBatch = true
      needsComplete = false
      sinceComplete = 0
    } else if batched == 0 {
      isCompleteBatch = false
    }
    write(sensors, actuators, tick, now)
    batched += 1
    sinceComplete += 1
    if batched >= ticksInMessage { flush() }
  }

  private mutating func write(
    _ sensors: borrowing SensorSnapshot, _ actuators: borrowing ActuatorCommands, _ tick: Tick,
    _ now: Instant
  ) {
    let isFirst = batched == 0
    if isFirst {
      inputsMessage.clear()
      outputsMessage.clear()
      batchMoment = now.microseconds
    }
    let isComplete = isFirst && isCompleteBatch
    let start = isFirst ? 0 : inputsMessage.beginMessage(InputField.next)
    inputs.write(
      copy sensors, tick: tick.count, now: now, isComplete: isComplete,
      lost: isComplete ? lostBefore : 0, to: &inputsMessage)
    if !isFirst { inputsMessage.endMessage(start) }
    writeOutputs(actuators, tick, isComplete)
  }

  private mutating func writeOutputs(
    _ actuators: borrowing ActuatorCommands, _ tick: Tick, _ isComplete: Bool
  ) {
    guard outputsMessage.count > 0 else {
      _ = outputs.write(
        copy actuators, tick: tick.count, isComplete: isComplete, to: &outputsMessage)
      return
    }
    let place = outputsMessage.count
    let start = outputsMessage.beginMessage(OutputField.next)
    if outputs.write(copy actuators, tick: tick.count, isComplete: false, to: &outputsMessage) {
      outputsMessage.endMessage(start)
    } else {
      outputsMessage.rewind(to: place)
    }
  }
}

/// How long records may wait, microseconds.
public enum RecorderTiming {
  /// A chunk holds so much time: with writing, all is on storage within a second.
  public static var chunk: Int { 750_000 }
  /// An event that has waited so long closes the chunk: with writing, it is on storage within
  /// 100 ms.
  public static var urgent: Int64 { 50_000 }
  /// Samples must be on storage.
  public static var samplesDurable: Int64 { 1_000_000 }
  /// Events, alarms and commands must be on storage.
  public static var eventsDurable: Int64 { 100_000 }
  /// The recorder wants to be stepped so often.
  public static var step: Int64 { 20_000 }
}
