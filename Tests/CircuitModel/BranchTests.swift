import CircuitModel
import PerfusionCore
import TestSupport
import Testing

@Suite("Branches of the bypass circuit")
struct BranchTests {
  /// Arrested heart, clamped aorta, 4.56 L/min, all five pumps of the adult board.
  static func arrested(_ change: (inout CircuitParameters) -> Void = { _ in }) -> Bench {
    var bench = Bench(pumps: [
      .arterialRoller, .roller(.cardioplegia, strokeVolume: 13),
      .roller(.crystalloid, strokeVolume: 7.4), .roller(.vent, strokeVolume: 13),
      .roller(.sucker, strokeVolume: 13),
    ]) {
      $0.events.heartStrength = 0
      $0.events.aorticCrossClamp = 1
      $0.patient.heldVenousPressure = 3
      change(&$0)
    }
    bench.turn(0, at: 4.56 / 0.045)
    return bench
  }

  @Test("Antegrade 4:1 at 300 ml/min: the case's line and root pressures", .verifies("C4"))
  func antegrade() {
    var bench = Self.arrested()
    bench.turn(1, at: 240 / 13)
    bench.turn(2, at: 60 / 7.4)
    bench.run(20)
    #expect(abs(bench.mean(over: 8) { $0[.cardioplegiaFlow] } - 0.3) < 0.006)
    #expect(abs(bench.mean(over: 8) { $0[.crystalloidFlow] } - 0.06) < 0.0012)
    let line = bench.mean(over: 8) { $0[.cardioplegiaLinePressure] }
    #expect(line > 150 && line < 250)
    let root = bench.mean(over: 8) { $0[.cardioplegiaRootPressure] }
    #expect(root > 30 && root < 75)
  }

  @Test("Retrograde 8:1 at 200 ml/min keeps the coronary sinus below 40", .verifies("C4"))
  func retrograde() {
    var bench = Self.arrested { $0.events.retrogradeCardioplegia = 1 }
    bench.turn(1, at: 178 / 13)
    bench.turn(2, at: 22 / 7.4)
    bench.run(30)
    let sinus = bench.mean(over: 20) { $0[.cardioplegiaRootPressure] }
    #expect(sinus > 20 && sinus < 40)
    #expect(abs(bench.mean(over: 20) { $0[.cardioplegiaFlow] } - 0.2) < 0.005)
  }

  @Test("The root empties through the coronaries when cardioplegia stops")
  func stoppedCardioplegia() {
    var bench = Self.arrested()
    bench.turn(1, at: 24)
    bench.run(20)
    bench.turn(1, at: 0)
    bench.run(15)
    #expect(abs(bench[.cardioplegiaRootPressure] - bench[.venousPressure]) < 2)
    #expect(abs(bench[.cardioplegiaFlow]) < 1e-3)
  }

  @Test("Cardioplegia without arterial flow sucks on the oxygenator's outlet")
  func cardioplegiaAlone() {
    var bench = Self.arrested()
    bench.inputs.arterialClamp = 0
    bench.turn(0, at: 0)
    bench.turn(1, at: 240 / 13)
    bench.run(30)
    #expect(bench[.arterialLinePressure] < 0)
    #expect(bench[.arterialLinePressure] > -720)
  }

  @Test("An unclamped root is the aorta, and clamping it loses no blood")
  func clampAndRelease() {
    var bench = Self.arrested {
      $0.patient.heldVenousPressure = 0
      $0.events.aorticCrossClamp = 0
    }
    bench.run(10)
    #expect(abs(bench[.cardioplegiaRootPressure] - bench[.arterialPressure]) < 0.1)
    let volume = bench.circuit.accountedVolume
    for clamp in [1.0, 0, 1, 0] {
      bench.circuit.parameters.events.aorticCrossClamp = clamp
      bench.turn(1, at: clamp * 20)
      bench.run(5)
    }
    #expect(abs(bench.circuit.accountedVolume - volume) < 1e-6)
  }

  @Test("The vent takes what runs into the ventricle and sucks against its relief when dry")
  func vent() {
    var bench = Self.arrested()
    bench.turn(3, at: 30)
    bench.run(60)
    #expect(bench[.ventPressure] < -40)
    #expect(bench[.ventPressure] >= -80)
    #expect(bench.signals.airToPatient == 0)
  }

  @Test("A vent that turns backwards pushes air into the heart")
  func ventBackwards() throws {
    var bench = Self.arrested()
    bench.turn(3, at: -30)
    let time = try #require(bench.seconds(within: 20) { $0.signals.airToPatient > 0 })
    #expect(abs(time - 30 / (30 * 13.0 / 60)) < 0.1)
  }

  @Test("A sucker brings shed blood back, no more than there is")
  func sucker() {
    var bench = Self.arrested {
      $0.events.bleedingRate = 200
      $0.patient.heldVenousPressure = 0
    }
    bench.turn(4, at: 40)
    let volume = bench.circuit.accountedVolume
    bench.run(60)
    #expect(abs(bench.circuit.accountedVolume - volume) < 1e-6)
    let before = bench.signals.reservoirVolume
    bench.circuit.parameters.events.bleedingRate = 0
    bench.run(10)
    bench.turn(4, at: 0)
    let after = bench.signals.reservoirVolume
    #expect(abs(after - before) < 60)
  }

  @Test("An open recirculation line takes 100 to 400 ml/min from the patient")
  func recirculationLine() {
    var bench = Self.arrested()
    bench.run(20)
    let whole = bench.mean { $0[.arterialFlow] }
    bench.circuit.parameters.events.recirculationOpening = 1
    bench.run(20)
    let lost = whole - bench.mean { $0[.arterialFlow] }
    #expect(lost > 0.1 && lost < 0.4)
  }

  @Test("A clotting oxygenator raises the pressure before it only")
  func clot() {
    var bench = Self.arrested { $0.patient.heldArterialPressure = 60 }
    bench.run(10)
    let post = bench.mean { $0[.arterialLinePressure] }
    let drop = bench.mean { $0[.preOxygenatorPressure] } - post
    bench.circuit.parameters.events.oxygenatorFactor = 4
    bench.run(10)
    #expect(abs(bench.mean { $0[.arterialLinePressure] } - post) < 2)
    let clotted = bench.mean { $0[.preOxygenatorPressure] - $0[.arterialLinePressure] }
    #expect(abs(clotted / drop - 4) < 0.1)
  }

  @Test("A line that comes off loses blood, delivers nothing, and draws air when it siphons")
  func disconnection() {
    var bench = Self.arrested { $0.patient.heldVenousPressure = 0 }
    bench.run(10)
    let delivered = bench.signals.deliveredVolume
    let volume = bench.circuit.accountedVolume
    bench.circuit.parameters.events.arterialDisconnection = 1
    bench.run(5)
    #expect(bench.signals.deliveredVolume == delivered)
    #expect(bench[.arterialPressure] < 30)
    #expect(bench[.arterialLinePressure] < 90)
    #expect(abs(bench.circuit.accountedVolume - volume) < 1e-6)
    bench.turn(0, at: -60)
    bench.run(20)
    #expect(bench.signals.air[.arterialBubble])
  }

  @Test("Stopcocks open to air make every pressure read zero")
  func openStopcocks() {
    var bench = Self.arrested { $0.drainage.reservoirVacuum = 20 }
    bench.run(5)
    bench.circuit.parameters.events.transducersToAir = 1
    bench.step()
    for raw in 0..<UInt8(PressureSite.count) {
      if let site = PressureSite(rawValue: raw) { #expect(bench[site] == 0) }
    }
    bench.circuit.parameters.events.transducersToAir = 0
    bench.step()
    #expect(bench[.arterialLinePressure] > 100)
  }
}
