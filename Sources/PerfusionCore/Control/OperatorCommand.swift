/// How a pump turns an operator's wish into speed.
public enum PumpMode: UInt8, BitwiseCopyable, Sendable {
  /// Holds a speed.
  case speed
  /// Holds a flow: set flow over stroke volume (roller), flow loop (centrifugal).
  case flow
  /// Holds a mean outlet pressure (organ perfusion).
  case pressure
  /// Follows its master by ratio.
  case follow
}

/// What a water circuit is asked to do (docs/domain.md 5.3).
public enum ThermalMode: UInt8, BitwiseCopyable, Sendable {
  /// Water pump, heater and chiller off.
  case standby
  /// Brings the arterial outlet down to the target within the gradient law.
  case cool
  /// Holds the target.
  case maintain
  /// Brings the arterial outlet up to the target within gradient and rate laws.
  case rewarm
}

/// A water circuit of the heater-cooler.
public enum WaterCircuit: UInt8, BitwiseCopyable, Sendable {
  /// Patient heat exchanger.
  case patient
  /// Cardioplegia heat exchanger.
  case cardioplegia
}

/// How a cardioplegia dose ends.
public enum DoseEnd: BitwiseCopyable, Sendable {
  /// When this volume has been delivered by encoder count.
  case volume(Volume)
  /// After this time.
  case time(Seconds)
}

/// Which way cardioplegia takes into the heart (docs/domain.md C4, HZ-34).
public enum CardioplegiaRoute: UInt8, BitwiseCopyable, Sendable {
  /// Into the aortic root.
  case antegrade
  /// Into the coronary sinus, which bears no more than 40 mmHg.
  case retrograde
}

/// A stopwatch of the panel.
public enum TimerID: UInt8, BitwiseCopyable, Sendable {
  /// Time on bypass.
  case bypass
  /// Aortic cross-clamp.
  case crossClamp
  /// Time since the last cardioplegia dose.
  case ischaemia
  /// Time at zero flow.
  case zeroFlow
  /// How many timers there are.
  public static var count: Int { 4 }
}

/// What an operator, the link or a case may ask of the controller.
///
/// Pump numbers are indices into the configuration's pumps.
public enum OperatorAction: BitwiseCopyable, Sendable {
  /// Starts a pump at its set-point.
  case startPump(Int)
  /// Stops a pump by its normal ramp.
  case stopPump(Int)
  /// Sets the speed and goes to speed mode; negative turns in reverse where the role allows it.
  case setSpeed(Int, RotationalSpeed)
  /// Sets the flow and goes to flow mode.
  case setFlow(Int, Flow)
  /// Sets the mean outlet pressure and goes to pressure mode.
  case setPressure(Int, Pressure)
  /// Forces a centrifugal pump below its speed floor; must be held for 3 s (docs/domain.md C3).
  case forceBelowFloor(Int, Bool)
  /// Lets a pump follow its master at this blood:crystalloid ratio, 0.25...16.
  case setRatio(Int, Double)
  /// Turns the pulsatile profile on: rate in beats a minute, systole share, base flow share.
  case setPulsatile(Int, rate: Double, width: Fraction, base: Fraction)
  /// Back to continuous flow.
  case setContinuous(Int)
  /// Enters a tube with its stroke volume; must be confirmed.
  case setTube(Int, TubeSize, StrokeVolume)
  /// Confirms the tube and stroke volume that were entered.
  case confirmTube(Int)
  /// Starts a volumetric calibration: the pump counts turns until `finishCalibration`.
  case startCalibration(Int)
  /// Ends it with the volume that was measured; the new stroke volume must be confirmed.
  case finishCalibration(Int, Volume)
  /// Moves a stopped roller's occlusion actuator; refused on bypass.
  case setOcclusionGap(Int, Fraction)
  /// Starts the clamped-line occlusion test.
  case testOcclusion(Int)
  /// Opens or closes the arterial clamp.
  case openArterialClamp
  /// Closes the arterial clamp; a centrifugal pump goes to zero-flow hold.
  case closeArterialClamp
  /// Sets the venous occluder; 1 is open.
  case setVenousOccluder(Fraction)
  /// Takes the present reading of a pressure site as zero.
  case zeroPressure(PressureSite)
  /// Sets a water circuit's mode and target of the arterial outlet (or of the water, for the
  /// cardioplegia circuit and in Maintain without blood flow).
  case setThermal(WaterCircuit, ThermalMode, Temperature)
  /// Starts a cardioplegia dose at a total flow (blood and crystalloid together). Retrograde it
  /// needs a usable pressure of the coronary sinus and is held to its limit.
  case startDose(Flow, DoseEnd, CardioplegiaRoute)
  /// Ends the dose.
  case stopDose
  /// Asks for a phase.
  case requestPhase(Phase)
  /// Ticks or unticks a checklist item that the operator vouches for.
  case confirmItem(ChecklistItem, Bool)
  /// Releases a latched stop of a pump once its cause has cleared.
  case resume(Int)
  /// Isolates the patient (G6): arterial clamp and venous occluder closed, arterial pump and
  /// cardioplegia stopped, then the vent; for massive air or a disconnection. Resumed pump by pump.
  case isolatePatient
  /// Overrides one event on one pump for 180 s (class A only).
  case override(Int, CircuitEvent)
  /// Ends an override.
  case endOverride(Int, CircuitEvent)
  /// Takes note of every alarm that is told.
  case acknowledgeAlarms
  /// Takes note of one alarm.
  case acknowledge(AlarmID)
  /// AUDIO PAUSED: no alarm sound for 120 s, or until a new alarm of high priority.
  case pauseAudio
  /// AUDIO OFF: no alarm sound until it is ended; refused while somebody depends on the machine.
  case switchAudioOff
  /// ALARM PAUSED: neither sound nor lamp for 120 s; refused while somebody depends on the machine
  /// or an alarm of high priority is told.
  case pauseAlarms
  /// Ends whichever of the three is in force.
  case endPause
  /// Resets latched alarms whose cause has cleared.
  case resetAlarms
  /// Moves the limit of an alarm of class B within its range, before bypass.
  case setAlarmLimit(AlarmID, Pressure)
  /// Switches an alarm of class B off, or on again, before bypass.
  case switchAlarm(AlarmID, isOn: Bool)
  /// Starts a timer from zero.
  case startTimer(TimerID)
  /// Stops a timer.
  case stopTimer(TimerID)
  /// Maintenance has been done: its running time begins anew. In standby and service alone.
  case maintenanceDone
  /// The water circuits have been disinfected: their time begins anew. In standby and service alone.
  case disinfectionDone
}

/// Who asked.
public enum CommandSource: UInt8, BitwiseCopyable, Sendable {
  /// The person at the machine.
  case panel
  /// A client of the link.
  case link
  /// A case file.
  case scenario
}

/// One request with the number that follows it through log and answer.
public struct OperatorCommand: BitwiseCopyable, Sendable {
  /// Decision number, unique in a run; repeated in the answer and in what follows from it.
  public var decision: UInt32
  /// Who asked.
  public var source: CommandSource
  /// The operator confirmed what needs confirmation (big steps, occluder below 20 %).
  public var isConfirmed: Bool
  /// What is asked.
  public var action: OperatorAction

  /// Makes a command.
  public init(
    decision: UInt32, source: CommandSource, isConfirmed: Bool = false, action: OperatorAction
  ) {
    self.decision = decision
    self.source = source
    self.isConfirmed = isConfirmed
    self.action = action
  }
}

/// The commands that wait at the start of a tick, oldest first.
public typealias CommandQueue = FixedList<8, OperatorCommand>

extension FixedList where Element == OperatorCommand {
  /// An empty queue.
  public init() {
    self.init(
      filler: OperatorCommand(decision: 0, source: .panel, action: .acknowledgeAlarms))
  }
}
