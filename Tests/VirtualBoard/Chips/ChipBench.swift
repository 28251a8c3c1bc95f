import PerfusionCore

@testable import VirtualBoard

/// A chip on the bench: byte sequences in and out at virtual microseconds.
struct ChipBench {
  let nets: Nets
  let chip: any ChipModel

  init(nets: Nets, chip: any ChipModel) {
    self.nets = nets
    self.chip = chip
  }

  init(nets count: Int, _ make: (Nets) -> any ChipModel) {
    nets = Nets(count: count)
    chip = make(nets)
  }

  func write(_ bytes: [UInt8], at microseconds: Int64) -> Bool {
    chip.write(bytes.span, at: Instant(microseconds: microseconds))
  }

  func generalCall(_ bytes: [UInt8], at microseconds: Int64) -> Bool {
    chip.generalCall(bytes.span, at: Instant(microseconds: microseconds))
  }

  /// Nil for no acknowledge.
  func read(_ count: Int, at microseconds: Int64) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0xEE, count: count)
    var span = bytes.mutableSpan
    let isAcknowledged = chip.read(into: &span, at: Instant(microseconds: microseconds))
    return isAcknowledged ? bytes : nil
  }

  /// Writes a pointer, then reads; nil for no acknowledge of either.
  func read(_ pointer: UInt8, _ count: Int, at microseconds: Int64) -> [UInt8]? {
    write([pointer], at: microseconds) ? read(count, at: microseconds) : nil
  }

  /// A 16-bit register, most significant byte first.
  func word(_ pointer: UInt8, at microseconds: Int64) -> Int? {
    read(pointer, 2, at: microseconds).map { Int($0[0]) << 8 | Int($0[1]) }
  }

  func write(_ pointer: UInt8, word: Int, at microseconds: Int64) -> Bool {
    write([pointer, UInt8(word >> 8), UInt8(word & 0xFF)], at: microseconds)
  }

  func powerCycle(at microseconds: Int64) {
    chip.powerOn(at: Instant(microseconds: microseconds))
  }
}
