import PerfusionCore
import TestSupport
import Testing

@Suite("Tubes and stroke volumes")
struct TubeTests {
  @Test(
    "Ideal stroke volumes are those of the reference's table",
    arguments: [
      (TubeSize.threeSixteenths, 7.9), (.quarter, 13.8), (.fiveSixteenths, 21.4),
      (.threeEighths, 30.4), (.half, 52.7),
    ])
  func ideal(tube: TubeSize, stroke: Double) {
    let ideal = TubeCatalogue.idealStrokeVolume(tube, racewayMillimeters: 150)
    #expect(abs(ideal.millilitersPerRevolution - stroke) < 0.06 * stroke / 7)
    let recommended = TubeCatalogue.recommendedStrokeVolume(tube, racewayMillimeters: 150)
    #expect(TubeCatalogue.accepts(recommended, tube: tube, racewayMillimeters: 150))
  }

  @Test("The gate refuses another tube's stroke volume for every pair", .verifies("HZ-17"))
  func gate() {
    for raw in 0..<UInt8(TubeSize.count) {
      for other in 0..<UInt8(TubeSize.count) where raw != other {
        guard let tube = TubeSize(rawValue: raw), let wrong = TubeSize(rawValue: other) else {
          continue
        }
        for raceway in [85, 150.0] {
          let stroke = TubeCatalogue.recommendedStrokeVolume(wrong, racewayMillimeters: raceway)
          #expect(!TubeCatalogue.accepts(stroke, tube: tube, racewayMillimeters: raceway))
        }
      }
    }
    for bad in [0, -5, Double.nan, .infinity] {
      #expect(
        !TubeCatalogue.accepts(
          .millilitersPerRevolution(bad), tube: .half, racewayMillimeters: 150))
    }
  }

  @Test(
    "A calibration takes turns and volume, passes the gate and waits for confirmation",
    .verifies("HZ-17"))
  func calibration() throws {
    var bench = PumpBench(.roller())
    bench.start(at: 60)
    try bench.pump.startCalibration()
    let before = bench.drive.turns
    bench.run(20)
    let caught = (bench.drive.turns - before) * 43.2
    let measured = try bench.pump.finishCalibration(.milliliters(caught))
    #expect(abs(measured.millilitersPerRevolution - 43.2) < 0.1)
    #expect(bench.pump.tube.strokeVolume == .millilitersPerRevolution(45))
    #expect(throws: Refusal.pumpRunning) { try bench.pump.confirmTube() }
    bench.intent.isStarted = false
    bench.run(3)
    _ = try bench.pump.confirmTube()
    #expect(bench.pump.tube.strokeVolume == measured)
    bench.tick()
    #expect(bench.status.strokeVolume == measured)
  }

  @Test("An implausible calibration changes nothing", .verifies("HZ-17"))
  func implausible() throws {
    var bench = PumpBench(.roller())
    bench.start(at: 60)
    try bench.pump.startCalibration()
    bench.run(10)
    #expect(throws: Refusal.strokeVolumeImplausible) {
      try bench.pump.finishCalibration(.milliliters(100))
    }
    #expect(!bench.pump.tube.isPending)
    #expect(throws: Refusal.nothingToDo) { try bench.pump.finishCalibration(.milliliters(400)) }
    #expect(throws: Refusal.pumpRunning) {
      try bench.pump.enterTube(.quarter, .millilitersPerRevolution(13))
    }
  }
}
