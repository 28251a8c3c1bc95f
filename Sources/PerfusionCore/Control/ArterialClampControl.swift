/// Decides when the arterial clamp is held open, and whether it does what it is told.
///
/// It is held open only while the operator, the interlocks and the pump's own sequence all allow
/// it. Everything that fails leaves it to its spring or to its hand lever.
struct ArterialClampControl: Sendable {
  /// The operator wants it open.
  var isWantedOpen = false
  /// It is told to be open in this tick.
  private(set) var isCommandedOpen = false
  /// Its switches disagree with the command.
  private(set) var isElsewhere = false

  /// Works out the command of this tick.
  mutating func update(
    mayOpen: Bool, sensors: SensorSnapshot, configuration: ClampConfiguration
  ) {
    guard configuration.isFitted else {
      isCommandedOpen = false
      isElsewhere = false
      return
    }
    isCommandedOpen = isWantedOpen && mayOpen
    let open = sensors[.arterialClampIsOpen].usable
    let closed = sensors[.arterialClampIsClosed].usable
    isElsewhere =
      isCommandedOpen ? open == false || closed == true : closed == false || open == true
  }
}
