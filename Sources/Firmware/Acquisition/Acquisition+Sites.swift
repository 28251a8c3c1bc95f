internal import ChipDrivers
internal import PerfusionCore

extension Acquisition {
  /// Puts a converted sample at its place in the snapshot.
  mutating func store(
    _ sample: ChannelSample, _ site: SensorSite, _ now: Instant, _ snapshot: inout SensorSnapshot,
    isCaptured: Bool = false
  ) {
    switch site {
    case .pressure(let place): snapshot.pressures[place].take(sample)
    case .flow(let place): snapshot.flows[place].take(sample)
    case .temperature(let place): snapshot.temperatures[place].take(sample)
    case .air(let place):
      snapshot.air[place] = observeAir(place, sample, now, isCaptured: isCaptured)
    case .switchInput(let place): snapshot.switches[place].take(sample)
    case .reservoirVolume: snapshot.reservoirVolume.take(sample)
    case .venousOccluderOpening: snapshot.venousOccluderOpening.take(sample)
    case .batteryVoltage: snapshot.supply.batteryVoltage.take(sample)
    case .batteryCurrent: snapshot.supply.batteryCurrent.take(sample)
    case .batteryCharge: snapshot.supply.batteryCharge.take(sample)
    case .rotor, .motorCurrent, .driveAlive, .driveFault, .torqueIsOff, .coverIsOpen,
      .occlusionGap:
      storePump(sample, site, &snapshot)
    }
  }

  private func storePump(
    _ sample: ChannelSample, _ site: SensorSite, _ snapshot: inout SensorSnapshot
  ) {
    switch site {
    case .rotor(let pump) where pump < 8: snapshot.pumps[Int(pump)].rotor.take(sample)
    case .motorCurrent(let pump) where pump < 8: snapshot.pumps[Int(pump)].current.take(sample)
    case .driveAlive(let pump) where pump < 8: snapshot.pumps[Int(pump)].driveAlive.take(sample)
    case .driveFault(let pump) where pump < 8: snapshot.pumps[Int(pump)].driveFault.take(sample)
    case .torqueIsOff(let pump) where pump < 8: snapshot.pumps[Int(pump)].torqueIsOff.take(sample)
    case .coverIsOpen(let pump) where pump < 8: snapshot.pumps[Int(pump)].coverIsOpen.take(sample)
    case .occlusionGap(let pump) where pump < 8: snapshot.occlusionGaps[Int(pump)].take(sample)
    default: break
    }
  }
}

extension Reading {
  /// Keeps the last good value unless the sample is good.
  fileprivate mutating func take(_ value: Value, _ sample: ChannelSample) {
    if sample.quality == .valid { self.value = value }
    takenAt = sample.takenAt
    quality = sample.quality
  }
}

extension Reading where Value: Quantity {
  /// Kept to single precision: finer than any converter on a board, and half as long in the black
  /// box, which keeps every bit.
  fileprivate mutating func take(_ sample: ChannelSample) {
    take(Value(base: Double(Float(sample.value))), sample)
  }
}

extension Reading where Value == Bool {
  fileprivate mutating func take(_ sample: ChannelSample) { take(sample.value > 0.5, sample) }
}

extension Reading where Value == Int64 {
  /// Counts, rounded to the nearest; held inside what a `Double` holds exactly.
  fileprivate mutating func take(_ sample: ChannelSample) {
    let limit: Double = 9_007_199_254_740_992
    let value = sample.value
    // A not-a-number fails the first comparison, so that the conversion cannot trap.
    let held = value >= -limit ? (value <= limit ? value : limit) : -limit
    take(Int64(held < 0 ? held - 0.5 : held + 0.5), sample)
  }
}
