public import ChipDrivers
public import PerfusionCore

/// The name of what is measured at a site, for faults and for the wires of a bench.
public enum SiteName {
  /// The site's own name, or the pump's role and what is measured of it.
  public static func of(_ site: SensorSite, machine: MachineConfiguration) -> String {
    switch site {
    case .pressure(let place): "\(place)"
    case .flow(let place): "\(place)"
    case .temperature(let place): "\(place)"
    case .air(let place): "\(place)"
    case .switchInput(let place): "\(place)"
    case .reservoirVolume: "reservoirVolume"
    case .venousOccluderOpening: "venousOccluderOpening"
    case .rotor(let pump): of(pump, "rotor", machine)
    case .motorCurrent(let pump): of(pump, "motorCurrent", machine)
    case .driveAlive(let pump): of(pump, "driveAlive", machine)
    case .driveFault(let pump): of(pump, "driveFault", machine)
    case .torqueIsOff(let pump): of(pump, "torqueIsOff", machine)
    case .coverIsOpen(let pump): of(pump, "coverIsOpen", machine)
    case .occlusionGap(let pump): of(pump, "occlusionGap", machine)
    case .batteryVoltage: "batteryVoltage"
    case .batteryCurrent: "batteryCurrent"
    case .batteryCharge: "batteryCharge"
    }
  }

  private static func of(_ pump: UInt8, _ what: String, _ machine: MachineConfiguration) -> String {
    "\(machine.pumps[Int(pump & 7)].role).\(what)"
  }
}
