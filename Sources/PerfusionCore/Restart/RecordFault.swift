/// Why bytes are not a record that this controller may go on from.
public enum RecordFault: UInt8, Error, BitwiseCopyable, Sendable {
  /// There are none: a new machine, or storage that is gone.
  case absent
  /// They do not begin as a record does.
  case notARecord
  /// They end too early.
  case truncated
  /// The check sum does not hold: some bytes changed, or the write was torn.
  case checksum
  /// Written by another version of the firmware.
  case otherVersion
  /// Written for another board image.
  case otherBoard
  /// A field holds what it cannot hold.
  case malformed

  /// The bytes are damaged, so that a newer record may have been lost with them.
  public var isDamage: Bool {
    switch self {
    case .absent, .otherVersion, .otherBoard: false
    case .notARecord, .truncated, .checksum, .malformed: true
    }
  }
}

/// How a controller came to run.
public enum StartKind: UInt8, BitwiseCopyable, Sendable {
  /// Power-on with nothing turning.
  case powerOn
  /// A restart: set-points of the record, speeds as measured.
  case adopted
  /// A restart at which a rotor did not turn as the record says: the measured speed was kept.
  case adoptedOtherSpeed
  /// A restart without a usable record while rotors turned: everything as measured.
  case adoptedBlind
}
