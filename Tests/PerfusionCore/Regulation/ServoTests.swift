import TestSupport
import Testing

@testable import PerfusionCore

func valid<Value>(_ value: Value) -> Reading<Value> { Reading(value, takenAt: .start) }
func lost<Value>(_ value: Value) -> Reading<Value> {
  Reading(value, takenAt: .start, quality: .faulted)
}

@Suite("Servo factors")
struct ServoTests {
  let twenty = Seconds.milliseconds(20)

  @Test(
    "The pressure factor is the line of docs/domain.md 8.4", .verifies("HZ-08", "AL-10"),
    arguments: [
      (0.0, 1.0), (299, 1), (300, 1), (310, 0.8), (325, 0.5), (345, 0.1), (350, 0), (500, 0),
      (-100, 1),
    ])
  func pressureLine(pressure: Double, expected: Double) {
    let servo = PressureServo(regulate: .mmHg(300), stop: .mmHg(350))
    #expect(abs(servo.factor(at: .mmHg(pressure)).value - expected) < 1e-12)
  }

  @Test("Pressure limits the wrong way round make a switch, and no number stops")
  func pressureDegenerate() {
    let servo = PressureServo(regulate: .mmHg(350), stop: .mmHg(300))
    #expect(servo.factor(at: .mmHg(299)) == .one)
    #expect(servo.factor(at: .mmHg(300)) == .zero)
    let sound = PressureServo(regulate: .mmHg(300), stop: .mmHg(350))
    #expect(sound.factor(at: .mmHg(.nan)) == .zero)
  }

  @Test(
    "The level factor runs from one at the alert to a tenth at the alarm",
    .verifies("HZ-02", "AL-05", "C10"),
    arguments: [(1000.0, 1.0), (500, 1), (400, 0.55), (300, 0.1), (250, 0.1), (0, 0.1)])
  func levelLine(volume: Double, expected: Double) {
    let servo = LevelServo(alert: .milliliters(500), alarm: .milliliters(300))
    #expect(abs(servo.factor(at: .milliliters(volume)).value - expected) < 1e-12)
  }

  @Test("A lost reading neither stops the pump nor lets it jump", .verifies("AL-07"))
  func lostReading() {
    var servo = PressureServo(regulate: .mmHg(300), stop: .mmHg(350))
    _ = servo.update(mean: valid(.mmHg(340)), step: twenty)
    var last = 0.2
    for count in 1...600 {
      let factor = servo.update(mean: lost(.mmHg(340)), step: twenty).value
      if Double(count) * 0.02 <= 1 { #expect(abs(factor - 0.2) < 1e-9) }
      #expect(factor >= last - 1e-9 && factor - last <= 0.1 * 0.02 + 1e-9)
      last = factor
    }
    #expect(last == 1)
  }

  @Test(
    "A kinked line settles below the stopping pressure without hunting", .verifies("HZ-08"),
    arguments: [0.2, 0.5, 1.0], [30.0, 60, 120])
  func kinkedLine(compliance: Double, resistance: Double) {
    // A roller at 4.56 L/min into a compliance behind a resistance, mmHg per L/min. The mean over
    // a half-turn is a boxcar of 0.3 s, longer while the pump is slow.
    var servo = PressureServo(regulate: .mmHg(300), stop: .mmHg(350))
    var pressure = 150.0
    var factor = 1.0
    var window: [Double] = []
    var (low, high) = (1e9, -1e9)
    for count in 0..<15000 {
      let inflow = 4.56 * factor * 1000 / 60
      pressure += (inflow - pressure / resistance * 1000 / 60) / compliance * 0.002
      window.append(pressure)
      let length = min(Int(150 / max(factor, 0.1)), 1500)
      if window.count > length { window.removeFirst(window.count - length) }
      if count % 10 == 0 {
        let mean = window.reduce(0, +) / Double(window.count)
        factor = max(servo.update(mean: valid(.mmHg(mean)), step: twenty).value, 0.1)
      }
      if count > 12500 {
        low = min(low, pressure)
        high = max(high, pressure)
      }
    }
    let free = 4.56 * resistance
    if free <= 300 {
      #expect(factor == 1)
    } else {
      #expect(high < 350)
      #expect(high - low < 20)
      #expect(abs(factor - pressure / free) < 0.1)
    }
  }
}
