import TestSupport
import Testing

@testable import PerfusionCore

/// A circuit as docs/domain.md 4.3 and 3.4 have it, at rest from one sample to the next.
private struct Lines {
  var flow = 4.0
  var mean = 65.0
  var returnDrag = 9.2
  var oxygenator = 1.0
  var inlet = -48.0
  var rpm = 3308.0
  var post: Double { mean + returnDrag * flow * flow }
  var pre: Double { post + oxygenator * (8 * flow + 1.2 * flow * flow) }
}

@Suite("Diagnosis of line occlusion")
struct LineOcclusionTests {
  private struct Bench {
    var diagnosis: LineOcclusion
    var lines: Lines
    var count: UInt64 = 0
    var blind: (inout LineInputs) -> Void = { _ in }

    init(_ lines: Lines, head: Double = 0) {
      var subject = SubjectConfiguration()
      subject.heightHead = .mmHg(head)
      diagnosis = LineOcclusion(
        limits: CircuitLimits(), subject: subject, tick: .milliseconds(5))
      self.lines = lines
    }

    /// Runs on; `change` moves the circuit on by the share of the time that has passed.
    @discardableResult
    mutating func run(
      seconds: Double, change: (inout Lines, Double) -> Void = { _, _ in }
    ) -> Set<LineDiagnosis> {
      var seen: Set<LineDiagnosis> = []
      let ticks = Int(seconds * 200)
      for tick in 0..<ticks {
        change(&lines, Double(tick + 1) / Double(ticks))
        count += 1
        var inputs = LineInputs(
          preOxygenator: valid(.mmHg(lines.pre)), postOxygenator: valid(.mmHg(lines.post)),
          inlet: valid(.mmHg(lines.inlet)), arterial: valid(.mmHg(lines.mean)),
          flow: valid(.litersPerMinute(lines.flow)), speed: valid(.rpm(lines.rpm)),
          blood: valid(.celsius(37)))
        blind(&inputs)
        diagnosis.update(tick: Tick(count: count), inputs: inputs)
        seen.insert(diagnosis.assessment.diagnosis)
      }
      return seen
    }
  }

  private func running() -> Bench {
    var bench = Bench(Lines())
    bench.run(seconds: 15)
    return bench
  }

  @Test(
    "An undisturbed circuit is clear through operator ramps and a pressor",
    .verifies("C2", "C6"))
  func undisturbed() {
    var bench = running()
    var seen = bench.run(seconds: 60) { $0.flow = 4 - 3 * $1 }
    seen.formUnion(bench.run(seconds: 60) { $0.flow = 1 + 4 * $1 })
    seen.formUnion(bench.run(seconds: 10) { $0.mean = 65 + 25 * $1 })
    seen.formUnion(bench.run(seconds: 10))
    #expect(seen == [.clear])
  }

  @Test("A kinked return cannula: post up, drop normal for the flow", .verifies("C6", "HZ-08"))
  func kink() {
    var bench = running()
    bench.run(seconds: 0.5) {
      $0.flow = 4 - 1.45 * $1
      $0.returnDrag = 9.2 + 24.2 * $1
    }
    bench.run(seconds: 1)
    #expect(bench.diagnosis.assessment.diagnosis == .returnKinkOrClamp)
    #expect(bench.diagnosis.assessment.confidence == .confirmed)
    #expect((bench.diagnosis.assessment.returnRatio ?? 0) > 3)
    bench.run(seconds: 30)
    #expect(bench.diagnosis.assessment.diagnosis == .returnKinkOrClamp)
    bench.run(seconds: 1) {
      $0.flow = 2.55 + 1.45 * $1
      $0.returnDrag = 33.4 - 24.2 * $1
    }
    bench.run(seconds: 2)
    #expect(bench.diagnosis.assessment.diagnosis == .clear)
  }

  @Test("A clamp on the arterial line: no flow and the line up", .verifies("HZ-04"))
  func clamp() {
    var bench = running()
    bench.run(seconds: 1) {
      $0.flow = 4 * (1 - $1) + 0.001
      $0.mean = 65
      $0.returnDrag = (147 + 100 * $1) / ($0.flow * $0.flow)
    }
    bench.run(seconds: 1)
    #expect(bench.diagnosis.assessment.diagnosis == .returnKinkOrClamp)
  }

  @Test("The same rise over minutes is a cannula or clot in the return")
  func slowReturn() {
    var bench = running()
    let seen = bench.run(seconds: 180) {
      $0.flow = 4 - 1.45 * $1
      $0.returnDrag = 9.2 + 24.2 * $1
    }
    #expect(bench.diagnosis.assessment.diagnosis == .returnObstruction)
    #expect(!seen.contains(.returnKinkOrClamp))
  }

  @Test(
    "A drop up by half at normal return is a clot in the oxygenator",
    .verifies("HZ-09", "AL-14"))
  func clot() {
    var bench = running()
    let before = bench.run(seconds: 300) { $0.oxygenator = 1 + 0.45 * $1 }
    #expect(before == [.clear])
    bench.run(seconds: 120) { $0.oxygenator = 1.45 + 0.35 * $1 }
    bench.run(seconds: 11)
    #expect(bench.diagnosis.assessment.diagnosis == .oxygenatorClot)
    #expect(abs((bench.diagnosis.assessment.oxygenatorRatio ?? 0) - 1.8) < 0.1)
  }

  @Test("Cold blood is thicker and no clot")
  func coldBlood() {
    var bench = running()
    bench.blind = { inputs in
      let drop = (inputs.preOxygenator.value - inputs.postOxygenator.value) * 1.42
      inputs.preOxygenator.value = inputs.postOxygenator.value + drop
      inputs.blood.value = .celsius(18)
    }
    #expect(bench.run(seconds: 60) == [.clear])
  }

  @Test("A drop that jumps is a kink before the oxygenator")
  func preKink() {
    var bench = running()
    bench.run(seconds: 0.3) { $0.oxygenator = 1 + 2 * $1 }
    bench.run(seconds: 1)
    #expect(bench.diagnosis.assessment.diagnosis == .oxygenatorKink)
  }

  @Test("An inlet sucked empty is drainage", .verifies("HZ-12", "AL-16", "C6"))
  func drainage() {
    var bench = running()
    bench.run(seconds: 1) {
      $0.inlet = -48 - 84 * $1
      $0.flow = 4 - 0.91 * $1
    }
    bench.run(seconds: 1.2)
    #expect(bench.diagnosis.assessment.diagnosis == .drainageObstruction)
  }

  @Test(
    "60 mmHg lost in half a second at unchanged flow is a disconnection",
    .verifies("HZ-56", "AL-12"))
  func disconnection() {
    var bench = running()
    bench.run(seconds: 0.3) { $0.returnDrag = 9.2 - 8 * $1 }
    bench.run(seconds: 0.3)
    #expect(bench.diagnosis.assessment.diagnosis == .disconnection)
    bench.run(seconds: 5)
    #expect(bench.diagnosis.assessment.diagnosis == .disconnection)
    bench.run(seconds: 1) { $0.returnDrag = 1.2 + 8 * $1 }
    bench.run(seconds: 2)
    #expect(bench.diagnosis.assessment.diagnosis == .clear)
  }

  @Test("A pump that is slowed loses pressure and is no disconnection")
  func slowedPump() {
    var bench = running()
    let seen = bench.run(seconds: 0.4) {
      $0.rpm = 3308 - 2000 * $1
      $0.flow = 4 - 3 * $1
    }
    #expect(seen == [.clear])
  }

  @Test("Without flow or post-oxygenator pressure there is no diagnosis")
  func unusable() {
    var bench = running()
    bench.blind = { $0.flow.quality = .faulted }
    bench.run(seconds: 1)
    #expect(bench.diagnosis.assessment.diagnosis == .unknown)
    #expect(bench.diagnosis.assessment.confidence == .none)
    bench.blind = { $0.postOxygenator.quality = .stale }
    bench.run(seconds: 1)
    #expect(bench.diagnosis.assessment.diagnosis == .unknown)
  }

  @Test("Without the patient's pressure the diagnosis is only likely")
  func likely() {
    var bench = running()
    bench.blind = { $0.arterial.quality = .absent }
    bench.run(seconds: 0.5) {
      $0.flow = 4 - 1.45 * $1
      $0.returnDrag = 9.2 + 24.2 * $1
    }
    bench.run(seconds: 1)
    #expect(bench.diagnosis.assessment.diagnosis == .returnKinkOrClamp)
    #expect(bench.diagnosis.assessment.confidence == .likely)
  }
}
