internal import PerfusionCore

/// Readings as messages: value, then age (microseconds before the tick) and quality.
extension ByteWriter {
  /// Age and quality, fields 2 and 3.
  @inline(__always)
  mutating func stamp<Value>(_ reading: Reading<Value>, _ now: Instant) {
    field(2, now.microseconds &- reading.takenAt.microseconds)
    field(3, UInt64(reading.quality.rawValue))
  }
  /// A quantity.
  @inline(__always)
  mutating func reading<Value: Quantity>(
    _ number: UInt32, _ reading: Reading<Value>, _ now: Instant
  ) {
    let start = beginMessage(number)
    self.number(1, exact: 4, reading.value.base)
    stamp(reading, now)
    endMessage(start)
  }
  /// A two-state input.
  @inline(__always)
  mutating func reading(_ number: UInt32, _ reading: Reading<Bool>, _ now: Instant) {
    let start = beginMessage(number)
    field(1, reading.value)
    stamp(reading, now)
    endMessage(start)
  }
  /// A rotor's counts.
  @inline(__always)
  mutating func reading(_ number: UInt32, _ reading: Reading<Int64>, _ now: Instant) {
    let start = beginMessage(number)
    zigzag(1, reading.value)
    stamp(reading, now)
    endMessage(start)
  }
  /// An air detector.
  mutating func reading(_ number: UInt32, _ reading: Reading<AirObservation>, _ now: Instant) {
    let start = beginMessage(number)
    field(1, reading.value.airNow)
    stamp(reading, now)
    field(4, Int64(reading.value.longestAir))
    field(5, reading.value.selfTestPassed)
    endMessage(start)
  }
}

/// The fields of a reading that do not depend on what was measured.
struct ReadingStamp {
  private var age: Int64 = 0
  private var quality: UInt8 = 0

  /// Takes a field in when it is one of them.
  @inline(__always) mutating func take(_ field: WireField) {
    if field.number == 2 { age = field.signed }
    if field.number == 3 { quality = field.small }
  }
  /// The reading with this value, nothing when its quality is none that exists.
  @inline(__always) func reading<Value>(_ value: Value, _ now: Instant) -> Reading<Value>? {
    guard let quality = Quality(rawValue: quality) else { return nil }
    let taken = Instant(microseconds: now.microseconds &- age)
    return Reading(value, takenAt: taken, quality: quality)
  }
}

extension WireField {
  /// A quantity with time and quality.
  @inline(__always)
  func reading<Value: Quantity>(_ now: Instant) -> Reading<Value>? {
    var reader = unsafe ByteReader(bytes)
    var stamp = ReadingStamp()
    var value = 0.0
    while let field = reader.field() {
      stamp.take(field)
      if field.number == 1 || field.number == 4 { value = field.double }
    }
    return reader.hasFailed ? nil : stamp.reading(Value(base: value), now)
  }
  /// A two-state input.
  @inline(__always)
  func reading(_ now: Instant) -> Reading<Bool>? {
    var reader = unsafe ByteReader(bytes)
    var stamp = ReadingStamp()
    var value = false
    while let field = reader.field() {
      stamp.take(field)
      if field.number == 1 { value = field.bits != 0 }
    }
    return reader.hasFailed ? nil : stamp.reading(value, now)
  }
  /// A rotor's counts.
  @inline(__always)
  func reading(_ now: Instant) -> Reading<Int64>? {
    var reader = unsafe ByteReader(bytes)
    var stamp = ReadingStamp()
    var value: Int64 = 0
    while let field = reader.field() {
      stamp.take(field)
      if field.number == 1 { value = field.zigzag }
    }
    return reader.hasFailed ? nil : stamp.reading(value, now)
  }
  /// An air detector.
  func reading(_ now: Instant) -> Reading<AirObservation>? {
    var reader = unsafe ByteReader(bytes)
    var stamp = ReadingStamp()
    var value = AirObservation(airNow: false, longestAir: 0, selfTestPassed: false)
    while let field = reader.field() {
      stamp.take(field)
      switch field.number {
      case 1: value.airNow = field.bits != 0
      case 4: value.longestAir = Int32(truncatingIfNeeded: field.signed)
      case 5: value.selfTestPassed = field.bits != 0
      default: break
      }
    }
    return reader.hasFailed ? nil : stamp.reading(value, now)
  }
}
