import Foundation
import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Suction servo")
struct SuctionServoTests {
  private func run(
    _ servo: inout SuctionServo, seconds: Double, pressure: (Double) -> Double
  ) -> [Double] {
    (0..<Int(seconds * 50)).map { count in
      servo.update(
        inlet: valid(.mmHg(pressure(Double(count) / 50))), step: .milliseconds(20)
      ).value
    }
  }

  @Test(
    "Chatter of -60 +- 40 mmHg leaves the commanded speed alone", .verifies("HZ-12", "C6"),
    arguments: [1.5, 2, 2.7, 3, 4, 6], [1.0, 0.8])
  func chatter(frequency: Double, from start: Double) {
    var servo = SuctionServo(CircuitLimits())
    if start < 1 { _ = run(&servo, seconds: 4.7) { _ in -100 } }
    let factors = run(&servo, seconds: 30) { time in
      -60 + 40 * sin(2 * .pi * frequency * time)
    }
    let steady = factors.dropFirst(100)
    let mean = steady.reduce(0, +) / Double(steady.count)
    let variance = steady.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(steady.count)
    #expect(variance < 0.02 * mean)
    // No oscillation: between samples the factor only ever drifts one way by less than 0.2 %.
    let swings = zip(steady.dropFirst(), steady).map { $0 - $1 }
    #expect(swings.allSatisfy { $0 >= -0.002 })
  }

  @Test("Below the alert the factor falls by 5 %, above the release it rises by 2 % a second")
  func rates() {
    var servo = SuctionServo(CircuitLimits())
    let down = run(&servo, seconds: 5) { _ in -100 }
    #expect(abs((down[50] - down[249]) / (199.0 / 50) - 0.05) < 1e-6)
    let between = run(&servo, seconds: 5) { _ in -70 }
    #expect(between[249] == between[100])
    let up = run(&servo, seconds: 5) { _ in -40 }
    #expect(abs((up[249] - up[100]) / (149.0 / 50) - 0.02) < 1e-6)
  }

  @Test("A collapse below -250 mmHg for 50 ms cuts at once, a shorter one does not")
  func fastCut() {
    var servo = SuctionServo(CircuitLimits())
    let short = run(&servo, seconds: 0.3) { $0 < 0.04 ? -300 : -50 }
    #expect(short.allSatisfy { $0 > 0.98 })
    let long = run(&servo, seconds: 0.06) { _ in -300 }
    #expect(long[2] <= 0.71)
    let held = run(&servo, seconds: 20) { _ in -300 }
    #expect(held.allSatisfy { $0 >= 0.1 })
  }

  /// The closed ECMO circuit of docs/domain.md 3.4: P_in = CVP - k Q2, fit G1, MAP 65.
  private struct Drainage {
    var venous = 8.0
    var drag = 3.5
    var flow = 4.0
    var inlet: Double { venous - drag * flow * flow }
    mutating func settle(rpm: Double) {
      for _ in 0..<60 {
        let head = 3.05e-5 * rpm * rpm - 1.4 * flow * flow
        let load = 65 + 9.2 * flow * flow + 8 * flow + 1.2 * flow * flow - inlet
        flow = max(flow + (head - load) * 0.0005, 0.01)
      }
    }
  }

  @Test(
    "Hypovolaemia slows the pump until the inlet is back at -80, volume lets it recover",
    .verifies("HZ-12", "AL-16", "C6"))
  func hypovolaemia() {
    var servo = SuctionServo(CircuitLimits())
    var circuit = Drainage()
    var factor = 1.0
    func go(_ servo: inout SuctionServo, _ circuit: inout Drainage, seconds: Double) {
      for _ in 0..<Int(seconds * 50) {
        circuit.settle(rpm: 3308 * factor)
        factor = servo.update(inlet: valid(.mmHg(circuit.inlet)), step: .milliseconds(20)).value
      }
    }
    go(&servo, &circuit, seconds: 20)
    #expect(factor == 1)
    circuit.drag = 14
    circuit.venous = 2
    go(&servo, &circuit, seconds: 20)
    #expect(circuit.inlet > -82 && circuit.inlet < -60)
    #expect(factor > 0.6 && factor < 0.95)
    let slowed = factor
    go(&servo, &circuit, seconds: 30)
    #expect(abs(factor - slowed) < 0.02)
    circuit.drag = 3.5
    circuit.venous = 8
    go(&servo, &circuit, seconds: 25)
    #expect(factor == 1)
  }

  @Test("A lost inlet reading holds the factor for a second and then lets go")
  func lostInlet() {
    var servo = SuctionServo(CircuitLimits())
    _ = run(&servo, seconds: 6) { _ in -120 }
    let held = servo.factor
    for _ in 0..<49 { _ = servo.update(inlet: lost(.mmHg(-120)), step: .milliseconds(20)) }
    #expect(servo.factor == held)
    for _ in 0..<300 { _ = servo.update(inlet: lost(.mmHg(-120)), step: .milliseconds(20)) }
    #expect(servo.factor == .one)
  }
}
