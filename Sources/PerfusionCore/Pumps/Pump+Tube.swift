extension Pump {
  /// Counts `status.delivered` from zero.
  public mutating func resetDelivered() { counter.reset() }

  /// What the pump would still deliver on its normal stop ramp, the drive's lag included.
  public var runOutVolume: Volume {
    guard configuration.kind == .roller else { return .zero }
    let speed = rotor.speed.usable?.magnitude ?? status.commandedSpeed.magnitude
    let time = RollerPump.stopTime * 0.5 + .milliseconds(60)
    return tube.strokeVolume * (speed * time)
  }

  /// The rotor stands: it is told to and does.
  public var stands: Bool {
    drive.speed == .zero && (rotor.speed.quality != .valid || rotor.speed.value.magnitude < .rpm(1))
  }

  /// Enters a tube with its stroke volume; it must be confirmed before the pump starts again.
  ///
  /// - Throws: `notForThisPump` for a centrifugal pump, `pumpRunning` while it turns,
  ///   `strokeVolumeImplausible` outside the gate.
  public mutating func enterTube(_ size: TubeSize, _ stroke: StrokeVolume) throws(Refusal) {
    guard configuration.kind == .roller else { throw .notForThisPump }
    guard stands else { throw .pumpRunning }
    try tube.enter(size, stroke)
  }

  /// Confirms tube and stroke volume.
  ///
  /// - Returns: the stroke volume in use from now on.
  /// - Throws: `notForThisPump` for a centrifugal pump, `pumpRunning` while a new stroke volume
  ///   waits and the pump turns: its flow would jump.
  public mutating func confirmTube() throws(Refusal) -> StrokeVolume {
    guard configuration.kind == .roller else { throw .notForThisPump }
    guard !tube.isPending || stands else { throw .pumpRunning }
    return tube.confirm()
  }

  /// Begins a volumetric calibration: turns are counted from here.
  ///
  /// - Throws: `notForThisPump` for a centrifugal pump, `readingUnusable` without a rotor reading.
  public mutating func startCalibration() throws(Refusal) {
    guard configuration.kind == .roller else { throw .notForThisPump }
    guard rotor.speed.quality == .valid else { throw .readingUnusable }
    tube.startCalibration(at: rotor.turns)
  }

  /// Ends the calibration with the volume that was caught.
  ///
  /// - Returns: the measured stroke volume; it must be confirmed.
  /// - Throws: as `TubeFitting.finishCalibration`; `readingUnusable` without a rotor reading.
  public mutating func finishCalibration(_ volume: Volume) throws(Refusal) -> StrokeVolume {
    guard configuration.kind == .roller else { throw .notForThisPump }
    guard rotor.speed.quality == .valid else { throw .readingUnusable }
    return try tube.finishCalibration(at: rotor.turns, volume: volume)
  }
}
