public import PerfusionCore

/// What one channel of a chip delivered.
public struct ChannelSample: BitwiseCopyable, Sendable {
  /// The value in the channel's unit (see `ChipPart`); the last good one while not `valid`.
  public var value: Double
  /// When it was taken.
  public var takenAt: Instant
  /// How far it can be trusted. A chip never says `stale`: age is judged where it is used.
  public var quality: Quality
  /// Makes a sample.
  @inlinable public init(value: Double, takenAt: Instant, quality: Quality) {
    self.value = value
    self.takenAt = takenAt
    self.quality = quality
  }
  /// A channel that has not been read.
  @inlinable public static var absent: ChannelSample {
    ChannelSample(value: 0, takenAt: .start, quality: .absent)
  }
}

/// The channels of one chip, at most eight.
///
/// The pins of an expander are channel 0: a 16-bit word, A0 lowest, B7 highest.
public struct ChannelSamples: BitwiseCopyable, Sendable {
  @usableFromInline var slots = InlineArray<8, ChannelSample>(repeating: .absent)
  /// The chip is initialised, is the part it should be, and answers.
  public var isRunning = false
  /// The chip's bus failed three times in the last second, as its worker saw it at the last visit.
  public var isBusFailing = false
  /// A chip that has not been read.
  @inlinable public init() {}

  /// One channel, 0...7; other indices read absent.
  @inlinable public subscript(channel: Int) -> ChannelSample {
    channel >= 0 && channel < 8 ? slots.span[channel] : .absent
  }
  /// One channel as by the subscript, read in place: mutating only for that.
  @inlinable public mutating func read(_ channel: Int) -> ChannelSample {
    channel >= 0 && channel < 8 ? slots[channel] : .absent
  }
  /// Puts a good value on a channel; outside 0...7 nothing happens.
  @inlinable public mutating func set(
    _ channel: Int, _ value: Double, at moment: Instant, quality: Quality = .valid
  ) {
    guard channel >= 0 && channel < 8 else { return }
    slots[channel] = ChannelSample(value: value, takenAt: moment, quality: quality)
  }
  /// Puts a quality other than valid on a channel and keeps its value.
  @inlinable public mutating func mark(_ channel: Int, _ quality: Quality, at moment: Instant) {
    guard channel >= 0 && channel < 8 else { return }
    slots[channel].takenAt = moment
    slots[channel].quality = quality
  }
  /// Marks every channel as faulted: the chip is lost. Values and times stay.
  @inlinable public mutating func fail() {
    for channel in 0..<8 { slots[channel].quality = .faulted }
  }
  /// The pins of an expander.
  @inlinable public var pins: UInt16 { Words.code(slots[0].value, highest: .max) }
}
