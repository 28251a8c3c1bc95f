import TestSupport
import Testing

@testable import PerfusionCore

@Suite("A dead buzzer is found before a patient comes on")
struct SignalsHeardTests {
  @Test(
    "Without a person who heard buzzer and saw lamps there is no bypass", .verifies("C1", "R4"))
  func blocks() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.goOnBypass(flow: 4.5, without: .signalsHeard)
    #expect(machine.controller.status.phase != .onBypass)
    let missing = machine.seen.compactMap {
      if case .missing(let items) = $0 { items } else { nil }
    }
    var only = Checklist.none
    only.set(.signalsHeard, true)
    #expect(missing.last == only)
    machine.ask(.confirmItem(.signalsHeard, true))
    machine.run(seconds: 0.5)
    machine.ask(.requestPhase(.onBypass))
    machine.run(seconds: 1)
    #expect(machine.controller.status.phase == .onBypass)
  }

  @Test("Nobody can have heard them before the self test gave them")
  func notBefore() {
    var machine = PaperMachine(PaperMachine.adult())
    machine.run(seconds: 1)
    let early = machine.answer(.confirmItem(.signalsHeard, true))
    let isRefused = machine.isRefused(early, .wrongPhase)
    #expect(isRefused)
    machine.run(seconds: 11)
    #expect(!machine.controller.status.checklist.contains(.signalsHeard))
    let heard = machine.answer(.confirmItem(.signalsHeard, true))
    #expect(heard.map { "\($0)" } == "accepted")
    machine.run(seconds: 1)
    #expect(machine.controller.status.checklist.contains(.signalsHeard))
    let taken = machine.answer(.confirmItem(.signalsHeard, false))
    #expect(taken.map { "\($0)" } == "accepted")
  }

  @Test("Every kind of machine asks for it", arguments: [MachineKind.bypass, .ecmo, .organ])
  func everyKind(_ kind: MachineKind) {
    var machine = PaperMachine.adult()
    machine.kind = kind
    #expect(Checklist.required(for: machine).contains(.signalsHeard))
  }
}
