/// Reads bytes that may be anything: past the end, or on a broken length, it fails and stays
/// failed; every value read from then on is zero.
@safe struct ByteReader {
  private let base: UnsafeRawPointer?
  private let end: Int
  /// Where the next byte is.
  private(set) var place = 0
  /// The bytes were not what was asked for.
  private(set) var hasFailed = false

  /// A reader of bytes that somebody else keeps alive.
  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe base = bytes.baseAddress
    end = bytes.count
  }

  /// Nothing is left, or reading failed.
  var isAtEnd: Bool { hasFailed || place >= end }
  /// Bytes that are left.
  var left: Int { hasFailed ? 0 : end - place }

  mutating func fail() { hasFailed = true }

  /// The next byte.
  @inline(__always) mutating func byte() -> UInt8 {
    guard !hasFailed, place < end, let base = unsafe base else {
      hasFailed = true
      return 0
    }
    let value = unsafe base.load(fromByteOffset: place, as: UInt8.self)
    place += 1
    return value
  }

  /// The next integer, least significant byte first.
  @inline(__always) mutating func integer<T: FixedWidthInteger & BitwiseCopyable>(
    _ type: T.Type
  ) -> T {
    guard !hasFailed, end - place >= MemoryLayout<T>.size, let base = unsafe base else {
      hasFailed = true
      return 0
    }
    let value = unsafe base.loadUnaligned(fromByteOffset: place, as: T.self)
    place += MemoryLayout<T>.size
    return T(littleEndian: value)
  }

  /// The next integer in protobuf's variable length.
  @inline(__always) mutating func varint() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      let next = byte()
      value |= UInt64(next & 0x7F) << shift
      guard next & 0x80 != 0 else { return value }
      shift += 7
    }
    hasFailed = true
    return 0
  }

  /// The next bytes.
  mutating func bytes(_ length: UInt64) -> UnsafeRawBufferPointer {
    guard !hasFailed, length <= UInt64(end - place), let base = unsafe base else {
      hasFailed = true
      return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    }
    let start = place
    place += Int(length)
    return unsafe UnsafeRawBufferPointer(start: base + start, count: Int(length))
  }
}

/// One field of a protobuf message as it stands on the wire.
@safe struct WireField {
  /// Its number in the schema.
  var number: UInt32
  /// Its bits, for the kinds of fixed or variable length.
  var bits: UInt64 = 0
  /// Its bytes, for messages, strings and bytes.
  var bytes = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  /// It had four bytes: a `float`.
  var isShort = false

  /// A field of which nothing but the number is known.
  init(number: UInt32) { self.number = number }

  /// As a number with or without a fraction.
  var double: Double {
    isShort ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
  }
  /// As an `int64`.
  var signed: Int64 { Int64(bitPattern: bits) }
  /// As a `sint64`.
  var zigzag: Int64 { Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1) }
  /// As a byte; what does not fit is 255, no member of any enumeration here.
  var small: UInt8 { UInt8(clamping: bits) }
}

extension ByteReader {
  /// The next field, nothing at the end or when the bytes are no message.
  @inline(__always) mutating func field() -> WireField? {
    guard !isAtEnd else { return nil }
    let tag = varint()
    guard tag >> 3 != 0, let number = UInt32(exactly: tag >> 3) else {
      fail()
      return nil
    }
    var field = WireField(number: number)
    switch tag & 7 {
    case 0: field.bits = varint()
    case 1: field.bits = integer(UInt64.self)
    case 2: unsafe field.bytes = bytes(varint())
    case 5:
      field.bits = UInt64(integer(UInt32.self))
      field.isShort = true
    default: fail()
    }
    return hasFailed ? nil : field
  }
}
