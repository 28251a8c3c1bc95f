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
  /// Sensors that move on every millisecond, the frequent kinds by themselves: where the kind is
  /// known, reading the truth is one load.
  private var pressures: [Place<PressureSite>] = []
  private var flows: [Place<FlowSite>] = []
  private var currents: [Place<UInt8>] = []
  private var fast: [Place<SensorSite>] = []
  /// Those of them whose truth moves far in a millisecond.
  private var rotors: [Place<SensorSite>] = []
  /// Sensors that move on by ten milliseconds, by the millisecond at which they do.
  private var slow: [[Place<SensorSite>]] = Array(
    repeating: [], count: TransducerLag.slowMilliseconds)

  /// A sensor by its number, with its site beside it.
  private struct Place<Site: BitwiseCopyable>: BitwiseCopyable {
    let index: Int
    let site: Site
  }

  /// Sorts the sensors by how often they move on.
  mutating func sort(_ channels: [SensorChannel]) {
    let places = channels.indices.map { Place(index: $0, site: channels[$0].wiring.site) }
    let skips = channels.indices.map { channels[$0].maySkip(lags[$0]) }
    sortFast(places.filter { !skips[$0.index] })
    rotors = places.filter { channels[$0.index].kind == .rotor }
    faulty = channels.indices.filter { channels[$0].isFaulty }
    for due in slow.indices {
      slow[due] = places.filter {
        skips[$0.index] && $0.index % TransducerLag.slowMilliseconds == due
      }
    }
  }

  private mutating func sortFast(_ places: [Place<SensorSite>]) {
    (pressures, flows, currents, fast) = ([], [], [], [])
    for place in places {
      switch place.site {
      case .pressure(let site): pressures.append(Place(index: place.index, site: site))
      case .flow(let site): flows.append(Place(index: place.index, site: site))
      case .motorCurrent(let pump): currents.append(Place(index: place.index, site: pump))
      default: fast.append(place)
      }
    }
  }

  /// Moves all sensors on by the millisecond that ends at `now`; see `SensorBank.step`.
  @inline(__always) mutating func step(
    at now: Instant, truth: (SensorSite) -> Double, slope: (SensorSite) -> Double
  ) {
    let due = Int(now.microseconds / 1000) % TransducerLag.slowMilliseconds
    for place in slow[due] {
      lags[place.index].slowStep(truth(place.site))
      outputs[place.index].shown = lags[place.index].value
    }
    Self.step(pressures, &lags, &outputs) { truth(.pressure($0)) }
    Self.step(flows, &lags, &outputs) { truth(.flow($0)) }
    Self.step(currents, &lags, &outputs) { truth(.motorCurrent($0)) }
    Self.step(fast, &lags, &outputs, truth)
    for place in rotors {
      outputs[place.index].slope = slope(place.site)
      outputs[place.index].steppedAt = now.microseconds
    }
  }

  @inline(__always) private static func step<Site: BitwiseCopyable>(
    _ places: [Place<Site>], _ lags: inout [TransducerLag], _ outputs: inout [SensorOutput],
    _ truth: (Site) -> Double
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
