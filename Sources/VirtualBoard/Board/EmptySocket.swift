import PerfusionCore

/// A place of the wiring without a chip: nobody answers.
final class EmptySocket: ChipModel {
  var stretch: Int64 { 0 }
  var supportedFaults: [FaultWord] { [] }
  func write(_ bytes: Span<UInt8>, at now: Instant) -> Bool { false }
  func read(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool { false }
  func generalCall(_ bytes: Span<UInt8>, at now: Instant) -> Bool { false }
  func output(_ pin: Int) -> Double { 0 }
  func powerOn(at now: Instant) {}
  func setFault(_ word: FaultWord?, seed: UInt64) -> Bool { false }
}
