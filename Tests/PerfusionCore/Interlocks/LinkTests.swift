import TestSupport
import Testing

@testable import PerfusionCore

@Suite("Pumps stop with those that they are linked to, and with no others")
struct LinkTests {
  /// An arterial pump and others, each with its role and the pumps that it stops with.
  private func machine(_ others: (PumpRole, UInt8)...) -> MachineConfiguration {
    var machine = MachineConfiguration()
    machine.pumps.append(PumpConfiguration())
    for (role, links) in others {
      var pump = PumpConfiguration()
      pump.role = role
      pump.stopsWithPumps = links
      machine.pumps.append(pump)
    }
    machine.responses[0, .arterialAir] = .stop
    return machine
  }

  /// Interlocks after some ticks of a stop of this pump.
  private func stopped(
    _ pump: Int, _ machine: MachineConfiguration, ticks: Int = 1, phase: Phase = .onBypass
  ) -> Interlocks {
    var interlocks = Interlocks(configuration: machine)
    var facts = InterlockFacts()
    facts.set(.overspeed, pump: pump, true)
    for _ in 0..<ticks { interlocks.update(facts: facts, phase: phase, started: 0xFF) }
    return interlocks
  }

  @Test(
    "A chain of links stops its end in the same tick, in either order", .verifies("HZ-33", "R5"))
  func chain() {
    for links in [
      [(PumpRole.cardioplegia, 0b1), (.crystalloid, 0b10), (.sucker, 0)],
      [(.crystalloid, 0b100), (.cardioplegia, 0b1), (.sucker, 0)],
    ] as [[(PumpRole, UInt8)]] {
      let interlocks = stopped(0, machine(links[0], links[1], links[2]))
      for pump in 1..<3 { #expect(interlocks.verdicts[pump].reason == .stoppedWithLink) }
      #expect(interlocks.verdicts[3].grade == .none)
    }
  }

  @Test("Four links in a row stop together, whatever their order", .verifies("R5"))
  func longChain() {
    let interlocks = stopped(
      0,
      machine(
        (.crystalloid, 0b100), (.crystalloid, 0b1000), (.crystalloid, 0b10000), (.crystalloid, 1)))
    for pump in 1..<5 { #expect(interlocks.verdicts[pump].grade == .stop) }
  }

  @Test("Vents and suckers never stop with the primary pump, but with others", .verifies("R5"))
  func drains() {
    for role in [PumpRole.vent, .sucker, .secondSucker] {
      let linked = machine((.cardioplegia, 0b1), (role, 0b11))
      #expect(stopped(1, linked).verdicts[2].grade == .stop)
      let direct = machine((.cardioplegia, 0), (role, 0b1))
      #expect(stopped(0, direct).verdicts[2].grade == .none)
    }
  }

  @Test("A pump that is linked to itself can be resumed all the same", .verifies("R6"))
  func selfLink() {
    var interlocks = stopped(1, machine((.cardioplegia, 0b10)))
    for _ in 0..<400 {
      interlocks.update(facts: InterlockFacts(), phase: .onBypass, started: 0xFF)
    }
    #expect(interlocks.resume(1) == nil)
  }

  @Test("Links hold where somebody depends on the machine", .verifies("HZ-33"))
  func phases() {
    for phase in RowDrive.phases {
      let grade = stopped(0, machine((.cardioplegia, 0b1)), phase: phase).verdicts[1].grade
      #expect((grade == .stop) == phase.dependsOnMachine)
    }
  }

  @Test("A link only stops a pump that runs, and hides no higher grade")
  func lesser() {
    var interlocks = Interlocks(configuration: machine((.cardioplegia, 0b1)))
    var facts = InterlockFacts()
    facts.set(.arterialAir, true)
    interlocks.update(facts: facts, phase: .onBypass, started: 0b01)
    #expect(interlocks.verdicts[1].grade < .hold)
    facts.set(.overspeed, pump: 1, true)
    interlocks.update(facts: facts, phase: .onBypass, started: 0b11)
    #expect(interlocks.verdicts[1].grade == .forcedStop)
    #expect(interlocks.verdicts[1].reason == .torqueOff)
    #expect(interlocks.verdicts[1].causeStands && interlocks.verdicts[1].needsResume)
  }

  @Test("Air before the patient holds the primary pump whatever the board file says")
  func airHolds() {
    for response in [Response.none, .alarm, .regulate, .hold, .stop] {
      var machine = machine((.cardioplegia, 0))
      machine.responses[0, .arterialAir] = response
      machine.responses[1, .arterialAir] = response
      var interlocks = Interlocks(configuration: machine)
      var facts = InterlockFacts()
      facts.set(.arterialAir, true)
      interlocks.update(facts: facts, phase: .onBypass, started: 0b11)
      #expect(interlocks.verdicts[0].grade == (response == .stop ? .stop : .zeroFlow))
      #expect(interlocks.verdicts[1].grade == response.grade)
    }
  }
}
