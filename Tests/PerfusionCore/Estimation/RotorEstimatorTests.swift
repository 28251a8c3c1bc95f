import PerfusionCore
import TestSupport
import Testing

@Suite("The rotor's speed is estimated from its counts")
struct RotorEstimatorTests {
  /// Feeds a constant speed and gives the estimates after a settling time.
  static func estimates(
    _ speed: Double, counts: Double, milliseconds: Int, noise peak: Double = 1, seed: UInt64 = 1,
    seconds: Double = 4
  ) -> [(smooth: Double, fast: Double)] {
    var rotor = RotorEstimator(countsPerRevolution: counts, highestSpeed: .rpm(5000))
    var noise = Noise(seed: seed)
    var found: [(Double, Double)] = []
    for step in 0..<Int(seconds * 1000) / milliseconds {
      let time = Double(step * milliseconds) / 1000
      let angle = (speed / 60 * time * counts + noise.next() * peak).rounded(.down)
      let now = Instant(microseconds: Int64(step * milliseconds) * 1000)
      rotor.update(Reading(Int64(angle), takenAt: now), now: now)
      if time > 2 {
        found.append(
          (rotor.speed.value.revolutionsPerMinute, rotor.fastSpeed.value.revolutionsPerMinute))
      }
    }
    return found
  }

  @Test(
    "1 to 250 rpm of a 4096-count encoder are smooth to 1.5 per cent, both directions",
    .verifies("EP-2"), arguments: [1, 3, 10, 60, 101, 250, -7, -101.0], [1, 5, 10, 20])
  func encoder(speed: Double, milliseconds: Int) {
    let found = Self.estimates(speed, counts: 4096, milliseconds: milliseconds)
    #expect(found.count > 50)
    for pair in found {
      #expect(abs(pair.smooth - speed) <= 0.015 * abs(speed) + 0.035, "\(pair)")
      #expect(abs(pair.fast - speed) <= 0.03 * abs(speed) + 0.9, "\(pair)")
    }
  }

  @Test(
    "3000 rpm of a 6-pulse tachometer and of a 4096-count encoder do not alias",
    arguments: [6, 4096.0])
  func fast(counts: Double) {
    for pair in Self.estimates(3000, counts: counts, milliseconds: 5, noise: 0) {
      #expect(abs(pair.smooth - 3000) < 0.01 * 3000)
      #expect(abs(pair.fast - 3000) < 0.1 * 3000)
    }
  }

  @Test("The fast channel follows a step within 60 ms, the smooth one within 120 ms")
  func response() {
    var rotor = RotorEstimator(countsPerRevolution: 4096, highestSpeed: .rpm(250))
    var angle = 0.0
    for step in 0..<600 {
      let speed = step < 400 ? 60.0 : 180
      angle += speed / 60 * 4096 * 0.005
      let now = Instant(microseconds: Int64(step) * 5000)
      rotor.update(Reading(Int64(angle), takenAt: now), now: now)
      if step == 414 { #expect(abs(rotor.fastSpeed.value.revolutionsPerMinute - 180) < 4) }
      if step == 426 { #expect(abs(rotor.speed.value.revolutionsPerMinute - 180) < 4) }
    }
  }

  @Test("Late and missing samples change nothing: time stamps count, not ticks", arguments: 0..<5)
  func missing(seed: Int) {
    var rotor = RotorEstimator(countsPerRevolution: 4096, highestSpeed: .rpm(250))
    var noise = Noise(seed: UInt64(seed))
    var last = Reading<Int64>(0, takenAt: .start)
    for step in 0..<2000 {
      let now = Instant(microseconds: Int64(step) * 5000)
      if noise.next() > 0.2 {
        let late = Int64((noise.next() + 1) * 2000)
        let at = Instant(microseconds: max(0, now.microseconds - late))
        if at > last.takenAt {
          last = Reading(Int64(Double(at.microseconds) / 60e6 * 101 * 4096), takenAt: at)
        }
      }
      rotor.update(last, now: now)
      if step > 100 && rotor.speed.quality == .valid {
        #expect(abs(rotor.speed.value.revolutionsPerMinute - 101) < 0.5)
      }
    }
    #expect(rotor.speed.quality == .valid)
  }

  @Test(
    "Silence of 100 ms makes it stale, a complaint of the sensor is passed on",
    .verifies("HZ-48"))
  func quality() {
    var rotor = RotorEstimator(countsPerRevolution: 4096, highestSpeed: .rpm(250))
    #expect(rotor.speed.quality == .absent)
    var last = Reading<Int64>(0, takenAt: .start)
    for step in 0..<100 {
      let now = Instant(microseconds: Int64(step) * 5000)
      last = Reading(Int64(step) * 34, takenAt: now)
      rotor.update(last, now: now)
    }
    #expect(rotor.speed.quality == .valid)
    for step in 100..<115 { rotor.update(last, now: Instant(microseconds: Int64(step) * 5000)) }
    #expect(rotor.speed.quality == .valid)
    for step in 115..<125 { rotor.update(last, now: Instant(microseconds: Int64(step) * 5000)) }
    #expect(rotor.speed.quality == .stale)
    last.quality = .faulted
    rotor.update(last, now: Instant(microseconds: 625_000))
    #expect(rotor.speed.quality == .faulted)
  }

  @Test(
    "A wild sample is left out; a count set anew is taken up without false travel",
    .verifies("HZ-10", "HZ-35"))
  func wildSamples() {
    var rotor = RotorEstimator(countsPerRevolution: 4096, highestSpeed: .rpm(250))
    for step in 0..<1000 {
      let now = Instant(microseconds: Int64(step) * 5000)
      var counts = Int64(Double(step) * 34.4747)
      if step == 300 { counts += 90_000 }
      if step >= 500 { counts -= 17_000 }
      rotor.update(Reading(counts, takenAt: now), now: now)
      if step > 50 {
        #expect(abs(rotor.fastSpeed.value.revolutionsPerMinute - 101) < 2, "step \(step)")
      }
    }
    let turns = rotor.turns.revolutions
    #expect(abs(turns - 999 * 34.4747 / 4096) < 0.05)
    #expect(rotor.speed.quality == .valid)
  }

  @Test("Extreme counts and times trap nothing")
  func extremes() {
    var rotor = RotorEstimator(countsPerRevolution: 0, highestSpeed: .rpm(.infinity))
    for counts in [Int64.min, .max, 0, -1, .max, .min] {
      for at in [Int64.min, .max, 0, 1, .max] {
        let now = Instant(microseconds: at)
        rotor.update(Reading(counts, takenAt: now), now: now)
        rotor.update(Reading(counts, takenAt: now), now: Instant(microseconds: .min))
      }
    }
  }
}
