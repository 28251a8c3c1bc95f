import CircuitModel
import PerfusionCore
import Testing

@Suite("Named parameters")
struct ParameterTests {
  @Test("Names are unique, words, and reach numbers that can be set")
  func names() {
    let named = CircuitParameters.named
    #expect(named.count > 130)
    #expect(Set(named.map(\.name)).count == named.count)
    for entry in named {
      #expect(entry.name.allSatisfy { $0.isLetter })
      #expect(!entry.unit.isEmpty)
      var parameters = CircuitParameters()
      let before = parameters[keyPath: entry.path]
      parameters[keyPath: entry.path] = before + 1
      #expect(parameters[keyPath: entry.path] == before + 1)
      let changed = named.filter {
        parameters[keyPath: $0.path] != CircuitParameters()[keyPath: $0.path]
      }
      #expect(changed.map(\.name) == [entry.name])
    }
    #expect(Set(PlantPump.named.map(\.name)).count == PlantPump.named.count)
  }

  @Test("The defaults are patient A")
  func patientA() {
    let parameters = CircuitParameters()
    #expect(parameters.systemicResistance == 12)
    #expect(parameters.line.cannulaResistance == 3.2)
    let inertance =
      parameters.line.inletInertance + parameters.line.headInertance
      + parameters.line.oxygenatorInertance + parameters.line.lineInertance
    #expect(abs(inertance - 0.45) < 1e-9)
    let ecmo = CircuitParameters(topology: .ecmo).line
    let closed =
      ecmo.inletInertance + ecmo.headInertance + ecmo.oxygenatorInertance + ecmo.lineInertance
    #expect(abs(closed - 0.45) < 1e-9)
  }

  @Test("A changed parameter acts at the next step")
  func immediate() {
    var bench = Bench { $0.patient.heldVenousPressure = 5 }
    bench.run(1)
    bench.circuit.parameters.drainage.venousResistance = 14
    bench.step()
    #expect(abs(bench[.venousFlow] - 36.0 / 14) < 1e-9)
  }
}
