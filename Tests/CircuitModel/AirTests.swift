import CircuitModel
import PerfusionCore
import TestSupport
import Testing

@Suite("Air in the circuit", .verifies("C7"))
struct AirTests {
  /// Ripple-free full flow, so that transit is volume over flow.
  static func steady(_ change: (inout CircuitParameters) -> Void = { _ in }) -> Bench {
    var bench = Bench {
      $0.heads.rippleFirst = 0
      $0.heads.rippleSecond = 0
      $0.patient.heldArterialPressure = 60
      $0.patient.heldVenousPressure = 5
      change(&$0)
    }
    bench.turn(at: 4.56 / 0.045)
    bench.run(10)
    return bench
  }

  /// Time of air at a detector by its edges, s.
  static func airTime(_ bench: inout Bench, _ site: AirSite, over seconds: Double) -> Double {
    var sum = 0.0
    var began: Double?
    bench.run(seconds) {
      let edges = $0.signals.airEdges[site]
      let start = $0.time - 0.001
      if edges.becameAir >= 0 { began = start + Double(edges.becameAir) * 1e-6 }
      if edges.becameFluid >= 0, let from = began {
        sum += start + Double(edges.becameFluid) * 1e-6 - from
        began = nil
      }
      #expect((began != nil) == $0.signals.air[site])
    }
    return sum
  }

  @Test(
    "A bubble passes the arterial detector in its volume over the flow, to the microsecond",
    arguments: [0.02, 0.05, 0.1, 0.3, 0.5, 2])
  func passage(_ volume: Double) {
    var bench = Self.steady()
    bench.circuit.injectAir(volume: volume, at: .arterialDetector)
    let time = Self.airTime(&bench, .arterialBubble, over: 0.2)
    let flow = bench[.arterialFlow] * 1000 / 60
    #expect(abs(time - volume / flow) < 5e-6)
  }

  @Test("Half a millilitre at 4.56 L/min lasts 6.6 ms")
  func halfMilliliter() {
    var bench = Self.steady()
    bench.circuit.injectAir(volume: 0.5, at: .arterialDetector)
    let time = Self.airTime(&bench, .arterialBubble, over: 0.2)
    #expect(abs(time - 0.0066) < 0.0001)
  }

  @Test("From the reservoir's outlet to the cannula takes 500 ml of flow")
  func transit() throws {
    var bench = Self.steady { $0.air.trapShare = 0 }
    bench.circuit.injectAir(volume: 2, at: .pumpInlet)
    let time = try #require(bench.seconds(within: 10) { $0.signals.airToPatient > 0 })
    #expect(abs(time - 6.6) < 0.1)
    bench.run(0.1)
    #expect(abs(bench.signals.airToPatient - 2) < 1e-6)
  }

  @Test("A stopped pump stops the bubble where it is")
  func stoppedBubble() throws {
    var bench = Self.steady { $0.line.lineCompliance = 0.02 }
    bench.circuit.injectAir(volume: 0.5, at: .arterialDetector)
    _ = try #require(bench.seconds(within: 1) { $0.signals.air[.arterialBubble] })
    for speed in stride(from: 101.0, through: 0, by: -1) {
      bench.turn(at: speed)
      bench.run(0.002)
    }
    bench.run(20)
    let advance = try #require(bench.circuit.airPastArterialDetector) / 0.713
    #expect(advance > 5 && advance <= 14)
    #expect(bench.signals.airToPatient == 0)
  }

  @Test("A clamp downstream of the detector holds the bubble back even in a compliant line")
  func clampedBubble() throws {
    var bench = Self.steady()
    bench.circuit.injectAir(volume: 0.5, at: .arterialDetector)
    _ = try #require(bench.seconds(within: 1) { $0.signals.air[.arterialBubble] })
    bench.inputs.arterialClamp = 0
    bench.turn(at: 0)
    bench.run(5)
    let advance = try #require(bench.circuit.airPastArterialDetector)
    #expect(advance < 1)
  }

  @Test("The oxygenator holds its share back until it is full")
  func trap() {
    var bench = Self.steady()
    bench.circuit.injectAir(volume: 10, at: .beforeOxygenator)
    bench.run(10)
    #expect(abs(bench.signals.airToPatient - 1) < 1e-6)
    bench.circuit.injectAir(volume: 100, at: .beforeOxygenator)
    bench.run(20)
    #expect(abs(bench.signals.airToPatient - 60) < 1e-6)
  }

  @Test("Air in the venous line is seen there and rises out of the reservoir")
  func venousAir() throws {
    var bench = Self.steady()
    let flow = bench[.venousFlow]
    bench.circuit.injectAir(volume: 60, at: .venousCannula)
    bench.step()
    #expect(bench[.venousFlow] < flow - 0.5)
    _ = try #require(bench.seconds(within: 5) { $0.signals.air[.venousBubble] })
    bench.run(20)
    #expect(bench.signals.airToPatient == 0)
    #expect(abs(bench[.venousFlow] - flow) < 0.01)
  }

  @Test("Air at the cardioplegia detector comes through to the heart")
  func cardioplegiaAir() throws {
    var bench = Bench(pumps: [.arterialRoller, .roller(.cardioplegia, strokeVolume: 13)]) {
      $0.events.aorticCrossClamp = 1
    }
    bench.turn(0, at: 100)
    bench.turn(1, at: 20)
    bench.run(5)
    bench.circuit.injectAir(volume: 0.3, at: .cardioplegiaLine)
    _ = try #require(bench.seconds(within: 10) { $0.signals.air[.cardioplegiaBubble] })
    #expect(bench.signals.airToPatient == 0)
    bench.run(10)
    #expect(abs(bench.signals.airToPatient - 0.3) < 1e-6)
  }

  @Test("50 ml/s at the venous cannula of ECMO takes the head's prime")
  func primeLoss() throws {
    var bench = Bench(.ecmo, pumps: [.arterialCentrifugal]) {
      $0.air.venousLineVolume = 1
      $0.air.inletLineVolume = 1
    }
    bench.turn(at: 3308)
    bench.run(10)
    let flow = bench[.arterialFlow]
    bench.circuit.parameters.events.venousAirRate = 50
    _ = try #require(bench.seconds(within: 0.5) { $0.signals.pumpFlows[0] < 0.4 * flow })
    #expect(bench.signals.headAir > 10)
    bench.run(2)
    #expect(bench[.arterialFlow] < 0.5 * flow)
    bench.circuit.parameters.events.venousAirRate = 0
    bench.circuit.removeAir()
    bench.run(10)
    #expect(abs(bench[.arterialFlow] - flow) < 0.1)
  }

  @Test("A bubble that flows back is seen again")
  func backAndForth() {
    var bench = Self.steady()
    bench.circuit.injectAir(volume: 0.5, at: .arterialDetector)
    bench.run(0.05)
    #expect(!bench.signals.air[.arterialBubble])
    bench.turn(at: -100)
    var seen = false
    bench.run(5) { seen = seen || $0.signals.air[.arterialBubble] }
    #expect(seen)
  }
}
