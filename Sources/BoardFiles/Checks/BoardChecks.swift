internal import PerfusionCore

extension Draft {
  /// What can only be judged when the whole file has been read.
  func check() {
    checkChips()
    // A bus that lacks chips, or has two at one address, has no schedule worth reporting.
    if !diagnostics.hasErrors { checkSchedules() }
    checkRoles()
    checkSensors()
    checkStopLinks()
    checkResponses()
    checkClamps()
    checkPressureLimits()
    checkHeaterCooler()
    checkUnused()
  }

  /// Where the pump of an index was declared.
  func pumpPlace(_ index: Int) -> Place { pumps.place(at: index) }
}
