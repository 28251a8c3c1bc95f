import PerfusionCore

/// Microchip MCP4728, four 12-bit DACs with EEPROM (data sheet DS22187).
///
/// Net 0: the LDAC pin, 0 moves the outputs at once, 1 waits for UDAC = 0 or a general call 0x08.
/// Output pins 0...3: volts at VOUTA...VOUTD; pin 4: RDY/BSY. At power-on the outputs are what
/// the EEPROM says. An EEPROM write takes 25 to 50 ms by seed; write commands in that time are
/// acknowledged and ignored. The address bits cannot be reprogrammed.
/// `wrong`: every output is 5 % of the reference too high.
public final class MCP4728Model: FaultyChip {
  private static let internalReference = 2.048
  private static let gainBit: UInt16 = 0x1000
  private static let referenceBit: UInt16 = 0x8000

  private typealias Words = InlineArray<4, UInt16>

  private let reference: Double
  private let addressBits: UInt8
  /// Words as on the wire: VREF, PD1, PD0, GX, D11...D0.
  private var memory: Words
  private var inputs: Words
  private var outputs: Words
  private var next = Words(repeating: 0)
  private var isProgramming = false
  private var busyUntil: Int64 = -1_000_000
  private var noise: ChipNoise

  /// A part at a supply of `reference` volts; `stored` is the word in its EEPROM for every
  /// channel (ex factory: internal reference, gain 1, code 0).
  public init(
    nets: Nets, firstNet: Int, reference: Double, seed: UInt64, stored: UInt16 = 0x8000,
    addressBits: UInt8 = 0
  ) {
    self.reference = reference
    self.addressBits = addressBits & 7
    memory = Words(repeating: stored)
    inputs = memory
    outputs = memory
    noise = ChipNoise(seed: seed)
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(
        inputs: 1, outputs: 5, outputSpan: reference, faults: FaultWord.ofDrivers))
  }

  override func restart(at now: Instant) {
    settle(at: now)
    isProgramming = false
    busyUntil = now.microseconds
    inputs = memory
    outputs = memory
  }

  override func acceptGeneralCall(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    guard bytes.count == 1 else { return false }
    switch bytes[0] {
    case 0x06: restart(at: now)
    case 0x08: outputs = inputs
    case 0x09:
      for channel in 0..<4 { inputs[channel] &= 0x9FFF }
      outputs = inputs
    default: return false
    }
    return true
  }

  override func accept(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    settle(at: now)
    guard bytes.count >= 1, now.microseconds >= busyUntil else { return true }
    switch bytes[0] >> 5 {
    case 0, 1: writeFast(bytes)
    case 2: writeChannels(bytes, at: now)
    case 4: setBits(Self.referenceBit, from: bytes[0])
    case 5: setPowerDown(bytes)
    case 6: setBits(Self.gainBit, from: bytes[0])
    default: return true
    }
    if nets.value(firstNet, at: now) < 0.5 { outputs = inputs }
    return true
  }

  override func answer(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool {
    settle(at: now)
    let ready: UInt8 = now.microseconds >= busyUntil ? 0x80 : 0
    for index in bytes.indices {
      let channel = index / 6 & 3
      let word = index / 3 & 1 == 0 ? inputs[channel] : memory[channel]
      switch index % 3 {
      case 0: bytes[index] = ready | 0x40 | UInt8(channel) << 4 | addressBits
      case 1: bytes[index] = UInt8(word >> 8)
      default: bytes[index] = UInt8(truncatingIfNeeded: word)
      }
    }
    return true
  }

  override func level(of pin: Int) -> Double {
    guard pin < 4 else { return clock.microseconds >= busyUntil ? 1 : 0 }
    let word = outputs[pin]
    guard word.field(13, 2) == 0 else { return 0 }
    let fraction = Double(word & 0x0FFF) / 4_096
    guard word & Self.referenceBit != 0 else { return reference * fraction }
    let gain = word & Self.gainBit != 0 ? 2.0 : 1.0
    return min(Self.internalReference * gain * fraction, reference)
  }

  override func falsified(_ level: Double, output pin: Int) -> Double {
    pin < 4 ? min(level + 0.05 * reference, reference) : level
  }

  /// Channels A, B, ... in turn; reference and gain stay.
  private func writeFast(_ bytes: Span<UInt8>) {
    for pair in 0..<min(4, bytes.count / 2) {
      let word = UInt16(bytes[pair * 2]) << 8 | UInt16(bytes[pair * 2 + 1])
      let powerDown = word & 0x3000
      inputs[pair] = inputs[pair] & 0x9000 | powerDown << 1 | word & 0x0FFF
    }
  }

  private func writeChannels(_ bytes: Span<UInt8>, at now: Instant) {
    let channel = Int(bytes[0] >> 1 & 3)
    switch bytes[0] >> 3 & 3 {
    case 0: writeMulti(bytes)
    case 2: writeSequence(bytes, from: channel, count: 4 - channel, at: now)
    case 3: writeSequence(bytes, from: channel, count: 1, at: now)
    default: return
    }
  }

  /// Groups of three bytes, each with its own channel and UDAC bit.
  private func writeMulti(_ bytes: Span<UInt8>) {
    for group in 0..<(bytes.count / 3) {
      let head = bytes[group * 3]
      let channel = Int(head >> 1 & 3)
      inputs[channel] = UInt16(bytes[group * 3 + 1]) << 8 | UInt16(bytes[group * 3 + 2])
      if !head.has(0) { outputs[channel] = inputs[channel] }
    }
  }

  /// Input registers and EEPROM, from one channel on.
  private func writeSequence(_ bytes: Span<UInt8>, from first: Int, count: Int, at now: Instant) {
    let given = min(count, (bytes.count - 1) / 2)
    guard given > 0 else { return }
    next = memory
    for index in 0..<given {
      let word = UInt16(bytes[index * 2 + 1]) << 8 | UInt16(bytes[index * 2 + 2])
      inputs[first + index] = word
      next[first + index] = word
      if !bytes[0].has(0) { outputs[first + index] = word }
    }
    isProgramming = true
    busyUntil = now.microseconds &+ 25_000 &+ Int64(noise.nextFraction() * 25_000)
  }

  private func setBits(_ bit: UInt16, from byte: UInt8) {
    for channel in 0..<4 {
      inputs[channel] = byte.has(3 - channel) ? inputs[channel] | bit : inputs[channel] & ~bit
    }
    outputs = inputs
  }

  private func setPowerDown(_ bytes: Span<UInt8>) {
    guard bytes.count >= 2 else { return }
    let modes = UInt16(bytes[0] & 0x0F) << 4 | UInt16(bytes[1] >> 4)
    for channel in 0..<4 {
      let mode = modes >> UInt16(6 - channel * 2) & 3
      inputs[channel] = inputs[channel] & 0x9FFF | mode << 13
    }
    outputs = inputs
  }

  /// Ends an EEPROM write that is due; one that power cut short leaves the old contents.
  private func settle(at now: Instant) {
    guard isProgramming, now.microseconds >= busyUntil else { return }
    memory = next
    isProgramming = false
  }
}
