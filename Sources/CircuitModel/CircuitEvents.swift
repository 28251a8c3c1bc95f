import PerfusionCore

extension Circuit {
  /// Puts a bubble into the circuit.
  ///
  /// - Parameters:
  ///   - volume: Its volume in ml; nothing happens for 0 or less.
  ///   - inlet: Where it comes in.
  public mutating func injectAir(volume: Double, at inlet: AirInlet) {
    air.inject(volume, at: inlet, parameters.air)
  }

  /// Takes all air out of lines, oxygenator and pump heads, as a perfusionist de-airs a circuit.
  public mutating func removeAir() {
    air.clear()
    air.vented += line.headAir
    line.headAir = 0
    signals.air = .init(repeating: false)
    signals.airEdges = .init(repeating: AirEdges())
  }

  /// Gives volume, ml: into the reservoir, or into the patient's veins where there is none.
  /// A negative volume takes it away; a reservoir does not go below empty.
  public mutating func giveVolume(_ volume: Double) {
    guard parameters.topology != .ecmo else {
      giveToPatient(volume)
      return
    }
    reservoir.volume = max(reservoir.volume + volume, 0)
  }

  /// Gives volume to the patient's veins, ml; a negative volume is a loss of blood.
  public mutating func giveToPatient(_ volume: Double) {
    patient.venousPressure += volume * vessels.venousRise
  }

  /// How far the foremost bubble of the arterial line is past its detector, ml; negative when it
  /// has not reached it, nothing without a bubble. Divide by the cross-section for a length.
  public var airPastArterialDetector: Double? {
    guard air.arterialLine.count > 0 else { return nil }
    let detector = parameters.air.arterialLineVolume - parameters.air.detectorToCannulaVolume
    return air.arterialLine.plugs[0].front - detector
  }

  /// All fluid of circuit and patient above the unstressed volumes, what was lost included and
  /// what was added (crystalloid, air drawn in) taken off, ml: it stays the same unless volume is
  /// given or a pressure is held.
  public var accountedVolume: Double {
    let bodies = patient.volume(vessels) + organ.volume(parameters.organ)
    let lines =
      line.stretchedVolume(lineCoefficients) + portal.stretchedVolume(portalCoefficients)
      + cardioplegia.volume(vessels)
    let lost =
      line.spilled + portal.spilled + reservoir.spilled + cardioplegia.spilled + lostVolume
    let added = cardioplegia.crystalloidGiven + airDrawnByPumps
    return bodies + lines + reservoir.volume + lost + loopVolume - added
  }
}
