/// What one chip is to put out: up to 16 channel values, or the pins of an expander.
///
/// Only channels that have been commanded once are driven with these; the others stay at the
/// chip's safe state.
public struct ChannelOutputs: BitwiseCopyable, Sendable {
  @usableFromInline var values = InlineArray<16, Double>(repeating: 0)
  @usableFromInline var commandedBits: UInt16 = 0
  /// Electrical levels of an expander's output pins, bit i is pin i.
  public var pins: UInt16 = 0
  /// Pins that have been commanded.
  public var commandedPins: UInt16 = 0
  /// Nothing commanded yet.
  @inlinable public init() {}

  /// The value of a channel in the part's unit (volts, duty); 0 outside 0...15.
  @inlinable public subscript(channel: Int) -> Double {
    channel >= 0 && channel < 16 ? values.span[channel] : 0
  }
  /// The value of a channel as by the subscript, read in place: mutating only for that.
  @inlinable public mutating func read(_ channel: Int) -> Double {
    channel >= 0 && channel < 16 ? values[channel] : 0
  }
  /// True once the channel has been given a value.
  @inlinable public func isCommanded(_ channel: Int) -> Bool {
    channel >= 0 && channel < 16 && commandedBits >> UInt16(channel) & 1 != 0
  }
  /// True once any channel has been given a value.
  @inlinable public var isAnyCommanded: Bool { commandedBits != 0 }
  /// Gives a channel a value; a not-a-number or an index outside 0...15 changes nothing.
  @inlinable public mutating func set(_ channel: Int, _ value: Double) {
    guard channel >= 0 && channel < 16 && value == value else { return }
    values[channel] = value
    commandedBits |= 1 << UInt16(channel)
  }
  /// Sets the electrical level of one expander pin, 0...15.
  @inlinable public mutating func setPin(_ pin: Int, isHigh: Bool) {
    guard pin >= 0 && pin < 16 else { return }
    let bit: UInt16 = 1 << UInt16(pin)
    pins = isHigh ? pins | bit : pins & ~bit
    commandedPins |= bit
  }
}
