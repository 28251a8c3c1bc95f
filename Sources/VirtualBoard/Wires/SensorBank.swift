import ChipDrivers
import PerfusionCore

/// All analogue sensors of a board. Chips ask it for what stands at their inputs when they
/// sample, so nothing is worked out that nobody measures.
final class SensorBank {
  /// The wired analogue sensors.
  private(set) var channels: [SensorChannel] = []
  private var random: SplitMix64

  /// No sensors; noise is drawn from `random`.
  init(random: SplitMix64) { self.random = random }

  /// Adds a sensor and says its number.
  func add(
    _ wiring: SensorWiring, inverse: CalibrationInverse, rails: InputRails,
    truth: Double, errors: inout SplitMix64
  ) -> Int {
    channels.append(
      SensorChannel(wiring, inverse: inverse, rails: rails, truth: truth, random: &errors))
    return channels.count - 1
  }

  /// Moves one sensor on by a millisecond; see `SensorChannel.step`.
  func step(_ index: Int, truth: Double, slope: Double, at now: Instant) {
    channels[index].step(truth, slope: slope, at: now)
  }

  /// What stands at the input that a sensor is wired to.
  func input(_ index: Int, at now: Instant) -> Double {
    channels[index].input(at: now, random: &random)
  }

  /// Applies or ends a fault of a sensor.
  func setFault(_ index: Int, _ word: FaultWord?, random: SplitMix64) {
    channels[index].setFault(word, random: random)
  }
}
