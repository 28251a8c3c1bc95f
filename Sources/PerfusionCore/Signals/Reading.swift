/// How far a reading can be trusted.
public enum Quality: UInt8, BitwiseCopyable, Sendable {
  /// Measured in time, in range, self-consistent.
  case valid
  /// True when it was taken, but older than its sensor allows.
  case stale
  /// Taken in time, outside what the sensor can measure.
  case outOfRange
  /// The sensor, its chip or its bus says that it is broken.
  case faulted
  /// The board has no such sensor, or it has not been read yet.
  case absent
}

/// A measured quantity with the moment it was taken and how good it is.
///
/// A value that is not `valid` is still carried for the record; control code asks for `usable`.
public struct Reading<Value: BitwiseCopyable & Sendable>: BitwiseCopyable, Sendable {
  /// What was measured; the last good value while the quality is not `valid`.
  public var value: Value
  /// When it was taken.
  public var takenAt: Instant
  /// How far it can be trusted.
  public var quality: Quality

  /// Makes a reading.
  @inlinable public init(_ value: Value, takenAt: Instant, quality: Quality = .valid) {
    self.value = value
    self.takenAt = takenAt
    self.quality = quality
  }

  /// The value when it can be trusted, nothing otherwise.
  @inlinable public var usable: Value? { quality == .valid ? value : nil }
  /// True when the board has such a sensor and it has been read at least once.
  @inlinable public var isPresent: Bool { quality != .absent }
}

extension Reading where Value: Quantity {
  /// The reading of a sensor that the board does not have.
  @inlinable public static var absent: Self {
    Self(Value(base: 0), takenAt: .start, quality: .absent)
  }
}
