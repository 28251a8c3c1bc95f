/// A stage of the cycle that has to be gone through in this order, once a tick.
public enum CycleStage: UInt8, BitwiseCopyable, Sendable {
  /// Sensors were read.
  case acquire
  /// Conditions were stated and the interlocks folded.
  case decide
  /// Verdicts were carried out on pumps and clamps.
  case drive
  /// Water circuits were driven.
  case temper
  /// Lamps and buzzer were driven.
  case signal
  /// Commands were handed to the board.
  case apply
  /// Rotors were measured and nothing was told: in place of decide, drive and temper while a
  /// running machine is adopted.
  case adopt
}

/// Checks that a cycle went through its stages, each once and in order, before the window watchdog
/// may be stroked (docs/domain.md 7.3, 10.1: "kick only from the end of a verified loop, key
/// sequence").
///
/// Every stage folds its key into a sum that depends on the order. A stage that is left out, done
/// twice or out of turn gives another sum, and there is no stroke until a whole cycle is right.
public struct ProgramFlow: BitwiseCopyable, Sendable {
  private var sum: UInt32 = 0
  /// Cycles that were not right.
  public private(set) var faults: UInt32 = 0

  /// A flow before its first cycle.
  public init() {}

  /// A cycle begins: with the reading of sensors.
  public mutating func begin() {
    sum = ProgramFlow.start
    pass(.acquire)
  }

  /// A stage was gone through.
  public mutating func pass(_ stage: CycleStage) { sum = ProgramFlow.fold(sum, stage) }

  /// The cycle ends: true when it was right. The sum is spent, so that nothing strokes twice.
  public mutating func end(isAdopting: Bool) -> Bool {
    let isRight = sum == (isAdopting ? ProgramFlow.adopting : ProgramFlow.whole)
    sum = 0
    if !isRight { faults &+= 1 }
    return isRight
  }

  private static var start: UInt32 { 0x9E37_79B9 }

  /// The sum of a cycle that is right.
  private static var whole: UInt32 {
    var sum = fold(start, .acquire)
    sum = fold(sum, .decide)
    sum = fold(sum, .drive)
    sum = fold(sum, .temper)
    sum = fold(sum, .signal)
    return fold(sum, .apply)
  }

  /// The sum of a cycle that only measures.
  private static var adopting: UInt32 {
    fold(fold(fold(fold(start, .acquire), .adopt), .signal), .apply)
  }

  private static func fold(_ sum: UInt32, _ stage: CycleStage) -> UInt32 {
    let turned = sum << 7 | sum >> 25
    return (turned ^ (UInt32(stage.rawValue) + 1) &* 0x85EB_CA6B) &* 0x0100_0193
  }
}
