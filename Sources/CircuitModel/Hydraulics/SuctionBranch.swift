/// Vent and suckers: what they bring back into the reservoir, and what a vent that turns the
/// wrong way does (docs/domain.md 2.5, 4.1).
struct SuctionBranch: Sendable, BitwiseCopyable {
  /// Pressure in the vent line, mmHg.
  var ventPressure = 0.0
  /// Blood that vent and suckers bring into the reservoir, L/min.
  var returnedFlow = 0.0
  /// Volume of blood still in the vent line when it is pumped backwards, ml.
  var ventLineBlood = 30.0
  /// Air that a vent turning backwards pushed into the heart in this step, ml.
  var airIntoHeart = 0.0

  /// Takes blood from a pool as fast as a pump moves it; the rest is air.
  @inline(__always)
  static func draw(_ wanted: Double, from pool: inout Double) -> Double {
    let most = pool / StepLength.milliliters
    let drawn = bounded(wanted, 0, max(most, 0))
    pool -= drawn * StepLength.milliliters
    return drawn
  }

  /// Moves the vent on by one step and gives the flow of its pump, L/min.
  @inline(__always)
  mutating func vent(
    _ drive: PumpDrive?, patient: inout Patient, parameters: borrowing CircuitParameters
  ) -> Double {
    guard let drive else { return 0 }
    let numbers = parameters.cardioplegia
    let moved = drive.speed * drive.pump.strokeVolume * 0.001 * (1 - drive.gap)
    airIntoHeart = 0
    guard moved >= 0 else {
      ventPressure = -moved * numbers.ventResistance
      ventLineBlood += moved * StepLength.milliliters
      if ventLineBlood < 0 {
        airIntoHeart = -ventLineBlood
        ventLineBlood = 0
      }
      return moved
    }
    ventLineBlood = min(ventLineBlood + moved * StepLength.milliliters, numbers.ventLineVolume)
    let drawn = Self.draw(moved, from: &patient.ventricleVolume)
    returnedFlow += drawn
    let dry = moved - drawn
    let suction = -moved * numbers.ventResistance - dry * 400
    ventPressure += (max(suction, -numbers.ventRelief) - ventPressure) * 0.01
    return moved
  }

  /// Moves a sucker on by one step and gives the flow of its pump, L/min.
  @inline(__always)
  mutating func suck(_ drive: PumpDrive?, patient: inout Patient) -> Double {
    guard let drive else { return 0 }
    let moved = drive.speed * drive.pump.strokeVolume * 0.001 * (1 - drive.gap)
    returnedFlow += Self.draw(moved, from: &patient.fieldVolume)
    return moved
  }
}
