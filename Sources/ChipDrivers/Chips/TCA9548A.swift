/// TI TCA9548A, eight-channel I2C multiplexer.
///
/// One control register: bit i joins channel i to the bus after the stop condition.
public struct TCA9548A: BitwiseCopyable, Sendable {
  @usableFromInline var address: I2CAddress
  /// Channels that are joined, as far as is known; nothing after an error.
  @usableFromInline var joined: UInt8?

  /// Makes the driver; what is joined is not known yet.
  public init(address: I2CAddress) { self.address = address }

  /// Forgets what is joined, after an error or a reset.
  @inlinable public mutating func restart() { joined = nil }
  /// True when exactly these channels are known to be joined.
  @inlinable public func isJoined(_ channels: UInt8) -> Bool { joined == channels }

  /// Joins exactly these channels and reads the register back (TCA9548A data sheet SCPS207, 8.6).
  ///
  /// A wrong channel would give one rotor the angle of another, so every switch is verified.
  @inlinable public mutating func join(
    _ channels: UInt8, bus: inout some I2CBus & ~Copyable
  ) throws(BusError) {
    joined = nil
    let command: InlineArray<1, UInt8> = [channels]
    var answer = InlineArray<1, UInt8>(repeating: 0)
    var span = answer.mutableSpan
    try bus.transfer(address, write: command.span, read: &span)
    guard answer[0] == channels else { throw .verifyFailed }
    joined = channels
  }
}
