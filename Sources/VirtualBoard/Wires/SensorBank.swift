import ChipDrivers
import PerfusionCore

/// All analogue sensors of a board. Chips ask it for what stands at their inputs when they
/// sample, so nothing is worked out that nobody measures.
final class SensorBank {
  /// The wired analogue sensors.
  var channels: [SensorChannel] { stage.channels }
  /// What each of them measures.
  private(set) var sites: [SensorSite] = []
  private var stage = Stage()
  private let curves: CurveInverses
  private var random: SplitMix64

  /// No sensors; noise is drawn from `random`.
  init(curves: CurveInverses, random: SplitMix64) {
    self.curves = curves
    self.random = random
  }

  /// Adds a sensor and says its number.
  func add(
    _ wiring: SensorWiring, rails: InputRails, truth: Double, errors: inout SplitMix64
  ) -> Int {
    let channel = SensorChannel(
      wiring, rails: rails, curves: curves, truth: truth, random: &errors)
    stage.channels.append(channel)
    stage.outputs.append(channel.output)
    sites.append(wiring.site)
    stage.sort()
    return sites.count - 1
  }

  /// Moves all sensors on by a millisecond; `truth` gives the true value at a site and how fast it
  /// moves, as in `SensorChannel.step`.
  func step(at now: Instant, truth: (SensorSite) -> (value: Double, slope: Double)) {
    stage.step(sites, at: now, truth: truth)
  }

  /// What stands at the input that a sensor is wired to, in the unit of the chip's net.
  func input(_ index: Int, at now: Instant) -> Double {
    let output = stage.outputs[index]
    switch output.mode {
    case .open: return output.openInput
    case .random:
      let wiring = stage.channels[index].wiring
      let value = random.between(wiring.lowest, wiring.highest)
      return output.inverse.input(value, curves: curves)
    case .stuck:
      let value = output.shown * output.gain + output.offset
      return output.inverse.input(value, curves: curves)
    case .measures:
      let noise = output.noise > 0 ? random.bell() * output.noise : 0
      let value = output.value(at: now) * output.gain + output.offset + noise
      return output.inverse.input(value, curves: curves)
    }
  }

  /// Applies or ends a fault of a sensor.
  func setFault(_ index: Int, _ word: FaultWord?, random: SplitMix64) {
    stage.channels[index].setFault(word, random: random)
    stage.outputs[index] = stage.channels[index].output
    stage.sort()
  }

  /// The sensors and what each gives, side by side.
  private struct Stage {
    var channels: [SensorChannel] = []
    var outputs: [SensorOutput] = []

    /// Sensors that move on every millisecond.
    var fast: [Int] = []
    /// Sensors that move on by ten milliseconds, by the millisecond at which they do.
    var slow: [[Int]] = Array(repeating: [], count: TransducerLag.slowMilliseconds)

    /// Sorts the sensors by how often they move on.
    mutating func sort() {
      fast = channels.indices.filter { !channels[$0].maySkip }
      for due in slow.indices {
        slow[due] = channels.indices.filter {
          channels[$0].maySkip && $0 % TransducerLag.slowMilliseconds == due
        }
      }
    }

    @inline(__always) mutating func step(
      _ sites: [SensorSite], at now: Instant,
      truth: (SensorSite) -> (value: Double, slope: Double)
    ) {
      let due = Int(now.microseconds / 1000) % TransducerLag.slowMilliseconds
      for index in slow[due] {
        channels[index].slowStep(truth(sites[index]).value)
        outputs[index].shown = channels[index].shown
      }
      for index in fast {
        let (value, slope) = truth(sites[index])
        if channels[index].step(value, slope: slope, at: now) {
          outputs[index] = channels[index].output
        } else {
          outputs[index].shown = channels[index].shown
          outputs[index].slope = slope
          outputs[index].steppedAt = now.microseconds
        }
      }
    }
  }
}
