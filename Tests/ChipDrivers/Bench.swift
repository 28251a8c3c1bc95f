import ChipDrivers
import PerfusionCore

/// One driver on a fake wire, visited at a fixed interval of virtual time.
struct Bench {
  var wire = FakeWire()
  var driver: ChipDriver
  var samples = ChannelSamples()
  var outputs = ChannelOutputs()
  var now = Instant(microseconds: 1_000_000)
  var interval: Int64
  var errors: [BusError] = []

  init(
    _ part: ChipPart, at address: UInt8, _ chip: (any FakeChip)?, every interval: Int64 = 5000,
    pins: ExpanderPins = ExpanderPins()
  ) {
    var wiring = ChipWiring()
    wiring.part = part
    wiring.address = I2CAddress(address)
    driver = ChipDriver(wiring, pins: pins)
    self.interval = interval
    if let chip { wire.chips[address] = chip }
  }

  /// Carries out visits; errors are kept in `errors`.
  mutating func visit(_ count: Int = 1) {
    var bus = FakeBus(wire: wire)
    for _ in 0..<count {
      do throws(BusError) {
        try driver.visit(bus: &bus, now: now, samples: &samples, outputs: &outputs)
      } catch {
        errors.append(error)
      }
      now = now.advanced(microseconds: interval)
    }
  }

  func value(_ channel: Int) -> Double { samples[channel].value }
  func quality(_ channel: Int) -> Quality { samples[channel].quality }
}
