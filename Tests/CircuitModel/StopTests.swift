import CircuitModel
import PerfusionCore
import TestSupport
import Testing

@Suite("What happens when the flow stops")
struct StopTests {
  @Test("Arterial pressure falls as the Windkessel says once the line has no stretch to give")
  func arterialDecay() throws {
    var bench = Bench {
      $0.events.heartStrength = 0
      $0.patient.heldVenousPressure = 5
      $0.body.initialCoreTemperature = 37
      $0.line.lineCompliance = 0.02
      $0.line.lineInertance = 0.02
    }
    bench.turn(at: 4.58 / 0.045)
    bench.run(30)
    bench.turn(at: 0)
    let start = bench.time
    for (pressure, time) in [(50.0, 0.18), (40, 0.42), (30, 0.74), (20, 1.23), (15, 1.64)] {
      _ = try #require(bench.seconds(within: 3) { $0[.arterialPressure] < pressure })
      #expect(abs(bench.time - start - time) < 0.08)
    }
  }

  @Test("A compliant line prolongs the fall by the volume it gives back")
  func arterialDecayWithStretch() throws {
    var times: [Double] = []
    for compliance in [0.02, 0.2, 0.5, 1.0] {
      var bench = Bench {
        $0.events.heartStrength = 0
        $0.line.lineCompliance = compliance
      }
      bench.turn(at: 4.56 / 0.045)
      bench.run(60)
      bench.turn(at: 0)
      times.append(try #require(bench.seconds(within: 5) { $0[.arterialPressure] < 40 }))
    }
    #expect(times == times.sorted())
  }

  @Test(
    "The reservoir empties in volume over flow while the venous line is shut",
    .verifies("C10"),
    arguments: [
      (4.56, 1000.0, 13.2), (4.56, 500, 6.6), (4.56, 300, 3.9), (6, 1000, 10), (6, 200, 2),
    ]
  )
  func reservoirEmpties(_ flow: Double, _ volume: Double, _ seconds: Double) throws {
    var bench = Bench { $0.events.heartStrength = 0 }
    bench.turn(at: flow / 0.045)
    bench.run(20)
    bench.inputs.venousOccluder = 0
    bench.circuit.giveVolume(volume - bench.signals.reservoirVolume)
    let vortex = bench.circuit.parameters.drainage.vortexVolume
    let time = try #require(bench.seconds(within: 30) { $0.signals.reservoirVolume < vortex })
    #expect(abs(time + vortex / (flow * 1000 / 60) - seconds) < 0.1 + 0.02 * seconds)
  }

  @Test("An empty reservoir feeds air, which goes through to the patient")
  func emptyReservoir() throws {
    var bench = Bench { $0.drainage.initialReservoirVolume = 200 }
    bench.inputs.venousOccluder = 0
    bench.turn(at: 4.56 / 0.045)
    let seen = try #require(bench.seconds(within: 30) { $0.signals.air[.arterialBubble] })
    #expect(seen > 200 / 76 + 390 / 76 - 1)
    bench.run(10)
    #expect(bench.signals.airToPatient > 10)
    #expect(bench.signals.reservoirVolume >= 0)
  }

  @Test("The level is a cone below 500 ml and straight above it")
  func level() {
    var last = -1.0
    for (volume, level) in [(62.5, 75.0), (500, 150), (1000, 200), (2000, 300)] {
      var bench = Bench { $0.drainage.initialReservoirVolume = volume }
      bench.inputs.venousOccluder = 0
      bench.run(0.1)
      #expect(abs(bench.signals.reservoirLevel - level) < 0.5)
      #expect(bench.signals.reservoirLevel > last)
      last = bench.signals.reservoirLevel
    }
  }

  @Test("A reservoir that is full runs over instead of holding more")
  func overflow() {
    var bench = Bench { $0.drainage.initialReservoirVolume = 3990 }
    let before = bench.circuit.accountedVolume
    bench.run(5)
    #expect(bench.signals.reservoirVolume == 4000)
    #expect(abs(bench.circuit.accountedVolume - before) < 1e-6)
  }
}
