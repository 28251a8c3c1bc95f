internal import PerfusionCore

extension Draft {
  /// `service`: how long the machine may go without maintenance, and its water without
  /// disinfection; what is left out is not counted.
  func readService(_ top: Section) {
    guard let section = top.section("service", what: "service") else { return }
    section.read("maintenance", &machine.service.maintenance, 3600...86_400_000)
    section.read("disinfection", &machine.service.disinfection, 3600...31_536_000)
    let hasWater = machine.patientCircuit.isFitted || machine.cardioplegiaCircuit.isFitted
    if section.has("disinfection") && !hasWater && !top.has("heaterCooler") {
      diagnostics.error(
        section.place(of: "disinfection"),
        "disinfection is to be counted, and the board has no water circuit",
        "write heaterCooler, or take disinfection out")
    }
    section.finish()
  }
}
