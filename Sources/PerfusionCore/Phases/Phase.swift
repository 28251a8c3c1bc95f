/// Where the treatment stands. What a hazard asks for depends on it (docs/domain.md 8.2).
public enum Phase: UInt8, BitwiseCopyable, Sendable {
  /// Nothing is powered.
  case off
  /// Power-on self test.
  case post
  /// Self test passed or failed with a reason; nothing turns.
  case standby
  /// The circuit is being built and entered.
  case setup
  /// The circuit is filled and purged; air is expected.
  case prime
  /// Every checklist item holds; waiting for the operator.
  case ready
  /// The heart still ejects.
  case partialBypass
  /// Full bypass.
  case onBypass
  /// Flow is stopped on purpose.
  case circulatoryArrest
  /// The heart takes over.
  case wean
  /// Closed-circuit support.
  case ecmo
  /// An organ is perfused.
  case exVivo
  /// Bypass has ended.
  case postBypass
  /// Maintenance; no patient.
  case service
  /// A fault that nothing may run through.
  case faultHold
  /// How many phases there are.
  public static var count: Int { 15 }

  /// Nothing may turn: torque is off and the clamp is closed.
  public var isDead: Bool { self == .off || self == .faultHold }

  /// A patient or organ depends on the flow.
  public var isSupporting: Bool {
    switch self {
    case .partialBypass, .onBypass, .wean, .ecmo, .exVivo: true
    case .off, .post, .standby, .setup, .prime, .ready, .circulatoryArrest, .postBypass, .service,
      .faultHold:
      false
    }
  }

  /// Somebody is on the machine: flow runs or was stopped on purpose.
  public var dependsOnMachine: Bool { isSupporting || self == .circulatoryArrest }
}

/// Something that must hold before bypass; machine-verified or confirmed by the operator
/// (docs/domain.md section 6, AmSECT checklist).
public enum ChecklistItem: UInt8, BitwiseCopyable, Sendable {
  /// Power-on self test passed (machine).
  case selfTest
  /// Pressures zeroed (machine, after the operator's zero command).
  case pressuresZeroed
  /// Tube and stroke volume confirmed (operator).
  case strokeVolume
  /// Occlusion test passed within 24 h (machine); roller pumps with an occlusion actuator or a
  /// clamped-line test.
  case occlusion
  /// No air at the arterial detector for 60 s of recirculation (machine).
  case airFree
  /// Distance from detector to cannula is long enough for the measured clamp time (machine).
  case airDistance
  /// Arterial line filter fitted (operator).
  case arterialFilter
  /// One-way valve in the vent line (operator).
  case ventValve
  /// Hand cranks at hand (operator).
  case handCrank
  /// Back-up gas available (operator).
  case backupGas
  /// Anaesthetic scavenging connected (operator).
  case scavenging
  /// Oxygenator gas exhaust open (operator, HZ-60).
  case gasExhaust
  /// Every roller turns in the right direction (machine, seen while priming).
  case direction
  /// Battery charged (machine).
  case battery
  /// Buzzer and lamps heard and seen in the self test (operator); the machine cannot know it.
  case signalsHeard
  /// How many items there are.
  public static var count: Int { 15 }
}

/// A set of checklist items.
public struct Checklist: BitwiseCopyable, Equatable, Sendable {
  /// Bit i stands for the item with raw value i.
  public var bits: UInt16

  /// Makes a set from its bits.
  @inlinable public init(bits: UInt16) { self.bits = bits }
  /// No item.
  @inlinable public static var none: Checklist { Checklist(bits: 0) }
  /// Whether an item is in the set.
  @inlinable public func contains(_ item: ChecklistItem) -> Bool {
    bits & (1 << UInt16(item.rawValue)) != 0
  }
  /// Adds an item or takes it out.
  @inlinable public mutating func set(_ item: ChecklistItem, _ isThere: Bool) {
    let bit = UInt16(1) << UInt16(item.rawValue)
    bits = isThere ? bits | bit : bits & ~bit
  }
}
