import ChipDrivers
import PerfusionCore

/// A chip of a test: answers one transaction with bytes, or fails it.
protocol FakeChip: AnyObject {
  func exchange(write: [UInt8], count: Int) throws(BusError) -> [UInt8]
}

/// The wire of a test: chips by address, a script of failures, and a record of what went by.
final class FakeWire {
  struct Transfer {
    var address: UInt8
    var write: [UInt8]
    var read: [UInt8]
    var clocks: Int32 {
      TransferCost(write: Int32(write.count), read: Int32(read.count)).clocks
    }
  }
  var chips: [UInt8: any FakeChip] = [:]
  /// Failures of the next transfers, in order; nothing lets a transfer through.
  var script: [BusError?] = []
  /// Fails every transfer.
  var fault: BusError?
  /// What the wire makes of bytes that are read; nothing leaves them.
  var corrupt: (([UInt8]) -> [UInt8])?
  var log: [Transfer] = []

  func transfer(_ address: UInt8, write: [UInt8], count: Int) throws(BusError) -> [UInt8] {
    if let fault { throw fault }
    if !script.isEmpty, let failure = script.removeFirst() { throw failure }
    guard let chip = chips[address] else { throw .noAcknowledge }
    var read = try chip.exchange(write: write, count: count)
    if let corrupt { read = corrupt(read) }
    log.append(Transfer(address: address, write: write, read: Array(read.prefix(count))))
    return read
  }
}

/// A handle on a `FakeWire`.
struct FakeBus: I2CBus {
  let wire: FakeWire
  mutating func transfer(
    _ address: I2CAddress, write: Span<UInt8>, read: inout MutableSpan<UInt8>
  ) throws(BusError) {
    var bytes: [UInt8] = []
    for index in 0..<write.count { bytes.append(write[index]) }
    let answer = try wire.transfer(address.bits, write: bytes, count: read.count)
    for index in 0..<read.count { read[index] = index < answer.count ? answer[index] : 0xFF }
  }
}

/// Registers of any width behind a pointer that stays where it is (TI, Microchip sensors).
class WordChip: FakeChip {
  var registers: [UInt8: [UInt8]]
  var pointer: UInt8 = 0
  /// What a write does beside storing: gets register and bytes.
  var onWrite: (UInt8, [UInt8]) -> Void = { _, _ in }
  /// What a read does after answering.
  var onRead: (UInt8) -> Void = { _ in }

  init(_ registers: [UInt8: [UInt8]]) { self.registers = registers }

  func word(_ register: UInt8) -> UInt16 {
    let bytes = registers[register] ?? [0, 0]
    return UInt16(bytes[0]) << 8 | UInt16(bytes[1])
  }
  func set(_ register: UInt8, _ word: UInt16) {
    registers[register] = [UInt8(word >> 8), UInt8(word & 0xFF)]
  }

  func exchange(write: [UInt8], count: Int) throws(BusError) -> [UInt8] {
    if let first = write.first {
      pointer = first
      if write.count > 1 {
        registers[first] = Array(write.dropFirst())
        onWrite(first, Array(write.dropFirst()))
      }
    }
    guard count > 0 else { return [] }
    let bytes = registers[pointer] ?? []
    onRead(pointer)
    return (0..<count).map { $0 < bytes.count ? bytes[$0] : 0 }
  }
}

/// 256 byte registers behind a pointer that counts up.
class ByteChip: FakeChip {
  var memory = [UInt8](repeating: 0, count: 256)
  var pointer: UInt8 = 0
  var onWrite: (UInt8, UInt8) -> Void = { _, _ in }
  var onRead: (UInt8) -> Void = { _ in }

  init(_ start: [UInt8: UInt8]) { for (register, value) in start { memory[Int(register)] = value } }

  func exchange(write: [UInt8], count: Int) throws(BusError) -> [UInt8] {
    if let first = write.first { pointer = first }
    for value in write.dropFirst() {
      memory[Int(pointer)] = value
      onWrite(pointer, value)
      pointer &+= 1
    }
    var answer: [UInt8] = []
    for _ in 0..<count {
      answer.append(memory[Int(pointer)])
      onRead(pointer)
      pointer &+= 1
    }
    return answer
  }
}

/// A chip that answers plain reads with a frame and remembers commands.
final class FrameChip: FakeChip {
  var frame: () -> [UInt8]
  var commands: [[UInt8]] = []
  init(_ frame: @escaping () -> [UInt8]) { self.frame = frame }
  func exchange(write: [UInt8], count: Int) throws(BusError) -> [UInt8] {
    if !write.isEmpty { commands.append(write) }
    return count > 0 ? frame() : []
  }
}
