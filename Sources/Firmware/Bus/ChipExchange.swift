public import ChipDrivers

/// What bus workers and the tick exchange: what chips delivered and what they are to put out, by
/// the chip's index in the wiring.
public struct ChipExchange: Sendable {
  /// How many chips there is room for.
  @inlinable public static var capacity: Int { 40 }
  @usableFromInline var samples = InlineArray<40, ChannelSamples>(repeating: ChannelSamples())
  @usableFromInline var outputs = InlineArray<40, ChannelOutputs>(repeating: ChannelOutputs())

  /// Nothing read, nothing commanded.
  public init() {}

  /// A channel of a chip; absent outside the board.
  @inlinable public func sample(chip: Int, channel: Int) -> ChannelSample {
    chip >= 0 && chip < ChipExchange.capacity ? samples.span[chip][channel] : .absent
  }
  /// What a chip is to put out.
  @inlinable public func outputs(chip: Int) -> ChannelOutputs {
    chip >= 0 && chip < ChipExchange.capacity ? outputs.span[chip] : ChannelOutputs()
  }
  /// Puts a value out on a channel.
  @inlinable mutating func set(chip: Int, channel: Int, _ value: Double) {
    if chip >= 0 && chip < ChipExchange.capacity { outputs[chip].set(channel, value) }
  }
  /// Drives a pin of an expander.
  @inlinable mutating func setPin(chip: Int, pin: Int, isHigh: Bool) {
    if chip >= 0 && chip < ChipExchange.capacity { outputs[chip].setPin(pin, isHigh: isHigh) }
  }
}
