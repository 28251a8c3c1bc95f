import CircuitModel
import PerfusionCore
import TestSupport
import Testing

@Suite("Roller pump")
struct RollerTests {
  @Test("Without leak the mean flow is speed times stroke volume", arguments: [5.0, 22, 101, 150])
  func flow(_ speed: Double) {
    var bench = Bench()
    bench.turn(at: speed)
    bench.run(4)
    let mean = bench.mean(over: 60 / speed) { $0.signals.pumpFlows[0] }
    #expect(abs(mean - speed * 0.045) < 0.002 * speed * 0.045 + 1e-3)
  }

  @Test(
    "Against a shut line at 5 rpm it holds the dynamic pressure that its leak allows",
    arguments: [(300.0, 27.0), (225, 27), (150, 27), (300, 45)])
  func dynamicOcclusion(_ pressure: Double, _ strokeVolume: Double) {
    var pump = PlantPump()
    pump.strokeVolume = strokeVolume
    pump.leakFirst = strokeVolume * 5 / pressure
    pump.leakSecond = pump.leakFirst
    var bench = Bench(pumps: [pump]) {
      $0.events.patientConnected = 0
      $0.line.lineCompliance = 0.05
    }
    bench.inputs.arterialClamp = 0
    bench.turn(at: 5)
    bench.run(120)
    let held = bench.mean(over: 12) { $0[.preOxygenatorPressure] }
    #expect(abs(held - pressure) < 0.03 * pressure)
  }

  @Test("A leak at 250 mmHg costs the share of the flow that the reference works out")
  func leakShare() {
    for (leak, share) in [(0.45, 0.025), (0.60, 0.033), (0.90, 0.049)] {
      var pump = PlantPump()
      pump.leakFirst = leak
      pump.leakSecond = leak
      var bench = Bench(pumps: [pump]) {
        $0.patient.heldArterialPressure = 66
        $0.patient.heldVenousPressure = 5
      }
      bench.turn(at: 4.56 / 0.045)
      bench.run(4)
      let flow = bench.mean(over: 4) { $0.signals.pumpFlows[0] }
      #expect(abs(1 - flow / 4.56 - share) < 0.003)
    }
  }

  @Test("Ripple comes twice a turn, strong at the pump and small behind the oxygenator")
  func ripple() {
    var bench = Bench()
    bench.turn(at: 100)
    bench.run(10)
    var least = 1e9
    var most = -1e9
    var lineLeast = 1e9
    var lineMost = -1e9
    var crossings = 0
    var above = bench.signals.pumpFlows[0] > 4.5
    bench.run(6) {
      let flow = $0.signals.pumpFlows[0]
      least = min(least, flow)
      most = max(most, flow)
      lineLeast = min(lineLeast, $0[.arterialLinePressure])
      lineMost = max(lineMost, $0[.arterialLinePressure])
      if flow > 4.5, !above { crossings += 1 }
      above = flow > 4.5
    }
    #expect(crossings == 20)
    #expect(most > 4.5 * 1.2 && most < 4.5 * 1.4)
    #expect(least < 4.5 * 0.85 && least > 4.5 * 0.6)
    #expect(lineMost - lineLeast > 1 && lineMost - lineLeast < 8)
  }

  @Test("Rollers of unlike leak make a component once a turn")
  func unlikeRollers() {
    func halves(_ first: Double, _ second: Double) -> Double {
      var pump = PlantPump()
      pump.leakFirst = first
      pump.leakSecond = second
      var bench = Bench(pumps: [pump]) { $0.patient.heldArterialPressure = 60 }
      bench.turn(at: 60)
      bench.run(10)
      var sums = (0.0, 0.0)
      bench.run(10) {
        let turns = $0.inputs.rotorTurns[0]
        let part = turns - turns.rounded(.down)
        if part < 0.25 || part > 0.75 {
          sums.0 += $0.signals.pumpFlows[0]
        } else {
          sums.1 += $0.signals.pumpFlows[0]
        }
      }
      return abs(sums.0 - sums.1) / (sums.0 + sums.1)
    }
    #expect(halves(1, 1) < 0.002)
    #expect(halves(2, 0.2) > 0.02)
  }

  @Test("The tube fills less under suction, and never runs away when its inlet is shut")
  func suction() {
    var bench = Bench(.ecmo) { $0.patient.heldArterialPressure = 65 }
    bench.turn(at: 4 / 0.045)
    bench.run(10)
    bench.circuit.parameters.events.venousObstruction = 1
    bench.run(10) {
      #expect($0[.pumpInletPressure] > -720)
    }
    #expect(bench[.pumpInletPressure] < -300)
    #expect(bench.mean { $0.signals.pumpFlows[0] } < 0.5)
    bench.circuit.parameters.events.venousObstruction = 0
    bench.run(10)
    #expect(bench.mean { $0.signals.pumpFlows[0] } > 3.5)
  }

  @Test("Turning backwards draws blood out of the patient, and is counted")
  func backwards() {
    var bench = Bench()
    bench.turn(at: -20)
    bench.run(10)
    #expect(bench.signals.pumpFlows[0] < 0)
    #expect(bench.signals.retrogradeVolume > 100)
  }

  @Test("A gap leaks more the wider it is, and a wide open one does not pump")
  func gap() {
    var last = Double.infinity
    for gap in [0.0, 0.1, 0.2, 0.4, 1] {
      var bench = Bench { $0.patient.heldArterialPressure = 60 }
      bench.inputs.occlusionGap[0] = gap
      bench.turn(at: 100)
      bench.run(6)
      let flow = bench.mean { $0.signals.pumpFlows[0] }
      #expect(flow < last)
      last = flow
    }
    #expect(last < 0)
  }

  @Test("Squeezing a half-inch tube takes 1.5 to 4 N m, an empty raceway none")
  func torque() {
    var bench = Bench()
    bench.turn(at: 101)
    bench.run(5)
    #expect(bench.mean { $0.signals.loadTorque[0] } > 1.5)
    #expect(bench.mean { $0.signals.loadTorque[0] } < 4)
    bench.circuit.parameters.pumps[0].strokeVolume = 0
    bench.run(5)
    #expect(bench.signals.loadTorque[0] == 0)
    #expect(abs(bench.signals.pumpFlows[0]) < 1e-9)
  }

  @Test(
    "A clamped line rises at flow over compliance and ends at a blown connector",
    arguments: [(0.2, 380.0), (0.5, 152), (1.0, 76)])
  func clampedLine(_ compliance: Double, _ rate: Double) throws {
    var bench = Bench {
      $0.line.lineCompliance = compliance
      $0.events.heartStrength = 0
    }
    bench.turn(at: 4.56 / 0.045)
    bench.run(30)
    bench.inputs.arterialClamp = 0
    _ = try #require(bench.seconds(within: 5) { $0[.arterialLinePressure] > 240 })
    let time = try #require(bench.seconds(within: 5) { $0[.arterialLinePressure] > 400 })
    #expect(abs(160 / time - rate) < 0.12 * rate)
    bench.run(10) {
      #expect($0[.arterialLinePressure] <= 750)
      #expect($0[.preOxygenatorPressure] <= 750)
    }
    #expect(bench[.arterialFlow] == 0)
  }
}
