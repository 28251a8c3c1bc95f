internal import PerfusionCore

/// GPIO outputs that wait to be written: only those that changed, or whose writing failed.
public struct LineOutputs: BitwiseCopyable, Sendable {
  /// What the lines are to be; bit i is line i.
  var wanted: LineLevels = 0
  /// Lines whose state is known.
  var known: LineLevels = 0
  /// Lines that wait to be written.
  @usableFromInline var pending: LineLevels = 0
  /// Writes that failed.
  public internal(set) var failures: UInt64 = 0

  /// No line is known.
  public init() {}

  /// Asks for a line's state.
  mutating func set(_ line: UInt8, _ isAsserted: Bool) {
    guard line < 64 else { return }
    let bit: LineLevels = 1 << UInt64(line)
    let isSame = known & bit != 0 && (wanted & bit != 0) == isAsserted
    guard !isSame else { return }
    wanted = isAsserted ? wanted | bit : wanted & ~bit
    known &= ~bit
    pending |= bit
  }

  /// Takes the next line that waits, at or after an index.
  @usableFromInline func next(from line: Int) -> Int? {
    guard line < 64 else { return nil }
    let rest = pending >> UInt64(line)
    return rest == 0 ? nil : line + rest.trailingZeroBitCount
  }

  @usableFromInline func isAsserted(_ line: Int) -> Bool { wanted >> UInt64(line & 63) & 1 != 0 }

  /// The line was written.
  @usableFromInline mutating func written(_ line: Int) {
    let bit: LineLevels = 1 << UInt64(line & 63)
    pending &= ~bit
    known |= bit
  }

  /// Writing failed; the line stays pending and is tried in the next tick.
  @usableFromInline mutating func failed(_ line: Int) { failures &+= 1 }
}
