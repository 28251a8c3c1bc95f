/// The one place that decides a stop.
///
/// Every tick the conditions are debounced row by row, and all rows that stand are folded into
/// one verdict for each pump by precedence of their grades. A stop stays until its cause has gone
/// and the operator resumes that pump.
public struct Interlocks: Sendable {
  /// The verdict for each pump.
  public internal(set) var verdicts = InlineArray<8, Verdict>(repeating: Verdict())
  /// The arterial clamp must be closed.
  public internal(set) var closesClamp = false
  /// Alarms whose row stands or is latched, and whose reaction is not suppressed by the phase.
  public internal(set) var rowAlarms = RowAlarms()
  /// Alarms whose row stands; the others of `alarms` are latched.
  public internal(set) var activeAlarms = AlarmSet()
  /// The rows of `rowAlarms` that stand; the others are latched.
  public internal(set) var activeCauses = CauseSet()
  /// The same as `rowAlarms`, whatever their priority.
  public var alarms: AlarmSet { rowAlarms.all }

  /// Rows of the machine that stand.
  public private(set) var activeMachineRows: UInt128 = 0
  /// Rows of each pump that stand.
  public private(set) var activePumpRows = InlineArray<8, UInt128>(repeating: 0)

  private var timing: InterlockTiming
  let layout: InterlockLayout
  var machine = MachineBank()
  var pumps = InlineArray<8, PumpBank>(repeating: PumpBank())
  var held = InlineArray<8, HeldReaction>(repeating: HeldReaction())
  var overrides = InlineArray<8, SiteTable<CircuitEvent, UInt32>>(
    repeating: SiteTable(repeating: 0))
  var overrideCount = 0
  /// A latch and its complement were seen apart.
  var memoryFault = false
  var machineMirror = LatchMirror(0, HeldReaction())
  var mirrors = InlineArray<8, LatchMirror>(repeating: LatchMirror(0, HeldReaction()))
  /// Ticks until the latches are looked at again.
  private var untilCheck: UInt8 = 0
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
    machine.active & (1 << UInt128(row.rawValue)) != 0
  }
  /// A pump row stands.
  public func isActive(_ row: PumpRow, pump: Int) -> Bool {
    pump >= 0 && pump < 8 && pumps[pump].active & (1 << UInt128(row.rawValue)) != 0
  }

  // These are asked every tick and are mutating only so that they read in place: a plain getter
  // copies all interlocks.

  /// A row stands that keeps READY and support from being entered (docs/domain.md 8.1 R4).
  public var blocksStart: Bool {
    mutating get { stands(timing.machine.blocksStart, timing.pump.blocksStart) }
  }
  /// A row stands that nothing may run through, unless somebody depends on the machine.
  public var holdsMachine: Bool {
    mutating get { stands(timing.machine.holdsMachine, timing.pump.holdsMachine) }
  }
  /// No water circuit may be switched on before bypass.
  public var locksWater: Bool {
    mutating get { stands(timing.machine.locksWater, timing.pump.locksWater) }
  }
  /// Water pumps and heaters must be off.
  public var stopsWater: Bool {
    mutating get { stands(timing.machine.stopsWater, timing.pump.stopsWater) }
  }
  /// The venous occluder must be closed: the patient is isolated.
  public var closesOccluder: Bool {
    mutating get {
      for pump in 0..<layout.count where verdicts[pump].grade == .isolate { return true }
      return false
    }
  }

  /// An override of this event on this pump is under way.
  public mutating func isOverridden(_ pump: Int, _ event: CircuitEvent) -> Bool {
    overrideCount > 0 && pump >= 0 && pump < 8 && overrides[pump][event] > 0
  }
  /// A row of the pump has stopped it, and nobody has resumed it since.
  public mutating func isHeld(_ pump: Int, by row: PumpRow) -> Bool {
    pump >= 0 && pump < 8 && held[pump].pumpRows & (1 << UInt128(row.rawValue)) != 0
  }

  /// What holds a pump is told at high priority; false too for one that nothing holds.
  public mutating func isStopTold(_ pump: Int) -> Bool {
    guard pump >= 0 && pump < 8 else { return false }
    return held[pump].machineRows & timing.machine.isHigh != 0
      || held[pump].pumpRows & timing.pump.isHigh != 0
  }

  private mutating func stands(_ machineRows: UInt128, _ pumpRows: UInt128) -> Bool {
    if activeMachineRows & machineRows != 0 { return true }
    guard pumpRows != 0 else { return false }
    for pump in 0..<layout.count where activePumpRows[pump] & pumpRows != 0 { return true }
    return false
  }

  /// Moves the interlocks on by one tick.
  ///
  /// - Parameters:
  ///   - facts: conditions that hold now.
  ///   - phase: where the treatment stands.
  ///   - started: bit i, pump i is meant to run.
  ///   - elapsed: ticks of the clock since the last update; overrides run down by it, debounces count
  ///     one.
  public mutating func update(
    facts: InterlockFacts, phase: Phase, started: UInt8, elapsed: UInt32 = 1
  ) {
    ageOverrides(by: elapsed)
    if !isStale { watchLatches() }
    let now = Basis(phase: phase, started: started, overrides: overrideCount)
    var isStale = self.isStale || now != basis
    basis = now
    if machine.update(conditions: facts.machine, &timing.machine) { isStale = true }
    let conditions = facts.pumps.span
    for index in 0..<layout.count {
      if pumps[index].update(conditions: conditions[index], &timing.pump) { isStale = true }
    }
    if isStale {
      activeMachineRows = machine.active
      for index in 0..<layout.count { activePumpRows[index] = pumps[index].active }
    }
    self.isStale = false
    if isStale {
      fold(phase: phase, started: started)
      mirrorLatches()
    }
  }

  /// Ten times a second at the usual tick, and only while nobody has changed them since the copy.
  private mutating func watchLatches() {
    untilCheck = untilCheck == 0 ? 19 : untilCheck - 1
    guard untilCheck == 0 else { return }
    let before = memoryFault
    memoryFault = false
    checkLatches()
    isStale = memoryFault
    memoryFault = memoryFault || before
  }

  /// Releases a pump's latched reaction; the alarm of a row that holds another pump too stays until
  /// that one is resumed.
  ///
  /// - Returns: `nil` when it was released, the refusal otherwise.
  public mutating func resume(_ pump: Int) -> Refusal? {
    guard pump >= 0 && pump < 8 else { return .noSuchPump }
    guard verdicts[pump].needsResume else { return .nothingToDo }
    guard !verdicts[pump].causeStands else { return .causeNotCleared }
    let released = held[pump]
    held[pump] = HeldReaction()
    machine.release(released.machineRows & ~machineHeld)
    pumps[pump].release(released.pumpRows)
    isStale = true
    return nil
  }

  /// Resets latched alarms whose cause has gone; latched reactions stay.
  public mutating func resetAlarms() {
    for index in 0..<layout.count { pumps[index].release(~held[index].pumpRows) }
    machine.release(~machineHeld)
    isStale = true
  }

  /// Rows of the machine that hold some pump.
  private var machineHeld: UInt128 {
    mutating get {
      var rows: UInt128 = 0
      for index in 0..<layout.count { rows |= held[index].machineRows }
      return rows
    }
  }

  /// Starts or renews an override of one event on one pump, for 180 s or what its alarm allows.
  ///
  /// - Returns: `nil` when it was granted, the refusal otherwise.
  public mutating func override(
    _ pump: Int, _ event: CircuitEvent
  ) -> Refusal? {
    guard pump >= 0 && pump < layout.count else { return .noSuchPump }
    guard Interlocks.isOverridable(event) else { return .overrideForbidden }
    setOverride(pump, event, layout.overrideTicks(pump, event))
    return nil
  }

  /// Ends an override.
  public mutating func endOverride(
    _ pump: Int, _ event: CircuitEvent
  ) -> Refusal? {
    guard pump >= 0 && pump < layout.count else { return .noSuchPump }
    guard overrides[pump][event] > 0 else { return .nothingToDo }
    setOverride(pump, event, 0)
    return nil
  }

  /// One may begin in the tick in which another ends: their number alone does not tell.
  private mutating func setOverride(_ pump: Int, _ event: CircuitEvent, _ ticks: UInt32) {
    overrides[pump][event] = ticks
    isStale = true
    countOverrides()
  }

  /// Some row of the event may be overridden by button.
  static func isOverridable(_ event: CircuitEvent) -> Bool {
    for index in 0..<MachineRow.count {
      guard let row = MachineRow(rawValue: UInt8(index))?.row else { continue }
      if row.key == event && row.override == .timed { return true }
    }
    for index in 0..<PumpRow.count {
      guard let row = PumpRow(rawValue: UInt8(index))?.row else { continue }
      if row.key == event && row.override == .timed { return true }
    }
    return false
  }

  private mutating func ageOverrides(by elapsed: UInt32) {
    guard overrideCount > 0 else { return }
    for pump in 0..<layout.count {
      for index in 0..<CircuitEvent.count {
        guard let event = CircuitEvent(rawValue: UInt8(index)) else { continue }
        overrides[pump][event] -= min(overrides[pump][event], elapsed)
      }
    }
    countOverrides()
  }

  mutating func countOverrides() {
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
        let left = min(record.overrides[pump][event], layout.overrideTicks(pump, event))
        overrides[pump][event] = left - min(left, gap)
      }
    }
    countOverrides()
    isStale = true
  }
}
