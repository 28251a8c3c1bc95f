/// The one place that decides a stop.
///
/// Every tick the conditions are debounced row by row, and all rows that stand are folded into
/// one verdict for each pump by precedence of their grades. A latched reaction stays until the
/// operator resumes that pump and its cause has gone.
public struct Interlocks: Sendable {
  /// The verdict for each pump.
  public private(set) var verdicts = InlineArray<8, Verdict>(repeating: Verdict())
  /// The arterial clamp must be closed.
  public private(set) var closesClamp = false
  /// Alarms whose row stands or is latched, and whose reaction is not suppressed by the phase.
  public private(set) var alarms = AlarmSet()
  /// Alarms whose row stands; the others of `alarms` are latched.
  public private(set) var activeAlarms = AlarmSet()

  /// Rows of the machine that stand.
  public private(set) var activeMachineRows: UInt64 = 0
  /// Rows of each pump that stand.
  public private(set) var activePumpRows = InlineArray<8, UInt64>(repeating: 0)

  private let timing: InterlockTiming
  private let layout: InterlockLayout
  private var machine = RowBank()
  private var pumps = InlineArray<8, RowBank>(repeating: RowBank())
  private var held = InlineArray<8, HeldReaction>(repeating: HeldReaction())
  private var overrides = InlineArray<8, SiteTable<CircuitEvent, UInt32>>(
    repeating: SiteTable(repeating: 0))
  private var overrideCount = 0
  private var basis = Basis()
  private var isStale = true

  /// Interlocks of a machine, nothing standing.
  public init(configuration: MachineConfiguration) {
    timing = InterlockTiming(configuration: configuration)
    layout = InterlockLayout(configuration)
  }

  /// An override is under way.
  public var hasOverride: Bool { overrideCount > 0 }

  /// A machine row stands.
  public func isActive(_ row: MachineRow) -> Bool {
    machine.active & (1 << UInt64(row.rawValue)) != 0
  }
  /// A pump row stands.
  public func isActive(_ row: PumpRow, pump: Int) -> Bool {
    pump >= 0 && pump < 8 && pumps[pump].active & (1 << UInt64(row.rawValue)) != 0
  }

  /// Moves the interlocks on by one tick.
  ///
  /// - Parameters:
  ///   - facts: conditions that hold now.
  ///   - phase: where the treatment stands.
  ///   - started: bit i, pump i is meant to run.
  public mutating func update(
    facts: InterlockFacts, phase: Phase, started: UInt8
  ) {
    ageOverrides()
    let now = Basis(phase: phase, started: started, overrides: overrideCount)
    var isStale = self.isStale || now != basis
    basis = now
    if machine.update(
      conditions: facts.machine, raise: timing.machineRaise,
      clear: timing.machineClear)
    {
      isStale = true
    }
    for index in 0..<layout.count {
      if pumps[index].update(
        conditions: facts.pumps[index], raise: timing.pumpRaise,
        clear: timing.pumpClear)
      {
        isStale = true
      }
    }
    activeMachineRows = machine.active
    for index in 0..<layout.count { activePumpRows[index] = pumps[index].active }
    self.isStale = false
    if isStale { fold(phase: phase, started: started) }
  }

  /// Releases a pump's latched reaction.
  ///
  /// - Returns: `nil` when it was released, the refusal otherwise.
  public mutating func resume(_ pump: Int) -> Refusal? {
    guard pump >= 0 && pump < 8 else { return .noSuchPump }
    guard verdicts[pump].needsResume else { return .nothingToDo }
    guard !verdicts[pump].causeStands else { return .causeNotCleared }
    machine.release(held[pump].machineRows)
    pumps[pump].release(held[pump].pumpRows)
    held[pump] = HeldReaction()
    isStale = true
    return nil
  }

  /// Resets latched alarms whose cause has gone; latched reactions stay.
  public mutating func resetAlarms() {
    var machineHeld: UInt64 = 0
    for index in 0..<layout.count {
      machineHeld |= held[index].machineRows
      pumps[index].release(~held[index].pumpRows)
    }
    machine.release(~machineHeld)
    isStale = true
  }

  /// Starts or renews an override of one event on one pump for 180 s.
  ///
  /// - Returns: `nil` when it was granted, the refusal otherwise.
  public mutating func override(
    _ pump: Int, _ event: CircuitEvent
  ) -> Refusal? {
    guard pump >= 0 && pump < layout.count else { return .noSuchPump }
    guard Interlocks.isOverridable(event) else { return .overrideForbidden }
    overrides[pump][event] = layout.overrideTicks
    isStale = true
    countOverrides()
    return nil
  }

  /// Ends an override.
  public mutating func endOverride(
    _ pump: Int, _ event: CircuitEvent
  ) -> Refusal? {
    guard pump >= 0 && pump < layout.count else { return .noSuchPump }
    guard overrides[pump][event] > 0 else { return .nothingToDo }
    overrides[pump][event] = 0
    isStale = true
    countOverrides()
    return nil
  }

  /// Some row of the event may be overridden by button.
  static func isOverridable(_ event: CircuitEvent) -> Bool {
    for index in 0..<MachineRow.count {
      guard let row = MachineRow(rawValue: UInt8(index))?.row else { continue }
      if row.event == event && row.override == .timed { return true }
    }
    for index in 0..<PumpRow.count {
      guard let row = PumpRow(rawValue: UInt8(index))?.row else { continue }
      if row.event == event && row.override == .timed { return true }
    }
    return false
  }

  private mutating func ageOverrides() {
    guard overrideCount > 0 else { return }
    for pump in 0..<layout.count {
      for index in 0..<CircuitEvent.count {
        guard let event = CircuitEvent(rawValue: UInt8(index)) else { continue }
        if overrides[pump][event] > 0 { overrides[pump][event] &-= 1 }
      }
    }
    countOverrides()
  }

  private mutating func countOverrides() {
    overrideCount = 0
    for pump in 0..<layout.count {
      for index in 0..<CircuitEvent.count {
        guard let event = CircuitEvent(rawValue: UInt8(index)) else { continue }
        if overrides[pump][event] > 0 { overrideCount += 1 }
      }
    }
  }
}

extension Interlocks {
  /// Folds every row that stands into the verdicts, the clamp and the alarms.
  private mutating func fold(
    phase: Phase, started: UInt8
  ) {
    alarms = AlarmSet()
    closesClamp = false
    for pump in 0..<layout.count {
      var fold = Fold()
      foldMachine(&fold, pump: pump, phase: phase)
      foldPump(&fold, pump: pump, phase: phase)
      hold(pump, fold)
      settle(pump, fold)
    }
    link(phase: phase, started: started)
    activeAlarms = alarms
    keepLatchedAlarms()
  }

  private mutating func foldMachine(
    _ fold: inout Fold, pump: Int, phase: Phase
  ) {
    let kind = layout.kinds[pump]
    var bits = machine.active
    while bits != 0 {
      let index = bits.trailingZeroBitCount
      bits &= bits &- 1
      guard let row = MachineRow(rawValue: UInt8(index))?.row else { continue }
      var grade = row.reactions.grade(in: phase, kind: kind)
      var clamps = row.closesClamp && kind == .centrifugal
      if let event = row.event {
        let response = layout.responses[pump, event]
        if phase.isSupporting || response == .none || response == .alarm {
          grade = min(grade, .annunciate)
          if phase.isSupporting { grade = response.grade }
        }
        clamps = response == .stopAndClamp || clamps && response != .none && response != .alarm
        if overrides[pump][event] > 0 && row.override == .timed { grade = min(grade, .annunciate) }
      } else if pump > 0 && !row.actsOnEveryPump {
        grade = min(grade, .annunciate)
      }
      let bit = UInt64(1) << UInt64(index)
      if row.latch != .none && grade > .none { machine.latch(bit) }
      add(&fold, row, grade, clamps: clamps, bit: bit, isPumpRow: false)
    }
  }

  private mutating func foldPump(
    _ fold: inout Fold, pump: Int, phase: Phase
  ) {
    let kind = layout.kinds[pump]
    var bits = pumps[pump].active
    while bits != 0 {
      let index = bits.trailingZeroBitCount
      bits &= bits &- 1
      guard let id = PumpRow(rawValue: UInt8(index)) else { continue }
      var row = id.row
      row.alarm = layout.alarm(of: id, row, pump: pump)
      var grade = row.reactions.grade(in: phase, kind: kind)
      if let event = row.event {
        if phase.isSupporting { grade = layout.responses[pump, event].grade }
        if overrides[pump][event] > 0 && row.override == .timed { grade = min(grade, .annunciate) }
      }
      let clamps = row.closesClamp && pump == 0
      let bit = UInt64(1) << UInt64(index)
      if row.latch != .none && grade > .none { pumps[pump].latch(bit) }
      add(&fold, row, grade, clamps: clamps, bit: bit, isPumpRow: true)
    }
  }

  private mutating func add(
    _ fold: inout Fold, _ row: InterlockRow, _ grade: Grade, clamps: Bool, bit: UInt64,
    isPumpRow: Bool
  ) {
    guard grade > .none else { return }
    alarms.set(row.alarm, true)
    if clamps && grade >= .zeroFlow { fold.closesClamp = true }
    if row.latch == .reaction && grade >= .zeroFlow {
      if isPumpRow { fold.pumpRows |= bit } else { fold.machineRows |= bit }
      fold.latchedGrade = max(fold.latchedGrade, grade)
    }
    fold.grade = max(fold.grade, grade)
  }

  private mutating func hold(_ pump: Int, _ fold: Fold) {
    held[pump].machineRows |= fold.machineRows
    held[pump].pumpRows |= fold.pumpRows
    held[pump].grade = max(held[pump].grade, fold.latchedGrade)
    held[pump].closesClamp = held[pump].closesClamp || fold.closesClamp && fold.latchedGrade > .none
  }

  private mutating func settle(_ pump: Int, _ fold: Fold) {
    var verdict = Verdict()
    verdict.grade = max(fold.grade, held[pump].grade)
    verdict.needsResume = held[pump].grade > .none
    verdict.causeStands = fold.machineRows | fold.pumpRows != 0
    verdict.reason = verdict.grade.reason
    verdicts[pump] = verdict
    if fold.closesClamp || held[pump].closesClamp { closesClamp = true }
  }

  /// Stops every pump that is linked to one that stands (arterial -> cardioplegia).
  private mutating func link(
    phase: Phase, started: UInt8
  ) {
    guard phase.isSupporting || phase == .circulatoryArrest else { return }
    for pump in 0..<layout.count where started & (1 << UInt8(pump)) != 0 {
      let links = layout.links[pump]
      guard links != 0 else { continue }
      for other in 0..<layout.count where links & (1 << UInt8(other)) != 0 {
        let stands = verdicts[other].grade >= .zeroFlow || started & (1 << UInt8(other)) == 0
        guard stands else { continue }
        held[pump].grade = max(held[pump].grade, .stop)
        verdicts[pump].grade = max(verdicts[pump].grade, .stop)
        verdicts[pump].needsResume = true
        verdicts[pump].causeStands = true
        if verdicts[pump].grade == .stop { verdicts[pump].reason = .stoppedWithLink }
      }
    }
  }

  private mutating func keepLatchedAlarms() {
    var bits = machine.latched
    while bits != 0 {
      if let row = MachineRow(rawValue: UInt8(bits.trailingZeroBitCount))?.row {
        alarms.set(row.alarm, true)
      }
      bits &= bits &- 1
    }
    for pump in 0..<layout.count {
      bits = pumps[pump].latched
      while bits != 0 {
        if let id = PumpRow(rawValue: UInt8(bits.trailingZeroBitCount)) {
          alarms.set(layout.alarm(of: id, id.row, pump: pump), true)
        }
        bits &= bits &- 1
      }
    }
  }
}

/// A latched reaction of one pump.
struct HeldReaction: BitwiseCopyable, Equatable, Sendable {
  var machineRows: UInt64 = 0
  var pumpRows: UInt64 = 0
  var grade = Grade.none
  var closesClamp = false
}

/// What the rows that stand come to for one pump.
struct Fold {
  var grade = Grade.none
  var latchedGrade = Grade.none
  var machineRows: UInt64 = 0
  var pumpRows: UInt64 = 0
  var closesClamp = false
}

/// What the verdicts depend on beside the rows; while none of it changes, they stand.
struct Basis: BitwiseCopyable, Equatable, Sendable {
  var phase = Phase.off
  var started: UInt8 = 0
  var overrides = 0
}

extension Response {
  /// The grade that the response stands for.
  var grade: Grade {
    switch self {
    case .none: .none
    case .alarm: .annunciate
    case .regulate: .regulate
    case .hold: .zeroFlow
    case .stop, .stopAndClamp: .stop
    }
  }
}

extension Grade {
  /// The reason that a pump shows under this grade.
  var reason: CommandReason {
    switch self {
    case .none, .annunciate, .keepRunning, .regulate: .asSet
    case .hold: .held
    case .zeroFlow: .zeroFlowHold
    case .stop, .isolate: .stopped
    case .forcedStop: .torqueOff
    }
  }
}

extension Interlocks {
  /// Latches and overrides, to outlive a restart.
  var retained: InterlockRecord {
    mutating get {
      var record = InterlockRecord()
      record.machineLatched = machine.latched
      record.held = held
      record.overrides = overrides
      for pump in 0..<layout.count { record.pumpLatched[pump] = pumps[pump].latched }
      return record
    }
  }

  /// Takes up latches and overrides after a restart that took so many ticks.
  ///
  /// What was latched stays latched until the operator resumes or resets; an override goes on for
  /// what was left of it.
  mutating func restore(_ record: InterlockRecord, gap: UInt32) {
    machine.latch(record.machineLatched)
    held = record.held
    for pump in 0..<layout.count {
      pumps[pump].latch(record.pumpLatched[pump])
      for index in 0..<CircuitEvent.count {
        guard let event = CircuitEvent(rawValue: UInt8(index)) else { continue }
        let left = min(record.overrides[pump][event], layout.overrideTicks)
        overrides[pump][event] = left > gap ? left - gap : 0
      }
    }
    countOverrides()
    isStale = true
  }
}
