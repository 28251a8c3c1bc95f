import TestSupport
import Testing

@testable import PerfusionCore

/// What the interlocks say and refuse, and what they make of numbers that mean nothing.
@Suite("The interlocks say what they watch and refuse what cannot be")
struct WordsTests {
  @Test("Every row says in words what it watches and when it is over, each in its own")
  func words() {
    var conditions: Set<String> = []
    let machine = (0..<MachineRow.count).compactMap { MachineRow(rawValue: UInt8($0))?.words }
    let pump = (0..<PumpRow.count).compactMap { PumpRow(rawValue: UInt8($0))?.words }
    #expect(machine.count == MachineRow.count && pump.count == PumpRow.count)
    for words in machine + pump {
      let condition = "\(words.condition)"
      #expect(condition.count >= 10 && condition.count <= 120, "\(condition)")
      #expect(!condition.hasSuffix(".") && !"\(words.clears)".isEmpty)
      #expect(conditions.insert(condition).inserted, "\(condition) stands for two rows")
    }
  }

  @Test("Each latch has a rule of its own for how the pump comes back", .verifies("R6"))
  func restartRules() {
    let rules = [Latch.none, .signal, .reaction].map { "\($0.restartRule)" }
    #expect(Set(rules).count == 3)
    #expect(rules[0].contains("by itself") && rules[1].contains("reset"))
    #expect(rules[2].contains("RESUME"))
  }

  @Test("Rows, pumps and events behind the last one mean nothing", .verifies("R3"))
  func outOfRange() {
    #expect(MachineRow(rawValue: UInt8(MachineRow.count)) == nil)
    #expect(PumpRow(rawValue: UInt8(PumpRow.count)) == nil)
    var facts = InterlockFacts()
    facts.set(.overspeed, pump: -1, true)
    facts.set(.overspeed, pump: 8, true)
    #expect(facts.pumps[0] == 0 && facts.pumps[7] == 0 && facts.machine == 0)
    for pump in 0..<8 {
      facts.set(.overspeed, pump: pump, true)
      #expect(facts.pumps[pump] != 0 && (pump == 7 || facts.pumps[pump + 1] == 0))
    }
    var timing = RowTiming<4>()
    let row = MachineRow.arterialAirSensor.row
    for index in [-1, 4, 5] { timing.learn(index, row, MachineConfiguration()) }
    #expect(timing.blocksStart == 0)
    var full = MachineConfiguration()
    for _ in 0..<8 { full.pumps.append(PumpConfiguration()) }
    var all = Interlocks(configuration: full)
    all.update(facts: facts, phase: .onBypass, started: 0xFF)
    for pump in -1...9 {
      #expect(all.isActive(.overspeed, pump: pump) == (0..<8).contains(pump))
      #expect(!all.isActive(.slip, pump: pump))
      #expect((all.resume(pump) == .noSuchPump) == !(0..<8).contains(pump))
    }
    var machine = MachineConfiguration()
    machine.pumps.append(PumpConfiguration())
    var interlocks = Interlocks(configuration: machine)
    for pump in [-1, 1, 8] {
      #expect(interlocks.override(pump, .arterialAir) == .noSuchPump)
      #expect(interlocks.endOverride(pump, .arterialAir) == .noSuchPump)
    }
    #expect(interlocks.endOverride(0, .arterialAir) == .nothingToDo)
    #expect(interlocks.override(0, .arterialAir) == nil)
    #expect(interlocks.hasOverride)
    #expect(interlocks.endOverride(0, .arterialAir) == nil)
    #expect(!interlocks.hasOverride)
  }

  @Test("A response of none leaves the pump alone and every other one does something")
  func responses() {
    let grades = [Response.none, .alarm, .regulate, .hold, .stop, .stopAndClamp].map(\.grade)
    #expect(grades == [.none, .annunciate, .regulate, .zeroFlow, .stop, .stop])
  }
}
