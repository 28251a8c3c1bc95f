/// What a pump has noticed about itself in this tick. Debounced unless the name says `raw`.
///
/// Findings are facts for the interlock table; the pump never stops on its own account.
public struct PumpFindings: BitwiseCopyable, Equatable, Sendable {
  /// Turns faster than told by more than the limit for 200 ms (AL-26, HZ-10).
  public var overspeed = false
  /// The same, this tick.
  public var rawOverspeed = false
  /// Turns more than 10 % slower than told for 1 s (AL-27, HZ-11).
  public var speedLow = false
  /// Current over 1.8 of typical at under half the speed for 150 ms (AL-28).
  public var jam = false
  /// Current under half of typical for 3 s: no tube, or the drive is broken (docs/domain.md 2.7).
  public var noTube = false
  /// The drive is alive and told to turn, and the rotor does not follow, for 400 ms.
  public var slip = false
  /// Has travelled against the command (AL-29, HZ-07).
  public var wrongDirection = false
  /// The rotor turns although the drive is off, for 300 ms (AL-64).
  public var handCrank = false
  /// The drive reports a fault, or that it is not alive while its rotor keeps speed, for 50 ms (AL-30).
  public var driveFault = false
  /// The drive is told to turn, does not report itself alive and its rotor falls, cannot be read or
  /// moves nothing, for 20 ms.
  public var driveDead = false
  /// Torque is told off and the feedback does not agree, for 50 ms (AL-59).
  public var torqueNotOff = false
  /// The cover is open, this tick.
  public var rawCoverOpen = false
  /// The rotor sensor that the board has cannot be used.
  public var rotorUnusable = false
  /// Probe and rotor disagree by more than the limit for 10 s (AL-25, HZ-17).
  public var flowMismatch = false
  /// Flow runs backwards through an open line, by flow, speed or pressure, for 100 ms (AL-23).
  public var backflow = false
  /// The same, this tick.
  public var rawBackflow = false
  /// The probe reads backwards while rotor and line pressure hold the patient, this tick (HZ-43).
  public var probeContradicted = false
  /// A centrifugal pump turns below its floor with the clamp open for 200 ms (AL-24).
  public var belowFloor = false
  /// The same, this tick.
  public var rawBelowFloor = false
  /// Head collapsed and current dropped: air in the pump head (AL-31, HZ-40).
  public var lossOfPrime = false
  /// Motor at speed, no flow, current down by 40 %: the magnet slips (AL-31).
  public var decoupled = false
  /// Inlet pressure or flow swings at 1 to 6 Hz for 3 s (docs/domain.md 3.4).
  public var chatter = false
  /// Balanced behind the closed clamp for 30 s.
  public var zeroFlowLong = false
  /// Balanced behind the closed clamp for 120 s.
  public var zeroFlowVeryLong = false
  /// The clamp did not report closed in time; the pump is kept at the balance speed (HZ-05).
  public var clampNotClosed = false
  /// The clamp did not report open in time.
  public var clampNotOpen = false
  /// Behind the closed clamp, and speed and line pressure would hold the patient: it may be opened.
  public var mayOpenClamp = false
  /// Measured volumes of master and follower are off their ratio by 5 % over 2 s (AL-39).
  public var ratioError = false
  /// The ratio cannot be checked.
  public var ratioUnknown = false
  /// Pulsatile flow went back to continuous in this tick.
  public var pulsatileReverted = false
  /// The peak of a beat lies above the pump's stopping pressure (AL-65).
  public var pulsePeak = false
  /// Reverse was asked of a pump that may not turn in reverse.
  public var reverseRefused = false
  /// Nothing noticed.
  public init() {}
}

/// What a pump asks for in one tick.
public struct PumpOutput: BitwiseCopyable, Sendable {
  /// What its drive is told.
  public var drive = DriveCommand()
  /// Its line's clamp must be closed.
  public var wantsClampClosed = false
  /// Its line's clamp must be open; with neither set the pump has no say.
  public var wantsClampOpen = false
  /// What it has noticed.
  public var findings = PumpFindings()
  /// Nothing.
  public init() {}
}
