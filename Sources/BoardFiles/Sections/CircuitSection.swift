internal import CircuitModel
internal import PerfusionCore

extension Draft {
  /// `circuit`: the patient or organ, and what the virtual board simulates around the machine.
  func readCircuit(_ top: Section) {
    guard let field = top.required("circuit", "write the topology of the plant"),
      let section = Section(field, what: "circuit")
    else { return }
    let topologies: [(String, CircuitTopology)] = [
      ("bypass", .bypass), ("ecmo", .ecmo), ("liver", .liver), ("kidney", .kidney),
    ]
    let topology = section.required("topology", "write bypass, ecmo, liver or kidney")
    if let topology, let value = topology.choice(topologies) {
      circuit = CircuitParameters(topology: value)
      checkTopology(value, topology)
    }
    if let subject = section.section("subject", what: "subject") { readSubject(subject) }
    fillPlant()
    if let parameters = section.section("parameters", what: "parameters of the circuit") {
      readParameters(parameters)
    }
    if let pumps = section.section("pumps", what: "pumps of the circuit") { readPlantPumps(pumps) }
    section.finish()
  }

  private func checkTopology(_ topology: CircuitTopology, _ field: Field) {
    let expected: MachineKind =
      switch topology {
      case .bypass: .bypass
      case .ecmo: .ecmo
      case .liver, .kidney: .organ
      }
    guard expected != machine.kind else { return }
    field.fail(
      "the topology \(topology) is that of a machine of kind \(expected), and the board's kind is "
        + "\(machine.kind)",
      "write the same in both places")
  }

  private func readSubject(_ section: Section) {
    section.read("bodySurfaceArea", &machine.subject.bodySurfaceArea, .area, 0...3)
    if machine.subject.bodySurfaceArea > 0 && !section.has("fullFlow") {
      machine.subject.fullFlow = .litersPerMinute(2.4 * machine.subject.bodySurfaceArea)
    }
    section.read("fullFlow", &machine.subject.fullFlow, 0.05...10)
    section.read("heightHead", &machine.subject.heightHead, -50...100)
    section.finish()
  }

  /// `parameters`: numbers of the plant by their names, each with its unit.
  private func readParameters(_ section: Section) {
    for parameter in CircuitParameters.named {
      if let value = plantNumber(section, parameter.name, parameter.unit) {
        circuit[keyPath: parameter.path] = value
      }
    }
    section.finish()
  }

  /// `pumps`: what the plant's pumps truly are, where that differs from what the machine is told.
  private func readPlantPumps(_ section: Section) {
    for entry in section.entries {
      _ = section.field(entry.key)
      guard let index = pumps[entry.key] else {
        if !pumps.isBroken {
          diagnostics.error(
            entry.place, "the circuit names the pump '\(entry.key)', which is not there",
            "write \(pumps.words.alternatives)")
        }
        continue
      }
      guard let inner = Section(entry.field, what: "pump of the circuit") else { continue }
      for parameter in PlantPump.named {
        if let value = plantNumber(inner, parameter.name, parameter.unit) {
          circuit.pumps[index][keyPath: parameter.path] = value
        }
      }
      inner.finish()
    }
  }

  private func plantNumber(_ section: Section, _ name: String, _ unit: String) -> Double? {
    guard let field = section.field(name) else { return nil }
    if unit == "1" { return field.number(-1e6...1e6) }
    return field.amount(UnitKind(name: name, units: [UnitName(unit)]))
  }
}
