public import Firmware
public import LinkMessages
public import PerfusionCore

extension LinkServer where Transport: ~Copyable {
  /// Takes what one tick left: answers, events, alarms, and frames for who is due.
  public mutating func take(_ record: borrowing TickRecord, now: Int64) {
    latest = copy record
    hasRecord = true
    for index in record.events.indices {
      let event = record.events[index]
      settle(event, now)
      publish(EventEntry(tick: record.tick, at: record.at, event: event))
      if let report = AlarmReport(event, in: record) { publish(report) }
    }
    sendFrames()
  }

  /// Takes how the loop keeps time, and tells who gets frames.
  public mutating func take(_ report: LoopReport) {
    quality = report
    let length = compose { bytes throws(LinkError) in try ServerWriting.loop(report, into: &bytes) }
    guard length > 0 else { return }
    for index in 0..<memory.clients where unsafe memory.slots[index].isUsed {
      if unsafe memory.slots[index].frameTicks > 0 { enqueue(index, .frame, length) }
    }
  }

  private mutating func publish(_ entry: EventEntry) {
    let length = compose { bytes throws(LinkError) in try ServerWriting.event(entry, into: &bytes) }
    toSubscribers(.event, length)
  }

  /// Takes a record of the alarm log that outlived earlier starts: the oldest first, before anybody
  /// is served.
  public mutating func recall(_ record: AlarmRecord) { log(AlarmReport(record)) }

  /// The firmware starts for the `start`th time since the log began.
  public mutating func begin(start: UInt32, civilTime: Int64, at: Instant) {
    self.start = start
    self.civilTime = civilTime
    var report = AlarmReport(
      tick: .start, at: at, change: .powerUp, alarm: AlarmID(0), priority: .low, phase: .off)
    report.start = start
    report.civilTime = civilTime
    log(report)
  }

  private mutating func log(_ report: AlarmReport) {
    unsafe memory.log[Int(logCount % UInt64(LinkLimits.alarmLog))] = report
    logCount &+= 1
  }

  private mutating func publish(_ happened: AlarmReport) {
    var report = happened
    report.start = start
    report.civilTime = civilTime
    log(report)
    let length = compose { bytes throws(LinkError) in
      try ServerWriting.alarm(report, into: &bytes)
    }
    toSubscribers(.alarm, length)
  }

  /// Tells who subscribed events what happened to a client.
  mutating func broadcast(_ event: ClientEvent) {
    let length = compose { bytes throws(LinkError) in try ServerWriting.event(event, into: &bytes) }
    toSubscribers(.event, length)
  }

  private mutating func toSubscribers(_ post: LinkPost, _ length: Int) {
    guard length > 0 else { return }
    for index in 0..<memory.clients where unsafe memory.slots[index].isUsed {
      if unsafe memory.slots[index].wantsEvents { enqueue(index, post, length) }
    }
  }

  /// One frame is composed for all who are due in this tick.
  private mutating func sendFrames() {
    let tick = latest.tick.count
    var length = 0
    for index in 0..<memory.clients where unsafe memory.slots[index].isUsed {
      let ticks = unsafe memory.slots[index].frameTicks
      guard ticks > 0, unsafe tick >= memory.slots[index].nextFrame else { continue }
      unsafe memory.slots[index].nextFrame = tick &+ ticks
      if length == 0 { length = composeFrame() }
      if length > 0 { enqueue(index, .frame, length) }
    }
  }

  mutating func composeFrame() -> Int {
    let record = latest
    return compose { bytes throws(LinkError) in
      try ServerWriting.frame(
        tick: record.tick, at: record.at, sensors: record.sensors, actuators: record.actuators,
        status: record.status, into: &bytes)
    }
  }
}

extension AlarmReport {
  /// A record of the log as the link tells it; its tick is not known any more.
  init(_ record: AlarmRecord) {
    // The kinds of the log are the changes of the link but for "stands", in their order.
    let change = AlarmChange(rawValue: record.entry.kind.rawValue + 1) ?? .stands
    self.init(
      tick: .start, at: record.at, change: change, alarm: record.entry.alarm,
      priority: record.entry.priority, phase: record.entry.phase)
    acknowledgedBy = record.entry.source
    decision = record.entry.decision
    start = record.start
    civilTime = record.civilTime
    cause = record.entry.cause
  }

  /// What an event says about an alarm, nothing when it is about none.
  init?(_ event: Event, in record: borrowing TickRecord) {
    let change: AlarmChange
    var id = AlarmID(0)
    var source: CommandSource?
    var cause = AlarmCause.none
    switch event.kind {
    case .alarmRaised(let alarm, let why), .alarmRose(let alarm, _, let why):
      (change, id, cause) = (.raised, alarm, why)
    case .alarmCleared(let alarm): (change, id) = (.cleared, alarm)
    case .alarmLatched(let alarm): (change, id) = (.latched, alarm)
    case .acknowledged(let alarm, let who): (change, id, source) = (.acknowledged, alarm, who)
    case .inactivated: change = .paused
    case .inactivationEnded: change = .resumed
    case .alarmLimitSet(let alarm, _): (change, id) = (.limitChanged, alarm)
    case .alarmSwitched(let alarm, let isOn):
      (change, id) = (isOn ? .switchedOn : .switchedOff, alarm)
    case .alarmPresetsRestored: change = .presetsRestored
    default: return nil
    }
    self.init(
      tick: record.tick, at: record.at, change: change, alarm: id, priority: id.priority,
      phase: record.status.phase)
    decision = event.decision
    acknowledgedBy = source
    self.cause = cause
    for index in record.status.alarmList.indices where record.status.alarmList[index].id == id {
      let standing = record.status.alarmList[index]
      guard self.cause == .none || self.cause.row == standing.cause.row else { continue }
      if self.cause == .none { self.cause = standing.cause }
      priority = standing.priority
      isLatched = standing.state == .latched
      since = standing.since
      acknowledgedBy = standing.acknowledgement?.source ?? source
    }
  }
}
