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
  /// Sound rotors, which have no lag and move far in a millisecond.
  private var rotors: [Place<UInt8>] = []
  /// Rotors with a fault, which moves on with `fast`.
  private var faultyRotors: [Place<UInt8>] = []
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
    let places = channels.indices.map { Place(index: $0, site: channels[$0].measures) }
    let skips = channels.indices.map { channels[$0].maySkip(lags[$0]) }
    sortFast(places.filter { !skips[$0.index] }, channels)
    faulty = channels.indices.filter { channels[$0].isFaulty }
    for due in slow.indices {
      slow[due] = places.filter {
        skips[$0.index] && $0.index % TransducerLag.slowMilliseconds == due
      }
    }
  }

  private mutating func sortFast(_ places: [Place<SensorSite>], _ channels: [SensorChannel]) {
    (pressures, flows, currents, fast) = ([], [], [], [])
    (rotors, faultyRotors) = ([], [])
    for place in places {
      switch place.site {
      case .rotor(let pump) where !channels[place.index].isFaulty:
        rotors.append(Place(index: place.index, site: pump))
      case .rotor(let pump):
        faultyRotors.append(Place(index: place.index, site: pump))
        fast.append(place)
      case .pressure(let site): pressures.append(Place(index: place.index, site: site))
      case .flow(let site): flows.append(Place(index: place.index, site: site))
      case .motorCurrent(let pump): currents.append(Place(index: place.index, site: pump))
      default: fast.append(place)
      }
    }
  }

  /// Moves all sensors on by the millisecond that ends at `now`; see `SensorBank.step`.
  @inline(__always) mutating func step(
    at now: Instant, truth: (SensorSite) -> Double,
    rotor: (UInt8) -> (counts: Double, slope: Double)
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
    Self.turn(rotors, now, &lags, &outputs) { rotor($0) }
    for place in faultyRotors {
      outputs[place.index].slope = rotor(place.site).slope
      outputs[place.index].steppedAt = now.microseconds
    }
  }

  /// A sound rotor shows its angle as it is.
  @inline(__always) private static func turn(
    _ places: [Place<UInt8>], _ now: Instant, _ lags: inout [TransducerLag],
    _ outputs: inout [SensorOutput], _ rotor: (UInt8) -> (counts: Double, slope: Double)
  ) {
    var lags = lags.mutableSpan
    var outputs = outputs.mutableSpan
    let places = places.span
    for number in places.indices {
      let place = places[number]
      let shown = rotor(place.site)
      lags[place.index].settle(at: shown.counts)
      outputs[place.index].shown = shown.counts
      outputs[place.index].slope = shown.slope
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
