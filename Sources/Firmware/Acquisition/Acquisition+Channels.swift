internal import ChipDrivers
internal import PerfusionCore

extension Acquisition {
  mutating func acquireChannel(
    _ index: Int, _ now: Instant, _ exchange: inout ChipExchange, _ snapshot: inout SensorSnapshot
  ) {
    let sample = exchange.read(watches[index])
    guard watches[index].notices(sample, now) else { return }
    let isOverdue = watches[index].isOverdue
    store(
      convert(sample, index, isOverdue: isOverdue), channels[index].site, now, &snapshot)
  }

  /// The engineering value with its quality: the chip's own verdict first, then age, then range.
  ///
  /// Mutating only so that entry and curves are read in place.
  private mutating func convert(
    _ sample: ChannelSample, _ index: Int, isOverdue: Bool
  ) -> ChannelSample {
    var reading = sample
    guard sample.quality != .faulted else { return reading }
    if isOverdue { reading.quality = .stale }
    guard reading.quality == .valid || reading.quality == .stale else { return reading }
    var value = sample.value
    if channels[index].curve >= 0 {
      guard let output = curves.output(of: channels[index].curve, at: value) else {
        reading.quality = .outOfRange
        return reading
      }
      value = output
    }
    value = value * channels[index].scale + channels[index].offset
    reading.value = value
    let isInRange =
      channels[index].isEndless
      ? value.isFinite : value >= channels[index].lowest && value <= channels[index].highest
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
