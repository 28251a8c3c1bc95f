internal import ChipDrivers
internal import PerfusionCore

extension Acquisition {
  mutating func acquireChannel(
    _ index: Int, _ now: Instant, _ samples: Span<ChannelSamples>, _ snapshot: inout SensorSnapshot
  ) {
    let entry = channels.span[index]
    guard case .channel(let chip, let channel) = entry.source else { return }
    let sample = samples[Int(chip)][Int(channel)]
    let isOverdue = now.microseconds &- sample.takenAt.microseconds > entry.maximumAge
    if sample.takenAt == entry.seenAt && sample.quality == entry.seen
      && isOverdue == entry.isOverdue && !entry.isEachTick
    {
      return
    }
    channels[index].seenAt = sample.takenAt
    channels[index].seen = sample.quality
    channels[index].isOverdue = isOverdue
    guard sample.quality != .absent else { return }
    store(convert(sample, entry, isOverdue: isOverdue), entry.site, now, &snapshot)
  }

  /// The engineering value with its quality: the chip's own verdict first, then age, then range.
  ///
  /// Mutating only so that the curves are read in place.
  private mutating func convert(
    _ sample: ChannelSample, _ entry: SensorEntry, isOverdue: Bool
  ) -> ChannelSample {
    var reading = sample
    guard sample.quality != .faulted else { return reading }
    if isOverdue { reading.quality = .stale }
    guard reading.quality == .valid || reading.quality == .stale else { return reading }
    var value = sample.value
    if entry.curve >= 0 {
      guard let output = curves.output(of: entry.curve, at: value) else {
        reading.quality = .outOfRange
        return reading
      }
      value = output
    }
    value = value * entry.scale + entry.offset
    reading.value = value
    let isInRange =
      entry.isEndless ? value.isFinite : value >= entry.lowest && value <= entry.highest
    if !isInRange && reading.quality == .valid { reading.quality = .outOfRange }
    return reading
  }
}

extension SensorEntry {
  /// Accumulated rotor counts grow without end; a range would end a long treatment.
  var isEndless: Bool { if case .rotor = site { true } else { false } }
  /// Air detectors have an observation of their own for every tick.
  var isEachTick: Bool { if case .air = site { true } else { false } }
}
