internal import CircuitModel
internal import PerfusionCore

extension Draft {
  /// `circuit`: the patient or organ, and what the virtual board simulates around the machine.
  func readCircuit(_ top: Section) {
    fillPlantPumps()
    guard let field = top.required("circuit", "write the topology of the plant"),
      let section = Section(field, what: "circuit")
    else { return }
    let topologies: [(String, CircuitTopology)] = [
      ("bypass", .bypass), ("ecmo", .ecmo), ("liver", .liver), ("kidney", .kidney),
    ]
    let topology = section.required("topology", "write bypass, ecmo, liver or kidney")
    if let topology, let value = topology.choice(topologies) {
      circuit.topology = value
      checkTopology(value, topology)
    }
    if let subject = section.section("subject", what: "subject") { readSubject(subject) }
    if let parameters = section.section("parameters", what: "parameters of the circuit") {
      readParameters(parameters)
    }
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

  /// The plant's pumps are those of the machine unless a parameter says otherwise.
  private func fillPlantPumps() {
    for index in machine.pumps.indices {
      let pump = machine.pumps[index]
      var plant = PlantPump()
      plant.role = pump.role
      plant.kind = pump.kind
      plant.strokeVolume = pump.roller.strokeVolume.millilitersPerRevolution
      plant.headPerSpeedSquared = pump.centrifugal.headPerSpeedSquared
      plant.headPerFlowSquared = pump.centrifugal.headPerFlowSquared
      circuit.pumps.append(plant)
    }
  }

  private func readParameters(_ section: Section) {
    section.read("systemicResistance", &circuit.systemicResistance, 0.1...200)
    section.read("arterialCompliance", &circuit.arterialCompliance, 0.01...20)
    section.finish()
  }
}
