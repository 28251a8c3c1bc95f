internal import ChipDrivers
internal import PerfusionCore

extension Acquisition {
  mutating func acquireLine(
    _ index: Int, _ now: Instant, _ levels: LineLevels?, _ missing: LineLevels,
    _ exchange: inout ChipExchange, _ snapshot: inout SensorSnapshot
  ) {
    switch lines[index].source {
    case .channel: return
    case .line(let line):
      let isMissing = missing >> UInt64(line & 63) & 1 != 0
      if case .rotor(let pump) = lines[index].site {
        guard pump < 8 else { return }
        snapshot.pumps[Int(pump)].rotor = tachometers[Int(pump)].observe(now: now)
        if isMissing { snapshot.pumps[Int(pump)].rotor.quality = .faulted }
        return
      }
      let level = ChannelSample(
        value: Double((levels ?? 0) >> UInt64(line & 63) & 1), takenAt: now,
        quality: levels == nil || isMissing ? .faulted : .valid)
      let isCaptured = if case .air = roles[Int(line & 63)] { true } else { false }
      store(level, lines[index].site, now, &snapshot, isCaptured: isCaptured)
    case .pin(_, let bit, let isActiveLow):
      var level = exchange.read(lineWatches[index])
      guard lineWatches[index].notices(level, now) else { return }
      let pins = Words.code(level.value, highest: .max)
      level.value = (pins >> UInt16(bit & 15) & 1 != 0) != isActiveLow ? 1 : 0
      if level.quality == .valid && lineWatches[index].isOverdue { level.quality = .stale }
      store(level, lines[index].site, now, &snapshot)
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
