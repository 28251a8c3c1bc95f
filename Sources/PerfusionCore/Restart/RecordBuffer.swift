/// Bytes of a record that outlives the controller, little endian, with a cursor.
///
/// One walk over the fields both writes and reads: `pass` puts a field into the buffer, or takes it
/// out of it while `isReading`. Nothing traps: reading past the end or a value that the field cannot
/// hold leaves the field as it was and sets `fault`.
public struct RecordBuffer: ~Copyable, Sendable {
  /// Most bytes of a record.
  public static var capacity: Int { 3072 }

  /// The bytes; those from `count` on mean nothing.
  public var bytes = InlineArray<3072, UInt8>(repeating: 0)
  /// Bytes that belong to the record.
  public private(set) var count = 0
  /// Fields are taken out, not put in.
  public private(set) var isReading = false
  /// The first thing that was wrong.
  public private(set) var fault: RecordFault?
  private var position = 0

  /// An empty buffer.
  public init() {}

  /// Begins to write a record from its first byte.
  public mutating func beginWriting() {
    isReading = false
    fault = nil
    headFault = nil
    position = 0
    count = 0
  }

  /// Begins to read the first `count` bytes, which were put into `bytes`.
  public mutating func beginReading(count: Int) {
    isReading = true
    fault = nil
    headFault = nil
    position = 0
    self.count = min(max(count, 0), RecordBuffer.capacity)
  }

  /// Takes bytes from a place on and begins to read them.
  mutating func fill(_ source: Span<UInt8>, from place: Int) {
    let length = min(max(source.count - place, 0), RecordBuffer.capacity)
    for index in 0..<length { bytes[index] = source[place + index] }
    beginReading(count: length)
  }

  /// One byte; 0 outside the buffer.
  func byte(_ index: Int) -> UInt8 {
    index >= 0 && index < RecordBuffer.capacity ? bytes.span[index] : 0
  }

  /// Keeps the first cause.
  mutating func fail(_ cause: RecordFault) { if fault == nil { fault = cause } }

  /// What the head says against the record although its bytes are sound.
  private(set) var headFault: RecordFault?

  /// Notes what the head says against the record.
  mutating func judge(_ holds: Bool, else cause: RecordFault) {
    if isReading && !holds && headFault == nil { headFault = cause }
  }

  /// Puts a number where it was left open.
  mutating func patch(_ value: UInt16, at place: Int) {
    guard place >= 0, place + 2 <= count else { return }
    bytes[place] = UInt8(truncatingIfNeeded: value)
    bytes[place + 1] = UInt8(truncatingIfNeeded: value >> 8)
  }

  /// Passes a whole number.
  mutating func pass<Number: FixedWidthInteger>(_ value: inout Number) {
    let size = Number.bitWidth / 8
    let end = isReading ? count : RecordBuffer.capacity
    guard fault == nil, position + size <= end else { return fail(.truncated) }
    if isReading {
      var taken: Number = 0
      for index in 0..<size {
        taken |= Number(truncatingIfNeeded: bytes[position + index]) << Number(index * 8)
      }
      value = taken
    } else {
      for index in 0..<size {
        bytes[position + index] = UInt8(truncatingIfNeeded: value >> Number(index * 8))
      }
      count = max(count, position + size)
    }
    position += size
  }

  /// Passes yes or no.
  mutating func pass(_ value: inout Bool) {
    var byte: UInt8 = value ? 1 : 0
    pass(&byte)
    guard isReading else { return }
    if byte > 1 { fail(.malformed) } else { value = byte == 1 }
  }

  /// Passes a number, which must be finite and of a size that the machine knows.
  mutating func pass(_ value: inout Double) {
    var bits = value.bitPattern
    pass(&bits)
    guard isReading, fault == nil else { return }
    let taken = Double(bitPattern: bits)
    guard taken.isFinite, taken.magnitude < 1e12 else { return fail(.malformed) }
    value = taken
  }

  /// Passes a quantity in its base unit.
  mutating func pass<Value: Quantity>(_ value: inout Value) {
    var base = value.base
    pass(&base)
    if isReading { value = Value(base: base) }
  }

  /// Passes one of a closed set.
  mutating func pass<Choice: RawRepresentable>(_ value: inout Choice)
  where Choice.RawValue == UInt8 {
    var raw = value.rawValue
    pass(&raw)
    guard isReading, fault == nil else { return }
    guard let taken = Choice(rawValue: raw) else { return fail(.malformed) }
    value = taken
  }

  /// Passes a quantity that there may not be.
  mutating func pass<Value: Quantity>(optional value: inout Value?) {
    var isThere = value != nil
    pass(&isThere)
    var quantity = value ?? Value(base: 0)
    pass(&quantity)
    if isReading { value = isThere ? quantity : nil }
  }

  /// CRC-32 of IEEE 802.3 over the first `length` bytes.
  func sum(_ length: Int) -> UInt32 {
    var sum = RecordSum()
    let span = bytes.span
    for index in 0..<min(max(length, 0), RecordBuffer.capacity) { sum.add(span[index]) }
    return sum.value
  }
}

/// CRC-32 of IEEE 802.3 (reflected, polynomial 0xEDB88320), four bits at a time.
struct RecordSum: BitwiseCopyable, Sendable {
  private var register: UInt32 = 0xFFFF_FFFF

  /// The sum of all bytes so far.
  var value: UInt32 { ~register }

  /// Takes in a byte.
  mutating func add(_ byte: UInt8) {
    register ^= UInt32(byte)
    register = register >> 4 ^ RecordSum.step(register & 15)
    register = register >> 4 ^ RecordSum.step(register & 15)
  }

  /// Takes in a whole number, little endian.
  mutating func add(_ number: UInt64) {
    for index in 0..<8 { add(UInt8(truncatingIfNeeded: number >> UInt64(index * 8))) }
  }

  /// What four bits add to the register.
  private static func step(_ bits: UInt32) -> UInt32 {
    let first: UInt32 = bits & 1 != 0 ? 0x1DB7_1064 : 0
    let second: UInt32 = bits & 2 != 0 ? 0x3B6E_20C8 : 0
    let third: UInt32 = bits & 4 != 0 ? 0x76DC_4190 : 0
    let fourth: UInt32 = bits & 8 != 0 ? 0xEDB8_8320 : 0
    return first ^ second ^ third ^ fourth
  }
}
