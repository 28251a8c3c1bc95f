import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Venous occluder")
struct VenousOccluderTests {
  private static func occluder() -> VenousOccluder {
    var configuration = OccluderConfiguration()
    configuration.isFitted = true
    return VenousOccluder(configuration)
  }

  /// Follows the command and gives the time until it stands.
  private func travel(_ occluder: inout VenousOccluder, to end: Fraction) -> Double {
    var time = 0.0
    while occluder.command != end && time < 10 {
      let position = occluder.command
      _ = occluder.update(measured: valid(position), step: .milliseconds(5))
      time += 0.005
    }
    return time
  }

  @Test("It closes in 2 s and opens in 0.5 s")
  func speeds() {
    var occluder = Self.occluder()
    #expect(occluder.request(.zero, isConfirmed: true, arterialFlow: valid(.zero)) == nil)
    #expect(abs(travel(&occluder, to: .zero) - 2) < 0.02)
    #expect(occluder.request(.one, isConfirmed: false, arterialFlow: valid(.zero)) == nil)
    #expect(abs(travel(&occluder, to: .one) - 0.5) < 0.02)
  }

  @Test(
    "Closing below 20 % while the arterial pump delivers needs a confirmation",
    .verifies("HZ-02"))
  func confirmation() {
    var occluder = Self.occluder()
    let flowing = valid(Flow.litersPerMinute(0.6))
    #expect(
      occluder.request(.of(0.15), isConfirmed: false, arterialFlow: flowing)
        == .needsConfirmation)
    #expect(occluder.target == .one)
    #expect(
      occluder.request(.of(0.15), isConfirmed: false, arterialFlow: lost(.zero))
        == .needsConfirmation)
    #expect(occluder.request(.of(0.2), isConfirmed: false, arterialFlow: flowing) == nil)
    #expect(occluder.request(.of(0.1), isConfirmed: true, arterialFlow: flowing) == nil)
    #expect(
      occluder.request(.of(0.1), isConfirmed: false, arterialFlow: valid(.litersPerMinute(0.4)))
        == nil)
    #expect(occluder.request(.of(1.1), isConfirmed: true, arterialFlow: flowing) == .outOfRange)
    var absent = VenousOccluder(OccluderConfiguration())
    #expect(absent.request(.one, isConfirmed: true, arterialFlow: flowing) == .notFitted)
  }

  @Test(
    "A position that does not follow is found after 2 s and the command is held",
    .verifies("AL-36"))
  func deviation() {
    var occluder = Self.occluder()
    #expect(occluder.request(.of(0.2), isConfirmed: true, arterialFlow: valid(.zero)) == nil)
    var last = Fraction.one
    for count in 1...1000 {
      last = occluder.update(measured: valid(.one), step: .milliseconds(5))
      if count < 430 { #expect(!occluder.isDeviating) }
    }
    #expect(occluder.isDeviating)
    #expect(occluder.target == last)
    #expect(occluder.request(.one, isConfirmed: false, arterialFlow: valid(.zero)) == nil)
    #expect(!occluder.isDeviating)
  }

  @Test("A lost position sensor leaves the occluder where it is told")
  func lostPosition() {
    var occluder = Self.occluder()
    for _ in 0..<2000 {
      let command = occluder.update(measured: lost(.zero), step: .milliseconds(5))
      #expect(command == .one)
    }
    #expect(!occluder.isDeviating)
  }

  @Test("Isolation closes without asking")
  func isolation() {
    var occluder = Self.occluder()
    occluder.closeToIsolate()
    #expect(abs(travel(&occluder, to: .zero) - 2) < 0.02)
  }
}
