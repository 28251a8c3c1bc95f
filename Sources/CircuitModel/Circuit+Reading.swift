public import PerfusionCore

/// Single signals where they stand, for those who look at many every millisecond: a getter of
/// `signals` copies the table that it reads from. Mutating only for that; nothing is changed.
extension Circuit {
  /// Reads a number of the signals.
  public mutating func read(_ number: (inout CircuitSignals) -> Double) -> Double {
    number(&signals)
  }
  /// The pressure at a site, mmHg.
  public mutating func readPressure(at site: PressureSite) -> Double {
    signals.pressures.read(site)
  }
  /// The flow at a site, L/min.
  public mutating func readFlow(at site: FlowSite) -> Double { signals.flows.read(site) }
  /// The temperature at a site, degC.
  public mutating func readTemperature(at site: TemperatureSite) -> Double {
    signals.temperatures.read(site)
  }
  /// Air in front of a detector.
  public mutating func readAir(at site: AirSite) -> Bool { signals.air.read(site) }
  /// Load torque on a pump's rotor, newton metres; pumps are 0...7.
  public mutating func readLoadTorque(ofPump pump: Int) -> Double { signals.loadTorque[pump & 7] }
  /// Water in a tank, litres; 0 is the patient's, 1 that of cardioplegia.
  public mutating func readTankLiters(_ index: Int) -> Double { signals.tankLiters[index & 1] }
}
