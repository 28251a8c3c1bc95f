internal import CircuitModel
internal import PerfusionCore

extension Draft {
  /// Makes the plant agree with the machine: what the file says once holds for both.
  func fillPlant() {
    for index in machine.pumps.indices { circuit.pumps.append(plantPump(machine.pumps[index])) }
    circuit.line.heightHead = machine.subject.heightHead.millimetersOfMercury
    if machine.reservoir.isFitted {
      circuit.drainage.reservoirCapacity = machine.reservoir.capacity.milliliters
    }
    // Square centimetres times centimetres are millilitres.
    let air = machine.airDetection
    circuit.air.detectorToCannulaVolume = air.lineArea * air.distanceToCannula
    circuit.air.detectorToClampVolume = air.lineArea * air.distanceToClamp
    fill(&circuit.water.patient, machine.patientCircuit)
    fill(&circuit.water.cardioplegia, machine.cardioplegiaCircuit)
  }

  private func plantPump(_ pump: PumpConfiguration) -> PlantPump {
    var plant = PlantPump()
    plant.role = pump.role
    plant.kind = pump.kind
    plant.strokeVolume = pump.roller.strokeVolume.millilitersPerRevolution
    plant.leakFirst = pump.roller.leak.millilitersPerMinutePerMmHg
    plant.leakSecond = plant.leakFirst
    plant.headPerSpeedSquared = pump.centrifugal.headPerSpeedSquared
    plant.headPerFlowSquared = pump.centrifugal.headPerFlowSquared
    return plant
  }

  private func fill(
    _ plant: inout WaterCircuitParameters, _ circuit: WaterCircuitConfiguration
  ) {
    guard circuit.isFitted else { return }
    plant.tankVolume = circuit.tankLiters
    plant.chillerPower = circuit.chiller.watts / 1000
    plant.fullFlow = circuit.ratedFlow.litersPerMinute
    plant.exchangerConductance = circuit.exchangerConductance / 1000
  }
}
