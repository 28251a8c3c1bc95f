import ChipDrivers
import PerfusionCore
import TestSupport
import Testing

@testable import VirtualBoard

/// From the true value to the chip's input.
@Suite("Sensors")
struct SensorChannelTests {
  private func wiring(_ site: SensorSite) -> SensorWiring {
    var sensor = SensorWiring()
    sensor.site = site
    sensor.scale = 200
    sensor.offset = -100
    sensor.lowest = -100
    sensor.highest = 550
    return sensor
  }

  /// A bank with one sensor.
  private func bank(_ site: SensorSite, seed: UInt64, truth: Double = 100) -> SensorBank {
    let bank = SensorBank(
      curves: CurveInverses(FixedList(filler: Curve())), random: SplitMix64(seed: 1))
    var random = SplitMix64(seed: seed)
    _ = bank.add(
      wiring(site), rails: .of(.ads1115(channels: 1, fullScale: 4.096)), truth: truth,
      errors: &random)
    return bank
  }

  private func engineering(_ volts: Double) -> Double { volts * 200 - 100 }

  @Test("A settled sensor reads the truth within its tolerance", arguments: 0..<50 as Range<UInt64>)
  func tolerance(seed: UInt64) {
    let truths: [(SensorSite, Double, Double)] = [
      (.pressure(.arterialLinePressure), 180, 4), (.flow(.arterialFlow), 4.5, 0.2),
      (.temperature(.arterialBloodTemperature), 36, 0.2),
    ]
    for (site, truth, tolerance) in truths {
      let read = engineering(bank(site, seed: seed, truth: truth).input(0, at: .start))
      #expect(abs(read - truth) < tolerance)
    }
  }

  @Test("Two boards have different sensor errors")
  func errorsDiffer() {
    let reads = (0..<20 as Range<UInt64>).map { seed in
      bank(.pressure(.arterialLinePressure), seed: seed).input(0, at: .start)
    }
    #expect(Set(reads).count == 20)
  }

  @Test("Noise has the effective value of its table and no offset")
  func noise() {
    var random = SplitMix64(seed: 11)
    var sum = 0.0
    var squares = 0.0
    for _ in 0..<20_000 {
      let value = random.bell()
      sum += value
      squares += value * value
    }
    #expect(abs(sum / 20_000) < 0.03)
    #expect(abs(squares / 20_000 - 1) < 0.03)
  }

  @Test("A pressure line overshoots by about 16 % and settles, as 30 Hz with damping 0.5 does")
  func secondOrder() {
    var lag = TransducerLag(.secondOrder(hertz: 30), settledAt: 0)
    var peak = 0.0
    for _ in 0..<200 {
      lag.step(100)
      peak = max(peak, lag.value)
    }
    #expect(peak > 108 && peak < 125)
    #expect(abs(lag.value - 100) < 0.5)
  }

  @Test("A flow probe shows nothing for 20 ms and 63 % of a step 100 ms later")
  func flowProbe() {
    var lag = TransducerLag(.delayedFirstOrder(seconds: 0.1, milliseconds: 20), settledAt: 0)
    for _ in 0..<20 { lag.step(1) }
    #expect(lag.value == 0)
    for _ in 0..<100 { lag.step(1) }
    #expect(abs(lag.value - 0.632) < 0.01)
  }

  @Test("A thermistor shows 63 % of a step after 3 to 5 s", arguments: 0..<10 as Range<UInt64>)
  func thermistor(seed: UInt64) {
    let bank = bank(.temperature(.arterialBloodTemperature), seed: seed, truth: 20)
    var milliseconds = 0
    while bank.shown(0) < 20 + 0.632 * 10 && milliseconds < 10_000 {
      milliseconds += 1
      bank.step(at: Instant(microseconds: Int64(milliseconds) * 1000)) { _ in
        30
      } rotor: { _ in
        (0, 0)
      }
    }
    #expect(milliseconds > 2900 && milliseconds < 5100)
  }

  @Test("The inverse of a thermistor curve undoes the curve", arguments: [2.0, 17, 36.9, 40])
  func curve(degrees: Double) {
    var curve = Curve()
    curve.count = 5
    for (index, point) in [(0.4, 60.0), (1.0, 41), (1.6, 30), (2.2, 15), (3.0, 0)].enumerated() {
      curve.inputs[index] = point.0
      curve.outputs[index] = point.1
    }
    var curves = FixedList<4, Curve>(filler: Curve())
    curves.append(curve)
    var sensor = wiring(.temperature(.organTemperature))
    sensor.scale = 1
    sensor.offset = 0
    sensor.curve = 0
    let inverse = CalibrationInverse(sensor, perChannel: 1, rails: 0...3.3)
    let volts = inverse.input(degrees, curves: CurveInverses(curves))
    var low = 0
    while low < 3 && curve.inputs[low + 1] < volts { low += 1 }
    let share = (volts - curve.inputs[low]) / (curve.inputs[low + 1] - curve.inputs[low])
    let back = curve.outputs[low] + share * (curve.outputs[low + 1] - curve.outputs[low])
    #expect(abs(back - degrees) < 1e-9)
  }

  @Test("An open input reads outside the sensor's range")
  func open() {
    let bank = bank(.pressure(.arterialLinePressure), seed: 1)
    bank.setFault(0, .off, random: SplitMix64(seed: 1))
    let read = engineering(bank.input(0, at: .start))
    #expect(read > 550 || read < -100)
  }

  @Test("A wrong pressure is 30 mmHg too high, a wrong temperature 1 K", .verifies("HZ-44"))
  func wrong() {
    for (site, error) in [
      (SensorSite.pressure(.arterialLinePressure), 30.0), (.temperature(.organTemperature), 1.0),
    ] {
      let sound = bank(site, seed: 3)
      let faulty = bank(site, seed: 3)
      faulty.setFault(0, .wrong, random: SplitMix64(seed: 1))
      let difference = faulty.input(0, at: .start) - sound.input(0, at: .start)
      #expect(abs(difference * 200 - error) < 0.4)
    }
  }

  private static let sites: [SensorSite] = [
    .pressure(.arterialLinePressure), .flow(.arterialFlow),
    .temperature(.arterialBloodTemperature), .reservoirVolume, .venousOccluderOpening, .rotor(0),
    .motorCurrent(0), .batteryVoltage,
  ]

  @Test(
    "Each word that a sensor knows is seen at the chip's input",
    arguments: SensorChannel.faultWords.filter { $0 != .drift && $0 != .swapped })
  func everyWord(word: FaultWord) {
    for site in SensorChannelTests.sites {
      let sound = bank(site, seed: 3)
      let faulty = bank(site, seed: 3)
      faulty.setFault(0, word, random: SplitMix64(seed: 1))
      var greatest = 0.0
      for millisecond in 1...2000 {
        let now = Instant(microseconds: Int64(millisecond) * 1000)
        let truth = 100 + 0.1 * Double(millisecond)
        for bank in [sound, faulty] {
          bank.step(at: now) { _ in
            truth
          } rotor: { _ in
            (truth, 100)
          }
        }
        let difference = faulty.input(0, at: now) - sound.input(0, at: now)
        greatest = max(greatest, abs(difference) * 200)
      }
      #expect(greatest > 0.15, "\(site)")
    }
  }

  @Test("A drifting sensor is off by what `wrong` adds after 30 s, and by twice that after 60 s")
  func drift() {
    let sound = bank(.pressure(.arterialLinePressure), seed: 3)
    let faulty = bank(.pressure(.arterialLinePressure), seed: 3)
    faulty.setFault(0, .drift, random: SplitMix64(seed: 1))
    for millisecond in 1...60_000 {
      let now = Instant(microseconds: Int64(millisecond) * 1000)
      for bank in [sound, faulty] {
        bank.step(at: now, truth: { _ in 100 }, rotor: { _ in (0, 0) })
      }
      guard millisecond % 30_000 == 0 else { continue }
      let difference = (faulty.input(0, at: now) - sound.input(0, at: now)) * 200
      #expect(abs(difference - Double(millisecond) / 1000) < 3)
    }
  }

  @Test("Two sensors that are exchanged show what the other measures, until the fault ends")
  func swapped() {
    let bank = bank(.pressure(.arterialLinePressure), seed: 3)
    var random = SplitMix64(seed: 4)
    _ = bank.add(
      wiring(.pressure(.preOxygenatorPressure)),
      rails: .of(.ads1115(channels: 1, fullScale: 4.096)), truth: 200, errors: &random)
    func settle(from start: Int) -> (Double, Double) {
      var now = Instant.start
      for millisecond in start..<(start + 1000) {
        now = Instant(microseconds: Int64(millisecond) * 1000)
        bank.step(
          at: now,
          truth: { site in
            if case .pressure(.arterialLinePressure) = site { return 100 }
            return 200
          }, rotor: { _ in (0, 0) })
      }
      return (engineering(bank.input(0, at: now)), engineering(bank.input(1, at: now)))
    }
    bank.setFault(0, .swapped, random: SplitMix64(seed: 1))
    let exchanged = settle(from: 1)
    #expect(abs(exchanged.0 - 200) < 6 && abs(exchanged.1 - 100) < 6)
    bank.setFault(0, nil, random: SplitMix64(seed: 1))
    let sound = settle(from: 2000)
    #expect(abs(sound.0 - 100) < 6 && abs(sound.1 - 200) < 6)
  }
}
