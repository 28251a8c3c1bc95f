internal import ChipDrivers
internal import PerfusionCore

/// What is looked at of a sensor in every tick, kept small because most have nothing new.
struct SensorWatch: BitwiseCopyable, Sendable {
  /// Where its chip's sample stands in the exchange.
  private(set) var chip: UInt8 = 0
  private(set) var channel: UInt8 = 0
  private let isEachTick: Bool
  private(set) var isOverdue = false
  private var quality = Quality.absent
  private var takenAt = Instant(microseconds: -1)
  private let maximumAge: Int64

  /// Watches nothing.
  init() {
    isEachTick = false
    maximumAge = 0
  }

  /// The pins of an expander are its channel 0.
  init(_ entry: SensorEntry) {
    switch entry.source {
    case .channel(let chip, let channel): (self.chip, self.channel) = (chip, channel)
    case .pin(let chip, _, _): self.chip = chip
    case .line: break
    }
    isEachTick = entry.isEachTick
    maximumAge = entry.maximumAge
  }

  /// True when a sample, or what its age makes of it, is not what was seen last.
  mutating func notices(_ sample: ChannelSample, _ now: Instant) -> Bool {
    let overdue = now.microseconds &- sample.takenAt.microseconds > maximumAge
    if sample.takenAt == takenAt && sample.quality == quality && overdue == isOverdue
      && !isEachTick
    {
      return false
    }
    takenAt = sample.takenAt
    quality = sample.quality
    isOverdue = overdue
    return sample.quality != .absent
  }
}
