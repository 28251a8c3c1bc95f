/// The centrifugal head: H = a n^2 - b Q|Q|, open both ways (docs/domain.md 3.1, 3.5).
enum CentrifugalFlow {
  /// Share of its head that the pump keeps with this much air in it, ml.
  @inline(__always)
  static func prime(air: Double, _ heads: borrowing HeadParameters) -> Double {
    guard air > 0 else { return 1 }
    return 1 - (1 - heads.primeLossHead) * smoothStep(air, from: 0, to: heads.primeLossVolume)
  }

  /// Head at zero flow in mmHg; a rotor that turns backwards still makes some.
  @inline(__always)
  static func shutOffHead(_ drive: PumpDrive, prime: Double) -> Double {
    let square = drive.pump.headPerSpeedSquared * drive.speed * drive.speed
    return prime * (drive.speed < 0 ? 0.3 * square : square)
  }

  /// Torque on the rotor in newton metres.
  @inline(__always)
  static func torque(
    _ drive: PumpDrive, flow: Double, prime: Double, heads: borrowing HeadParameters
  ) -> Double {
    let disk = heads.diskTorque * drive.speed * drive.speed.magnitude
    return prime * (disk + heads.flowTorque * flow.magnitude * drive.speed)
  }
}
