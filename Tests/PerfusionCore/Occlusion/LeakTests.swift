import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Leak past the rollers")
struct LeakTests {
  let half = StrokeVolume.millilitersPerRevolution(45)

  @Test(
    "At 250 mmHg the leak takes what docs/domain.md 2.3 says",
    arguments: [(0.45, 112.0), (0.6, 150), (0.9, 225)])
  func table(leak: Double, expected: Double) {
    let correction = LeakCorrection(leak: .millilitersPerMinutePerMmHg(leak))
    let flow = correction.flow(
      stroke: half, speed: .rpm(101.3), outlet: valid(.mmHg(250)), inlet: valid(.mmHg(0)))
    #expect(abs((half * .rpm(101.3) - flow).millilitersPerMinute - expected) < 1)
  }

  @Test("Without an outlet pressure nothing is corrected; a leak never turns the flow round")
  func bounds() {
    let correction = LeakCorrection(leak: .millilitersPerMinutePerMmHg(5))
    let blind = correction.flow(
      stroke: half, speed: .rpm(10), outlet: lost(.mmHg(300)), inlet: valid(.zero))
    #expect(blind.millilitersPerMinute == 450)
    let swamped = correction.flow(
      stroke: half, speed: .rpm(10), outlet: valid(.mmHg(300)), inlet: valid(.zero))
    #expect(swamped == .zero)
    let ahead = correction.flow(
      stroke: half, speed: .rpm(10), outlet: valid(.mmHg(-50)), inlet: valid(.zero))
    #expect(ahead.millilitersPerMinute == 450)
  }

  @Test(
    "Loss of occlusion needs 5 s below 92 % with an inlet that is not starved",
    .verifies("HZ-18"))
  func loss() {
    var watch = OcclusionLoss()
    func go(_ share: Double, inlet: Double, seconds: Double) {
      for _ in 0..<Int(seconds * 200) {
        watch.update(
          probe: valid(.litersPerMinute(4.5 * share)), stroke: half, speed: valid(.rpm(100)),
          inlet: valid(.mmHg(inlet)), step: .milliseconds(5))
      }
    }
    go(0.93, inlet: 0, seconds: 60)
    #expect(!watch.isLost)
    go(0.9, inlet: -80, seconds: 60)
    #expect(!watch.isLost)
    go(0.9, inlet: 0, seconds: 4.9)
    #expect(!watch.isLost)
    go(0.9, inlet: 0, seconds: 0.2)
    #expect(watch.isLost)
    go(0.95, inlet: 0, seconds: 0.1)
    #expect(!watch.isLost)
  }
}
