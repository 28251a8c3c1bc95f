@testable import PerfusionCore

/// A roller pump against a closed clamp: a compliance that two rollers fill and let leak, each
/// half a turn long, with ripple; written from docs/domain.md 2.3 and 2.4.
struct ClampedLine {
  var stroke = 45.0
  var compliance = 0.5
  var leakFirst = 0.1
  var leakSecond = 0.1
  var ripple = 0.25
  var pressure = 3.0
  var turns = 0.0
  var speed = 0.0
  /// The drive does not turn.
  var isJammed = false
  /// Added leak at the widest gap; the leak grows with the cube of the gap.
  var gapLeak = 40.0
  var gap = 0.0

  var leak: Double {
    let phase = turns - turns.rounded(.down)
    return (phase < 0.5 ? leakFirst : leakSecond) + gapLeak * gap * gap * gap
  }

  mutating func step(command: RotationalSpeed, seconds: Double) {
    speed += (command.revolutionsPerMinute - speed) * min(seconds / 0.05, 1)
    if isJammed { speed = 0 }
    let before = turns
    turns += speed * seconds / 60
    // Position of the liquid in the rollers' cycle: a triangle wave twice a turn.
    func displaced(_ turns: Double) -> Double {
      let place = turns * 2 - (turns * 2).rounded(.down)
      return turns + ripple * 0.16 * (place < 0.5 ? place : 1 - place)
    }
    let inflow = stroke * (displaced(turns) - displaced(before))
    pressure += (inflow - leak * (pressure - 3) / 60 * seconds) / compliance
    pressure = max(pressure, 3)
  }

  func inputs(clampClosed: Bool = true, phase: Phase = .setup) -> OcclusionTestInputs {
    OcclusionTestInputs(
      line: Reading(.mmHg((pressure * 2).rounded() / 2), takenAt: .start),
      turned: Reading(.turns((turns * 4096).rounded(.down) / 4096), takenAt: .start),
      isClampClosed: clampClosed, phase: phase)
  }

  var measuredSpeed: Reading<RotationalSpeed> { Reading(.rpm(speed), takenAt: .start) }
}
