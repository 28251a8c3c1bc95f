/// Something that the platform or the firmware around the controller found out.
public enum PlatformFinding: UInt8, BitwiseCopyable, Sendable {
  /// A check sum of the configuration, of its second copy or of a kept record is wrong (AL-58).
  case configurationFault
  /// A safe-torque-off path did not do in a test what it was told (AL-59).
  case torqueTest
  /// The watchdog was not made to bite within 24 h of power-on (AL-60).
  case watchdogTestOverdue
  /// The service interval is over (AL-66).
  case maintenanceOverdue
  /// The disinfection of the water circuits is overdue (AL-66, HZ-29).
  case disinfectionOverdue
  /// The log cannot be written, or only slowly (AL-67, HZ-51).
  case logStorage
  /// No display has answered (AL-55); say so from the first tick on, the table waits.
  case displayLost
  /// A bus failed three times in a second (AL-56, HZ-47).
  case busFault
  /// The same for a bus with a sensor that an interlock needs.
  case safetyBusFault
  /// The loop was late for more than two ticks in a row (AL-57, HZ-53).
  case loopOverrun
  /// The loop was late more than ten times in a second.
  case loopOverrunMany
  /// Clocks that should agree differ by more than 0.5 % (HZ-49).
  case clockDisagrees
  /// The battery failed its load test (AL-53, HZ-32).
  case batteryUnfit
  /// How many findings there are.
  public static var count: Int { 13 }
}

/// What the platform found, one bit a finding, and the ticks that it left out.
public struct PlatformFindings: BitwiseCopyable, Equatable, Sendable {
  /// Bit i below 16 stands for the finding with raw value i, the bits from 16 on are `missedTicks`.
  public var bits: UInt32 = 0
  /// Nothing found.
  public init() {}
  /// Whether something was found.
  @inlinable public func contains(_ finding: PlatformFinding) -> Bool {
    bits & (1 << UInt32(finding.rawValue)) != 0
  }
  /// States a finding or takes it back.
  @inlinable public mutating func set(_ finding: PlatformFinding, _ holds: Bool) {
    let bit = UInt32(1) << UInt32(finding.rawValue)
    bits = holds ? bits | bit : bits & ~bit
  }
  /// Ticks that the loop left out before this one because it came too late for them, 0...65535. What
  /// measures time passes them too; what counts samples does not.
  @inlinable public var missedTicks: UInt32 {
    get { bits >> 16 }
    set { bits = bits & 0xffff | min(newValue, 0xffff) << 16 }
  }
  /// Ticks of the clock since the last one that was carried out, this one included: at least 1.
  @inlinable public var elapsedTicks: UInt32 { missedTicks + 1 }
}
