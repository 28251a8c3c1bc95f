import PerfusionCore
import TestSupport
import Testing

@testable import VirtualBoard

/// Heater circuit, mains and battery.
@Suite("Heat and power")
struct HeatAndPowerTests {
  private func water() -> WaterHardware {
    WaterHardware(configuration: WaterCircuitConfiguration(), hasContactor: true)
  }

  private func step(_ water: inout WaterHardware, _ count: Int, degrees: Double, mains: Bool = true)
  {
    for millisecond in 0..<count {
      water.step(
        mains: mains, water: degrees, at: Instant(microseconds: Int64(millisecond) * 1000))
    }
  }

  @Test("A heater needs its relay, its contactor and mains")
  func series() {
    var water = water()
    water.heater.isCommanded = true
    step(&water, 10, degrees: 30)
    #expect(water.state.heaterWatts == 0)
    water.contactor.isCommanded = true
    step(&water, 10, degrees: 30)
    #expect(water.state.heaterWatts == 1800)
    step(&water, 10, degrees: 30, mains: false)
    #expect(water.state.heaterWatts == 0)
  }

  @Test("A welded heater relay is cut by the contactor", .verifies("HZ-22"))
  func welded() {
    var water = water()
    water.contactor.isCommanded = true
    water.heater.setFault(.stuck, random: SplitMix64(seed: 1))
    step(&water, 10, degrees: 30)
    #expect(water.state.heaterWatts == 1800)
    water.contactor.isCommanded = false
    step(&water, 10, degrees: 30)
    #expect(water.state.heaterWatts == 0)
  }

  @Test("The cut-out opens the heater circuit above 43 degC and stays open", .verifies("HZ-22"))
  func cutOut() {
    var water = water()
    water.contactor.setFault(.stuck, random: SplitMix64(seed: 1))
    water.heater.setFault(.stuck, random: SplitMix64(seed: 2))
    step(&water, 10_000, degrees: 42.9)
    #expect(!water.cutOut.isTripped && water.state.heaterWatts > 0)
    step(&water, 5000, degrees: 43.5)
    #expect(water.cutOut.isTripped && water.state.heaterWatts == 0)
    step(&water, 5000, degrees: 20)
    #expect(water.state.heaterWatts == 0)
    water.cutOut.reset()
    step(&water, 10, degrees: 20)
    #expect(water.state.heaterWatts == 1800)
  }

  @Test("Each word that a relay knows is seen at its contact", arguments: Relay.faultWords)
  func everyRelayWord(word: FaultWord) {
    var sound = Relay(welds: true)
    var faulty = Relay(welds: true)
    faulty.setFault(word, random: SplitMix64(seed: 7))
    var differences = 0
    for millisecond in 0..<2000 {
      let now = Instant(microseconds: Int64(millisecond) * 1000)
      let isCommanded = millisecond / 400 % 2 == 1
      sound.isCommanded = isCommanded
      faulty.isCommanded = isCommanded
      if sound.step(at: now) != faulty.step(at: now) { differences += 1 }
    }
    #expect(differences > 100)
  }

  @Test("A dip of 20 ms is carried by the bus capacitor even without a battery", .verifies("HZ-30"))
  func shortDip() {
    let supply = Supply(capacity: 10)
    supply.setBatteryFault(.off)
    supply.mainsIsLive = false
    for _ in 0..<20 {
      supply.step(driveWatts: 100)
      #expect(supply.driveIsSupplied)
    }
    for _ in 0..<500 { supply.step(driveWatts: 100) }
    #expect(!supply.driveIsSupplied)
    supply.mainsIsLive = true
    supply.step(driveWatts: 100)
    #expect(supply.driveIsSupplied)
  }

  @Test("The battery takes over without a gap and mains-good falls within 5 ms", .verifies("HZ-30"))
  func battery() {
    let supply = Supply(capacity: 10)
    supply.mainsIsLive = false
    for millisecond in 1...30_000 {
      supply.step(driveWatts: 100)
      if millisecond >= 5 { #expect(!supply.mainsGood) }
      guard supply.driveIsSupplied else {
        Issue.record("no supply after \(millisecond) ms")
        return
      }
    }
    #expect(supply.charge < 9.97 && supply.batteryCurrent > 4)
  }

  @Test("An empty battery lets the drives run down", .verifies("HZ-31"))
  func empty() {
    let supply = Supply(capacity: 10)
    supply.setCharge(0.01)
    supply.mainsIsLive = false
    var lasted = 0
    while supply.driveIsSupplied && lasted < 60_000 {
      supply.step(driveWatts: 100)
      lasted += 1
    }
    #expect(lasted > 1000 && lasted < 20_000)
    #expect(!supply.driveIsSupplied)
  }
}
