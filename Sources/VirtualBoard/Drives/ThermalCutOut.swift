/// The over-temperature cut-out of a water tank: a thermostat of its own that opens the heater
/// circuit at 43 degC, without any software, until somebody resets it.
struct ThermalCutOut {
  /// It has opened the heater circuit.
  private(set) var isTripped = false
  private var feels: Double?
  private var fault: FaultWord?

  /// Water temperature that trips it.
  static var tripsAt: Double { 43 }
  /// What it may suffer: `off` its contact opens, `stuck` it never trips.
  static var faultWords: [FaultWord] { [.off, .stuck] }

  /// Applies or ends a fault.
  mutating func setFault(_ word: FaultWord?) { fault = word }

  /// Closes the circuit again; it trips again at once while the water is still too hot.
  mutating func reset() { isTripped = false }

  /// Moves on by one millisecond; the thermostat lags the water by one second.
  mutating func step(water: Double) {
    let before = feels ?? water
    let after = before + (water - before) * 0.001
    feels = after
    guard fault != .stuck else { return }
    if after >= ThermalCutOut.tripsAt || fault == .off { isTripped = true }
  }
}
