internal import CLinkMessages
internal import PerfusionCore

extension Carrier {
  mutating func machine(
    _ message: inout perfusion_board_Machine, _ model: inout MachineConfiguration
  ) {
    choice(&message.kind, &model.kind)
    integer(&message.tick_microseconds, &model.tickMicroseconds, 1000...20_000)
    pumps(&message, &model)
    presence(&message.has_arterial_clamp)
    flag(&message.arterial_clamp.is_fitted, &model.arterialClamp.isFitted)
    quantity(&message.arterial_clamp.travel_time, &model.arterialClamp.travelTime, 0.01...10)
    presence(&message.has_venous_occluder)
    occluder(&message.venous_occluder, &model.venousOccluder)
    presence(&message.has_reservoir)
    reservoir(&message.reservoir, &model.reservoir)
    presence(&message.has_limits)
    limits(&message.limits, &model.limits)
    presence(&message.has_air_detection)
    airDetection(&message.air_detection, &model.airDetection)
    presence(&message.has_patient_circuit)
    waterCircuit(&message.patient_circuit, &model.patientCircuit)
    presence(&message.has_cardioplegia_circuit)
    waterCircuit(&message.cardioplegia_circuit, &model.cardioplegiaCircuit)
    presence(&message.has_blood_temperature)
    bloodTemperature(&message.blood_temperature, &model.bloodTemperature)
    presence(&message.has_subject)
    subject(&message.subject, &model.subject)
    // Images of compilers that knew no service say nothing of it, and nothing is counted.
    message.has_service = true
    service(&message.service, &model.service)
  }

  private mutating func occluder(
    _ message: inout perfusion_board_VenousOccluder, _ model: inout OccluderConfiguration
  ) {
    flag(&message.is_fitted, &model.isFitted)
    quantity(&message.closing_time, &model.closingTime, 0.01...60)
    quantity(&message.opening_time, &model.openingTime, 0.01...60)
    quantity(&message.confirm_below, &model.confirmBelow, 0...1)
  }

  private mutating func reservoir(
    _ message: inout perfusion_board_Reservoir, _ model: inout ReservoirConfiguration
  ) {
    flag(&message.is_fitted, &model.isFitted)
    quantity(&message.capacity, &model.capacity, 1...20_000)
    quantity(&message.alert, &model.alert, 0...20_000)
    quantity(&message.alarm, &model.alarm, 0...20_000)
    quantity(&message.resume, &model.resume, 0...20_000)
    quantity(&message.alert_time, &model.alertTime, 0...600)
    quantity(&message.alarm_time, &model.alarmTime, 0...600)
    quantity(&message.overfull, &model.overfull, 0...1)
  }

  private mutating func airDetection(
    _ message: inout perfusion_board_AirDetection, _ model: inout AirDetectionConfiguration
  ) {
    integer(&message.shortest_air, &model.shortestAir, 0...1_000_000)
    number(&message.distance_to_cannula, &model.distanceToCannula, 0...1000)
    number(&message.distance_to_clamp, &model.distanceToClamp, 0...1000)
    number(&message.line_area, &model.lineArea, 0.01...10)
  }

  private mutating func service(
    _ message: inout perfusion_board_Service, _ model: inout ServiceConfiguration
  ) {
    quantity(&message.maintenance, &model.maintenance, 0...1e9)
    quantity(&message.disinfection, &model.disinfection, 0...1e9)
  }

  private mutating func subject(
    _ message: inout perfusion_board_Subject, _ model: inout SubjectConfiguration
  ) {
    number(&message.body_surface_area, &model.bodySurfaceArea, 0...4)
    quantity(&message.full_flow, &model.fullFlow, 0...20)
    quantity(&message.height_head, &model.heightHead, -100...200)
  }
}
