public import PerfusionCore

/// TI TCA9548A, eight-channel I2C switch (data sheet SCPS207).
///
/// No nets. The one register is the mask of open channels, 0 after reset; the bus router reads
/// `channels`. Of several bytes in a write the last counts. Output pins 0...7: 1 while open.
/// `stuck`: the switches stay as they are while the register follows. `wrong`: the next channel
/// up opens instead.
public final class TCA9548AModel: FaultyChip {
  private var mask: UInt8 = 0
  private var isHeldInReset = false

  /// A part with all channels closed.
  public init(nets: Nets, firstNet: Int) {
    super.init(
      nets: nets, firstNet: firstNet,
      traits: ChipTraits(outputs: 8, outputsAreDigital: true, faults: FaultWord.ofDrivers))
  }

  /// Channels that are connected now, bit i for channel i.
  public var channels: UInt8 {
    guard fault != nil else { return mask }
    var open: UInt8 = 0
    for channel in 0..<8 where output(channel) >= 0.5 { open |= 1 << UInt8(channel) }
    return open
  }

  /// The level of the RESET pin: while it is asserted all channels are closed and nobody answers.
  public func hold(inReset isHeld: Bool, at now: Instant) {
    isHeldInReset = isHeld
    if isHeld { powerOn(at: now) }
  }

  override func restart(at now: Instant) { mask = 0 }

  override func accept(_ bytes: Span<UInt8>, at now: Instant) -> Bool {
    if isHeldInReset { return false }
    if bytes.count > 0 { mask = bytes[bytes.count - 1] }
    return true
  }

  override func answer(into bytes: inout MutableSpan<UInt8>, at now: Instant) -> Bool {
    for index in bytes.indices { bytes[index] = mask }
    return !isHeldInReset
  }

  override func level(of pin: Int) -> Double { mask.has(pin) ? 1 : 0 }
  override func falsified(_ level: Double, output pin: Int) -> Double {
    self.level(of: (pin + 7) % 8)
  }
}
