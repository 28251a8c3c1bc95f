/// Watches the drive by its current and its own signals.
struct DriveMonitor: BitwiseCopyable, Sendable {
  private var jammed = SustainedCondition(for: .milliseconds(150))
  private var unloaded = SustainedCondition(for: Seconds(seconds: 3))
  private var dead = SustainedCondition(for: .milliseconds(20))
  private var faulty = SustainedCondition(for: .milliseconds(50))
  private var stillOn = SustainedCondition(for: .milliseconds(50))
  private var drivenTime: Double = 0

  /// A drive that says it is not alive while its rotor keeps speed and blood flows has a broken wire:
  /// that is told as a fault of the drive and takes no flow away (docs/domain.md 8.1 R3).
  ///
  /// * `flows`: false when a probe on the pump's own line shows no flow.
  /// * `lagging`: what a slow drive would have reached of the command.
  /// * `typical`: current of a loaded roller; zero where none is known.
  mutating func update(
    _ findings: inout PumpFindings, signals: PumpSignals,
    rotor: RotorMotion, drive: DriveCommand, lagging: RotationalSpeed,
    typical: ElectricCurrent, flows: Bool, tick: Seconds
  ) {
    let isDriven = drive.isEnabled && !drive.removeTorque && drive.speed > .zero
    drivenTime = isDriven ? min(drivenTime + tick.seconds, 10) : 0
    findings.rawCoverOpen = signals.coverIsOpen.usable == true
    let isSilent = drivenTime > 0.3 && signals.driveAlive.usable == false
    let least = min(drive.speed, lagging) * 0.95 - rotor.fastResolution
    let keepsUp = flows && rotor.fastSpeed.usable.map { $0.magnitude > least } ?? false
    findings.driveFault = faulty.update(
      signals.driveFault.usable == true || isSilent && keepsUp, step: tick)
    findings.driveDead = dead.update(isSilent && !keepsUp, step: tick)
    findings.torqueNotOff = stillOn.update(
      drive.removeTorque && signals.torqueIsOff.usable == false, step: tick)
    guard let current = signals.current.usable?.magnitude, typical > .zero else { return }
    let expected = min(drive.speed, lagging)
    let isSlow =
      rotor.fastSpeed.quality == .valid && expected > .rpm(1)
      && rotor.fastSpeed.value.magnitude < expected * 0.5
    findings.jam = jammed.update(isDriven && current > typical * 1.8 && isSlow, step: tick)
    findings.noTube = unloaded.update(
      isDriven && drivenTime > 1 && expected > .rpm(5) && current < typical * 0.5, step: tick)
  }
}
