/// What outlives a restart of the controller: phase, set-points, clamp intent, latched stops, what
/// the operator entered and how long timers run (docs/domain.md 8.4, HZ-55).
///
/// The firmware writes it in turns into two places of storage; a controller that starts while the
/// machine runs takes it up, adopts the speeds it measures and commands no zero.
public struct RetainedRecord: Sendable {
  var phase = Phase.post
  var pumpCount: UInt8 = 0
  var intents = InlineArray<8, PumpIntent>(repeating: PumpIntent())
  /// What each pump was told, to compare with what is measured.
  var commanded = InlineArray<8, RotationalSpeed>(repeating: .zero)
  /// Bit i: pump i was told a steady speed.
  var isSteady: UInt8 = 0
  var tubes: InlineArray<8, TubeFitting>
  var zeros = PressureZeros()
  var isClampWantedOpen = false
  var occluder = Fraction.one
  var thermalIntents = InlineArray<2, ThermalIntent>(repeating: .standby)
  var timers = Timers()
  var confirmed = Checklist.none
  var directions = DirectionCheck()
  var occlusion: OcclusionBench
  var occlusionFailed: UInt8 = 0
  var dose = CardioplegiaDose()
  var interlocks = InterlockRecord()
  var selfTest = SelfTest()
  /// How alarm signals were inactivated, and for how many ticks more.
  var pause = AlarmInactivation.none
  var pauseTicks: UInt64 = 0
  /// Limits that the operator may have moved, by `AlarmLimit`.
  var limits = InlineArray<4, Pressure>(repeating: .zero)
  /// Power-on time since the watchdog was made to bite.
  var watchdogTestAge = Seconds.zero
  var service = ServiceCounters()
  /// When it was written, by the clock that does not jump.
  public internal(set) var writtenAt = Instant.start
  /// Counts up with every write.
  public internal(set) var sequence: UInt32 = 0

  /// Somebody depended on the flow when the controller of this machine went down.
  public func hadDuty(_ machine: MachineConfiguration) -> Bool {
    let way = ArterialWay(
      isStarted: intents[0].isStarted, isTurning: commanded[0] != .zero,
      isOpen: !machine.arterialClamp.isFitted || isClampWantedOpen)
    return phase.duty(way, machine.kind).dependsOnMachine
  }

  /// Somebody may be connected though nothing was pumped at him: cannulae go in before READY is left,
  /// and stay in after bypass. A standing centrifugal pump is then held back by its clamp alone.
  public var mayBeConnected: Bool { phase == .ready || phase == .postBypass }

  /// An empty record of a machine, to be read into.
  init(_ configuration: MachineConfiguration) {
    tubes = InlineArray { TubeFitting(configuration.pumps[$0].roller) }
    occlusion = OcclusionBench(configuration: configuration)
  }

  /// Time that has surely gone by since it was written: the clock went on, or the computer has been
  /// up for at least so long.
  func gap(until now: Instant) -> Seconds {
    let since = now.microseconds &- writtenAt.microseconds
    let microseconds = since >= 0 ? since : max(now.microseconds, 0)
    return Seconds(seconds: Double(min(microseconds, 86_400_000_000)) / 1_000_000)
  }
}

extension Controller {
  /// What has to outlive a restart, as it stands now.
  var retained: RetainedRecord {
    mutating get {
      var record = RetainedRecord(configuration)
      record.phase = phase
      record.pumpCount = UInt8(truncatingIfNeeded: pumpCount)
      record.intents = intents
      for pump in 0..<pumpCount {
        record.tubes[pump] = pumps[pump].tube
        record.commanded[pump] = pumps[pump].status.commandedSpeed
        switch pumps[pump].status.reason {
        case .asSet, .following, .stopped, .stoppedWithLink:
          if !intents[pump].pulsatile.isOn { record.isSteady |= 1 << UInt8(pump) }
        default: break
        }
      }
      record.zeros = zeros
      record.isClampWantedOpen = clamp.isWantedOpen
      record.occluder = occluder.target
      record.thermalIntents = thermalIntents
      record.timers = timers
      record.confirmed = confirmed
      record.directions = directions
      record.occlusion = occlusion
      record.occlusionFailed = occlusionFailed
      record.dose = dose
      record.interlocks = interlocks.retained
      record.selfTest = selfTest
      record.pause = alarms.audio.inactivation
      record.pauseTicks = alarms.pauseTicks
      record.watchdogTestAge = watchdogTestAge
      record.service = service
      for index in 0..<AlarmLimit.count {
        guard let limit = AlarmLimit(rawValue: UInt8(index)) else { continue }
        record.limits[index] = configuration.limits[limit].clamped(
          limit.range.lowest, limit.range.highest)
      }
      return record
    }
  }

  /// Takes up what outlived a restart.
  mutating func take(_ record: RetainedRecord, gap: Seconds) {
    phase = record.phase
    intents = record.intents
    for pump in 0..<pumpCount { pumps[pump].take(record.tubes[pump]) }
    expected = record.commanded
    expectedIsSteady = record.isSteady
    zeros = record.zeros
    clamp.isWantedOpen = record.isClampWantedOpen
    _ = occluder.request(record.occluder, isConfirmed: true, arterialFlow: .absent)
    thermalIntents = record.thermalIntents
    timers = record.timers
    timers.update(tick: gap)
    confirmed = record.confirmed
    directions = record.directions
    occlusion = record.occlusion
    occlusion.age(by: gap)
    occlusion.cancel()
    occlusionFailed = record.occlusionFailed
    measuredLeaks = record.occlusion.leak
    dose = record.dose
    dose.goOn(after: gap)
    interlocks.restore(record.interlocks, gap: UInt32(clamping: configuration.ticks(gap)))
    selfTest = record.selfTest
    alarms.goOnPaused(record.pause, ticks: record.pauseTicks, gap: configuration.ticks(gap))
    for index in 0..<AlarmLimit.count {
      guard let limit = AlarmLimit(rawValue: UInt8(index)) else { continue }
      let preset = presets[limit].clamped(limit.range.lowest, limit.range.highest)
      if record.limits[index] != preset { configuration.limits[limit] = record.limits[index] }
    }
    keepLimits()
    watchdogTestAge = max(record.watchdogTestAge, .zero) + gap
  }
}
