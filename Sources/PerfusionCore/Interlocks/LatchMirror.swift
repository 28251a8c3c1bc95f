/// The latches of one pump or of the machine a second time, complemented (docs/domain.md C1).
struct LatchMirror: BitwiseCopyable, Equatable, Sendable {
  var latched: UInt128 = 0
  var machineRows: UInt128 = 0
  var pumpRows: UInt128 = 0
  var rest: UInt32 = 0

  /// The complement of what is latched.
  init(_ latched: UInt128, _ held: HeldReaction) {
    self.latched = ~latched
    machineRows = ~held.machineRows
    pumpRows = ~held.pumpRows
    let flags = (held.closesClamp ? 0x100 : 0) | (held.removesTorque ? 0x200 : 0)
    rest = ~(UInt32(held.grade.rawValue) | UInt32(flags))
  }

  /// What the complement says was held.
  private var held: HeldReaction {
    let plain = ~rest
    var held = HeldReaction()
    held.machineRows = ~machineRows
    held.pumpRows = ~pumpRows
    held.grade = Grade(rawValue: UInt8(truncatingIfNeeded: plain)) ?? .none
    held.closesClamp = plain & 0x100 != 0
    held.removesTorque = plain & 0x200 != 0
    return held
  }

  /// Both copies in one: whatever either has latched stays latched.
  func joined(_ other: HeldReaction) -> HeldReaction {
    var both = held
    both.machineRows |= other.machineRows
    both.pumpRows |= other.pumpRows
    both.grade = max(both.grade, other.grade)
    both.closesClamp = both.closesClamp || other.closesClamp
    both.removesTorque = both.removesTorque || other.removesTorque
    return both
  }
}

extension Interlocks {
  /// Copies the latches, after they were changed on purpose.
  mutating func mirrorLatches() {
    machineMirror = LatchMirror(machine.latched, HeldReaction())
    for pump in 0..<layout.count {
      mirrors[pump] = LatchMirror(pumps.span[pump].latched, held[pump])
    }
  }

  /// Compares latches and copies; a bit that turned over is told, and what either copy has latched
  /// stays latched.
  mutating func checkLatches() {
    if machineMirror != LatchMirror(machine.latched, HeldReaction()) {
      memoryFault = true
      machine.latch(~machineMirror.latched)
    }
    for pump in 0..<layout.count {
      let mirror = mirrors[pump]
      guard mirror != LatchMirror(pumps.span[pump].latched, held[pump]) else { continue }
      memoryFault = true
      pumps[pump].latch(~mirror.latched)
      held[pump] = mirror.joined(held[pump])
    }
  }
}
