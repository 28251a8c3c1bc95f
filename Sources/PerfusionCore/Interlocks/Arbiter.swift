extension Interlocks {
  /// Folds every row that stands into the verdicts, the clamp and the alarms.
  mutating func fold(phase: Phase, started: UInt8) {
    rowAlarms = RowAlarms()
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
    activeCauses = rowAlarms.causes
    keepLatchedAlarms()
  }

  private mutating func foldMachine(_ fold: inout Fold, pump: Int, phase: Phase) {
    let kind = layout.kinds[pump]
    var bits = machine.active
    while bits != 0 {
      let index = bits.trailingZeroBitCount
      bits &= bits &- 1
      guard let id = MachineRow(rawValue: UInt8(index)) else { continue }
      let row = id.row
      var grade = row.reactions.grade(in: phase, kind: kind)
      // A roller holds the blood back by itself, but not where it leaks while it stands.
      var clamps = row.closesClamp && (kind == .centrifugal || phase == .circulatoryArrest)
      if let event = row.event {
        let response = layout.response(pump, event)
        if phase.isSupporting {
          grade = response.grade
        } else if pump != 0, response == .none || response == .alarm {
          grade = min(grade, .annunciate)
        }
        clamps = clamps || response == .stopAndClamp
      } else {
        grade = layout.limited(grade, pump: pump, reach: row.reach)
      }
      grade = eased(grade, row, pump: pump, phase: phase)
      let bit = UInt128(1) << UInt128(index)
      if row.latches(grade) { machine.latch(bit) }
      if grade >= .zeroFlow { fold.machineRows |= bit }
      if grade > .none { rowAlarms.insert(id, row.alarm, row.priority) }
      add(&fold, grade, clamps: clamps && pump == 0, isPrimary: pump == 0)
    }
  }

  private mutating func foldPump(_ fold: inout Fold, pump: Int, phase: Phase) {
    let kind = layout.kinds[pump]
    var bits = pumps.span[pump].active
    while bits != 0 {
      let index = bits.trailingZeroBitCount
      bits &= bits &- 1
      guard let id = PumpRow(rawValue: UInt8(index)) else { continue }
      var row = id.row
      row.alarm = layout.alarm(of: id, row, pump: pump)
      var grade = row.reactions.grade(in: phase, kind: kind)
      if let event = row.event, phase.isSupporting { grade = layout.response(pump, event).grade }
      grade = eased(grade, row, pump: pump, phase: phase)
      let bit = UInt128(1) << UInt128(index)
      if row.latches(grade) { pumps[pump].latch(bit) }
      if grade >= .zeroFlow { fold.pumpRows |= bit }
      if grade > .none { rowAlarms.insert(id, pump: pump, row.alarm, row.priority) }
      add(&fold, grade, clamps: row.closesClamp && pump == 0, isPrimary: pump == 0)
    }
  }

  /// What an override of class A leaves of a grade: the alarm. An open cover is a matter of fingers
  /// until somebody depends on the pump (HZ-21).
  private func eased(_ grade: Grade, _ row: InterlockRow, pump: Int, phase: Phase) -> Grade {
    guard overrideCount > 0, row.override == .timed, let key = row.key, overrides[pump][key] > 0
    else { return grade }
    if key == .coverOpen, !phase.dependsOnMachine { return grade }
    return min(grade, .annunciate)
  }

  private func add(_ fold: inout Fold, _ grade: Grade, clamps: Bool, isPrimary: Bool) {
    guard grade > .none else { return }
    // A primary pump without torque, or cut off from its patient, holds nothing back by itself.
    let mustClamp = isPrimary && grade >= .forcedStop
    if clamps && grade >= .zeroFlow || mustClamp { fold.closesClamp = true }
    if grade == .forcedStop { fold.removesTorque = true }
    fold.grade = max(fold.grade, grade)
  }

  /// Whatever stops a pump stays until the operator resumes it (R6), with torque and clamp.
  private mutating func hold(_ pump: Int, _ fold: Fold) {
    guard fold.grade >= .zeroFlow else { return }
    held[pump].machineRows |= fold.machineRows
    held[pump].pumpRows |= fold.pumpRows
    held[pump].grade = max(held[pump].grade, fold.grade)
    held[pump].removesTorque = held[pump].removesTorque || fold.removesTorque
    held[pump].closesClamp = held[pump].closesClamp || fold.closesClamp
  }

  private mutating func settle(_ pump: Int, _ fold: Fold) {
    var verdict = Verdict()
    verdict.grade = max(fold.grade, held[pump].grade)
    verdict.removesTorque = held[pump].removesTorque
    verdict.needsResume = held[pump].grade > .none
    verdict.causeStands = fold.machineRows | fold.pumpRows != 0
    verdict.reason = verdict.grade.reason
    verdicts[pump] = verdict
    if fold.closesClamp || held[pump].closesClamp { closesClamp = true }
  }

  /// Stops every pump that is linked to one that stands (arterial -> cardioplegia).
  private mutating func link(phase: Phase, started: UInt8) {
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
      if let id = MachineRow(rawValue: UInt8(bits.trailingZeroBitCount)) {
        rowAlarms.insert(id, id.row.alarm, id.row.priority)
      }
      bits &= bits &- 1
    }
    for pump in 0..<layout.count {
      bits = pumps[pump].latched
      while bits != 0 {
        if let id = PumpRow(rawValue: UInt8(bits.trailingZeroBitCount)) {
          let row = id.row
          rowAlarms.insert(
            id, pump: pump, layout.alarm(of: id, row, pump: pump), row.priority)
        }
        bits &= bits &- 1
      }
    }
  }
}
