import PerfusionCore
import TestSupport
import Testing

@Suite("Two channels of a pressure")
struct PressureChannelTests {
  @Test(
    "The half-turn mean takes the ripple of the rollers out", arguments: [35, 60, 101, 169, 250.0])
  func ripple(speed: Double) {
    var mean = HalfTurnMean(countsPerRevolution: 4096, rollers: 2)
    var counts = 0.0
    var lowest = 1000.0
    var highest = 0.0
    for step in 0..<2400 {
      let now = Instant(microseconds: Int64(step) * 5000)
      let before = Int64(counts)
      counts += speed / 60 * 4096 * 0.005
      // A triangle of 60 mmHg peak to peak, twice a turn.
      let place = (counts / 2048).truncatingRemainder(dividingBy: 1)
      let wave = 200 + 60 * (abs(place - 0.5) * 2 - 0.5)
      mean.update(Reading(.mmHg(wave), takenAt: now), advance: Int64(counts) - before, now: now)
      if step > 800 {
        lowest = min(lowest, mean.mean.value.millimetersOfMercury)
        highest = max(highest, mean.mean.value.millimetersOfMercury)
      }
    }
    #expect(lowest > 197.5 && highest < 202.5, "\(lowest)...\(highest)")
  }

  @Test("While the rotor stands it is the mean of half a second")
  func standing() {
    var mean = HalfTurnMean(countsPerRevolution: 4096, rollers: 2)
    for step in 0..<400 {
      let now = Instant(microseconds: Int64(step) * 5000)
      let pressure = step < 200 ? 50.0 : 150
      mean.update(Reading(.mmHg(pressure), takenAt: now), advance: 0, now: now)
      let value = mean.mean.value.millimetersOfMercury
      if step == 199 { #expect(value == 50) }
      if step == 250 { #expect(abs(value - 100) < 12) }
      if step == 320 { #expect(value == 150) }
    }
  }

  @Test("A bad reading passes its quality on and leaves the mean alone")
  func badReading() {
    var mean = HalfTurnMean(countsPerRevolution: 4096, rollers: 2)
    var now = Instant.start
    for step in 0..<300 {
      now = Instant(microseconds: Int64(step) * 5000)
      mean.update(Reading(.mmHg(80), takenAt: now), advance: 30, now: now)
    }
    for bad in [Reading<Pressure>(.mmHg(900), takenAt: now, quality: .outOfRange), .absent] {
      mean.update(bad, advance: 30, now: now.advanced(microseconds: 5000))
      #expect(mean.mean.quality == bad.quality && mean.mean.value == .mmHg(80))
    }
    mean.update(
      Reading(.mmHg(.nan), takenAt: now.advanced(microseconds: 1)), advance: 900, now: now)
    #expect(mean.mean.value == .mmHg(80))
  }

  @Test(
    "The fast channel ignores one wild sample and sees a rise with the second",
    .verifies("HZ-08", "AL-11"))
  func fast() {
    var fast = FastPressure()
    let values = [200, 200, 800, 200, 420, 430, 430.0]
    var seen: [Bool] = []
    for (step, value) in values.enumerated() {
      fast.update(Reading(.mmHg(value), takenAt: Instant(microseconds: Int64(step) * 5000)))
      seen.append(fast.exceeds(.mmHg(400)))
    }
    #expect(seen == [false, false, false, false, true, true, true])
  }

  @Test("A sample that is shown twice counts once, a faulted one does not count")
  func once() {
    var fast = FastPressure()
    for step in 0..<3 {
      fast.update(Reading(.mmHg(100), takenAt: Instant(microseconds: Int64(step))))
    }
    let wild = Reading(Pressure.mmHg(500), takenAt: Instant(microseconds: 10))
    for _ in 0..<10 { fast.update(wild) }
    #expect(!fast.exceeds(.mmHg(400)))
    fast.update(Reading(.mmHg(500), takenAt: Instant(microseconds: 11), quality: .faulted))
    #expect(fast.median.quality == .faulted && !fast.exceeds(.mmHg(50)))
  }

  @Test(
    "Band power shows 3 Hz and is deaf to breath and ripple",
    arguments: [
      (0.15, 0.0, 0.15), (3, 0.75, 1.05), (30, 0.0, 0.25),
    ])
  func band(frequency: Double, least: Double, most: Double) {
    var band = BandPower()
    for step in 0..<4000 {
      let place = (frequency * Double(step) * 0.005).truncatingRemainder(dividingBy: 1)
      let triangle = 1 - 4 * abs(place - 0.5)
      band.update(50 + 10 * triangle, tick: .milliseconds(5))
    }
    let share = band.rootMeanSquare / (10 / 3.0.squareRoot())
    #expect(share >= least && share <= most, "\(share)")
  }
}
