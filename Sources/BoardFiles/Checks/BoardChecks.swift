internal import PerfusionCore

extension Draft {
  /// What can only be judged when the whole file has been read.
  func check() {
    checkChips()
    // A bus that lacks chips, or has two at one address, has no schedule worth reporting.
    if !diagnostics.hasErrors { checkSchedules() }
    if !pumps.isBroken {
      checkRoles()
      checkStopLinks()
      checkResponses()
      checkPressureLimits()
    }
    checkSensors()
    checkClamps()
    checkHeaterCooler()
    // What an error left unread would look unused.
    if !diagnostics.hasErrors { checkUnused() }
  }

  /// Where the pump of an index was declared.
  func pumpPlace(_ index: Int) -> Place { pumps.place(at: index) }
}
