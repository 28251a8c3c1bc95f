internal import ChipDrivers
internal import PerfusionCore

extension Acquisition {
  mutating func acquireLine(
    _ index: Int, _ now: Instant, _ levels: LineLevels?, _ samples: Span<ChannelSamples>,
    _ snapshot: inout SensorSnapshot
  ) {
    let entry = lines.span[index]
    switch entry.source {
    case .channel: return
    case .line(let line):
      if case .rotor(let pump) = entry.site {
        guard pump < 8 else { return }
        snapshot.pumps[Int(pump)].rotor = tachometers[Int(pump)].observe(now: now)
        return
      }
      let level = ChannelSample(
        value: Double((levels ?? 0) >> UInt64(line & 63) & 1), takenAt: now,
        quality: levels == nil ? .faulted : .valid)
      let isCaptured = if case .air = roles.span[Int(line & 63)] { true } else { false }
      store(level, entry.site, now, &snapshot, isCaptured: isCaptured)
    case .pin(let chip, let bit, let isActiveLow):
      var level = samples[Int(chip)][0]
      guard level.quality != .absent else { return }
      let pins = Words.code(level.value, highest: .max)
      level.value = (pins >> UInt16(bit & 15) & 1 != 0) != isActiveLow ? 1 : 0
      let age = now.microseconds &- level.takenAt.microseconds
      if level.quality == .valid && age > entry.maximumAge { level.quality = .stale }
      store(level, entry.site, now, &snapshot)
    }
  }

  mutating func observeAir(
    _ site: AirSite, _ sample: ChannelSample, _ now: Instant, isCaptured: Bool
  ) -> Reading<AirObservation> {
    let place = Int(site.rawValue & 3)
    if sample.quality == .valid {
      detectors[place].settle(
        isAir: sample.value > 0.5, isCaptured: isCaptured, previous: previousTick, now: now)
    }
    let observation = detectors[place].observe(now: now)
    return Reading(observation, takenAt: sample.takenAt, quality: sample.quality)
  }
}
