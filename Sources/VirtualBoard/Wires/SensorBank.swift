import ChipDrivers
import PerfusionCore

/// All analogue sensors of a board. Chips ask it for what stands at their inputs when they
/// sample, so nothing is worked out that nobody measures.
final class SensorBank {
  /// The wired analogue sensors.
  private(set) var channels: [SensorChannel] = []
  private var stage = SensorStage()
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
    let channel = SensorChannel(wiring, random: &errors)
    channels.append(channel)
    stage.lags.append(channel.lag(settledAt: truth))
    stage.outputs.append(channel.output(showing: truth, rails: rails, curves: curves))
    stage.sort(channels)
    return channels.count - 1
  }

  /// Moves all sensors on by a millisecond.
  ///
  /// - Parameters:
  ///   - now: The end of the millisecond.
  ///   - truth: Gives the true value at a site.
  ///   - rotor: Gives the encoder counts of a pump and how fast they grow, a second: rotors turn
  ///     far between milliseconds.
  @inline(__always) func step(
    at now: Instant, truth: (SensorSite) -> Double,
    rotor: (UInt8) -> (counts: Double, slope: Double)
  ) {
    stage.step(at: now, truth: truth, rotor: rotor)
    for index in stage.faulty { channels[index].stepFault(&stage.outputs[index]) }
  }

  /// What a sensor's transducer shows, without fault, tolerance and noise.
  func shown(_ index: Int) -> Double { stage.lags[index].value }

  /// The wire of a sensor is open now.
  func isOpen(_ index: Int) -> Bool { stage.outputs[index].mode == .open }

  /// What stands at the input that a sensor is wired to, in the unit of the chip's net.
  func input(_ index: Int, at now: Instant) -> Double {
    let output = stage.outputs[index]
    switch output.mode {
    case .open: return output.openInput
    case .random:
      let wiring = channels[index].wiring
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

  /// The next sensor of the same kind, from the last one back to the first; itself when it is alone.
  private func neighbour(_ index: Int) -> Int {
    let kind = channels[index].kind
    let count = channels.count
    return (1..<count).map { (index + $0) % count }.first { channels[$0].kind == kind } ?? index
  }

  /// Exchanges what two sensors measure, or gives both their own site back.
  private func exchange(_ index: Int, isSwapped: Bool) {
    let other = neighbour(index)
    channels[index].measures = channels[isSwapped ? other : index].wiring.site
    channels[other].measures = channels[isSwapped ? index : other].wiring.site
  }

  /// Applies or ends a fault of a sensor.
  func setFault(_ index: Int, _ word: FaultWord?, random: SplitMix64) {
    let shown = stage.lags[index].value
    let wasSlow = channels[index].isSlow
    if word == .swapped || channels[index].isSwapped {
      exchange(index, isSwapped: word == .swapped)
    }
    channels[index].setFault(
      word, showing: shown, random: random, output: &stage.outputs[index])
    if wasSlow || channels[index].isSlow {
      stage.lags[index] = channels[index].lag(settledAt: shown)
    }
    stage.sort(channels)
  }
}
