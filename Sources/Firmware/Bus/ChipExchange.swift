public import ChipDrivers
internal import PerfusionCore

/// What bus workers and the tick exchange: what chips delivered and what they are to put out, by
/// the chip's index in the wiring.
public struct ChipExchange: Sendable {
  /// How many chips there is room for.
  @inlinable public static var capacity: Int { 40 }
  @usableFromInline var samples = InlineArray<40, ChannelSamples>(repeating: ChannelSamples())
  @usableFromInline var commands = InlineArray<40, ChipCommand>(repeating: ChipCommand())

  /// Nothing read, nothing commanded.
  public init() {}

  /// A channel of a chip; absent outside the board.
  @inlinable public func sample(chip: Int, channel: Int) -> ChannelSample {
    chip >= 0 && chip < ChipExchange.capacity ? samples.span[chip][channel] : .absent
  }
  /// A channel of a chip as by `sample`, read in place: mutating only for that.
  @inlinable public mutating func read(chip: Int, channel: Int) -> ChannelSample {
    chip >= 0 && chip < ChipExchange.capacity ? samples[chip].read(channel) : .absent
  }
  /// What a chip is to put out while its leases last.
  @inlinable public func outputs(chip: Int) -> ChannelOutputs {
    chip >= 0 && chip < ChipExchange.capacity ? commands.span[chip].outputs : ChannelOutputs()
  }
  /// Puts a value out on a channel.
  @inlinable public mutating func set(chip: Int, channel: Int, _ value: Double) {
    if chip >= 0 && chip < ChipExchange.capacity { commands[chip].outputs.set(channel, value) }
  }
  /// Drives a pin of an expander.
  @inlinable public mutating func setPin(chip: Int, pin: Int, isHigh: Bool) {
    if chip >= 0 && chip < ChipExchange.capacity {
      commands[chip].outputs.setPin(pin, isHigh: isHigh)
    }
  }
  /// Lets the lease of a channel or pin last until a moment.
  mutating func renew(chip: Int, place: Int, until end: Instant) {
    if chip >= 0 && chip < ChipExchange.capacity { commands[chip].renew(place, until: end) }
  }

  /// The sample that a sensor watches.
  ///
  /// Mutating only so that it is read in place.
  mutating func read(_ watch: SensorWatch) -> ChannelSample {
    let chip = Int(watch.chip)
    return chip < ChipExchange.capacity ? samples[chip].read(Int(watch.channel)) : .absent
  }
}
