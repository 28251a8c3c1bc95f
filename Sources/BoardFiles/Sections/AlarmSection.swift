internal import ChipDrivers
internal import PerfusionCore

extension Draft {
  /// `alarms`: buzzer and lamps.
  func readAlarms(_ top: Section) {
    guard let field = top.required("alarms", "write the lines of the buzzer and the red lamp"),
      let section = Section(field, what: "alarms")
    else { return }
    readActuator(
      section.required("buzzer", "write the line of the buzzer"),
      ActuatorFacts("buzzer", .buzzer, fallback: .on))
    readActuator(
      section.required("redLamp", "write the line of the red lamp"),
      ActuatorFacts("redLamp", .redLamp, fallback: .off))
    readActuator(
      section.field("yellowLamp"), ActuatorFacts("yellowLamp", .yellowLamp, fallback: .off))
    readActuator(section.field("cyanLamp"), ActuatorFacts("cyanLamp", .cyanLamp, fallback: .off))
    section.finish()
  }
}
