import ChipDrivers
import PerfusionCore

/// What moves in the sensors of a board: their lags and what each gives, side by side.
struct SensorStage {
  /// The transducers, by the sensor's number.
  var lags: [TransducerLag] = []
  /// What each sensor gives.
  var outputs: [SensorOutput] = []
  /// Sensors with a fault.
  private(set) var faulty: [Int] = []
  /// Sensors that move on every millisecond.
  private var fast: [Place] = []
  /// Those of them whose truth moves far in a millisecond.
  private var rotors: [Place] = []
  /// Sensors that move on by ten milliseconds, by the millisecond at which they do.
  private var slow: [[Place]] = Array(repeating: [], count: TransducerLag.slowMilliseconds)

  /// A sensor by its number, with its site beside it.
  private struct Place: BitwiseCopyable {
    let index: Int
    let site: SensorSite
  }

  /// Sorts the sensors by how often they move on.
  mutating func sort(_ channels: [SensorChannel]) {
    let places = channels.indices.map { Place(index: $0, site: channels[$0].wiring.site) }
    let skips = channels.indices.map { channels[$0].maySkip(lags[$0]) }
    fast = places.filter { !skips[$0.index] }
    rotors = places.filter { channels[$0.index].kind == .rotor }
    faulty = channels.indices.filter { channels[$0].isFaulty }
    for due in slow.indices {
      slow[due] = places.filter {
        skips[$0.index] && $0.index % TransducerLag.slowMilliseconds == due
      }
    }
  }

  /// Moves all sensors on by the millisecond that ends at `now`; see `SensorBank.step`.
  @inline(__always) mutating func step(
    at now: Instant, truth: (SensorSite) -> Double, slope: (SensorSite) -> Double
  ) {
    let due = Int(now.microseconds / 1000) % TransducerLag.slowMilliseconds
    Self.moveSlow(slow[due], &lags, &outputs, truth)
    Self.moveFast(fast, &lags, &outputs, truth)
    for place in rotors {
      outputs[place.index].slope = slope(place.site)
      outputs[place.index].steppedAt = now.microseconds
    }
  }

  @inline(__always) private static func moveSlow(
    _ places: [Place], _ lags: inout [TransducerLag], _ outputs: inout [SensorOutput],
    _ truth: (SensorSite) -> Double
  ) {
    for place in places {
      lags[place.index].slowStep(truth(place.site))
      outputs[place.index].shown = lags[place.index].value
    }
  }

  @inline(__always) private static func moveFast(
    _ places: [Place], _ lags: inout [TransducerLag], _ outputs: inout [SensorOutput],
    _ truth: (SensorSite) -> Double
  ) {
    // Spans: one look at each array's owner for a millisecond, not one for each sensor.
    var lags = lags.mutableSpan
    var outputs = outputs.mutableSpan
    let places = places.span
    for number in places.indices {
      let place = places[number]
      lags[place.index].step(truth(place.site))
      outputs[place.index].shown = lags[place.index].value
    }
  }
}
