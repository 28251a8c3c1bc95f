/// The fields of a protobuf message; zero and false are left out, as proto3 does.
extension ByteWriter {
  /// A field of variable length: integers without a sign, enumerations.
  @inline(__always) mutating func field(_ number: UInt32, _ value: UInt64) {
    guard value != 0 else { return }
    varint(UInt64(number) << 3)
    varint(value)
  }
  /// An `int64` field: negative values take ten bytes.
  @inline(__always) mutating func field(_ number: UInt32, _ value: Int64) {
    field(number, UInt64(bitPattern: value))
  }
  /// A `sint64` field: small negative values are short.
  @inline(__always) mutating func zigzag(_ number: UInt32, _ value: Int64) {
    field(number, UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }
  /// A `bool` field.
  @inline(__always) mutating func field(_ number: UInt32, _ value: Bool) {
    if value { field(number, UInt64(1)) }
  }
  /// A `double` field; minus zero is not left out.
  mutating func field(_ number: UInt32, _ value: Double) {
    guard value.bitPattern != 0 else { return }
    varint(UInt64(number) << 3 | 1)
    integer(value.bitPattern)
  }
  /// A quantity: a `float` field, and a `double` field beside it only when the float would lose
  /// bits. So engineering values stay short, and every bit is kept.
  @inline(__always) mutating func number(_ number: UInt32, exact: UInt32, _ value: Double) {
    guard value.bitPattern != 0 else { return }
    let short = Float(value)
    if short.bitPattern != 0 {
      varint(UInt64(number) << 3 | 5)
      integer(short.bitPattern)
    }
    guard Double(short).bitPattern != value.bitPattern else { return }
    varint(UInt64(exact) << 3 | 1)
    integer(value.bitPattern)
  }
  /// A `bytes` field.
  mutating func field(_ number: UInt32, _ source: UnsafeRawBufferPointer) {
    guard source.count > 0 else { return }
    varint(UInt64(number) << 3 | 2)
    varint(UInt64(source.count))
    unsafe bytes(source)
  }

  /// Begins a message field; give the result to `endMessage`.
  @inline(__always) mutating func beginMessage(_ number: UInt32) -> Int {
    varint(UInt64(number) << 3 | 2)
    byte(0)
    return count
  }
  /// Ends a message field: its length goes in front of it.
  @inline(__always) mutating func endMessage(_ start: Int) {
    let length = count - start
    guard length > 0x7F else { return put(UInt8(truncatingIfNeeded: length), at: start - 1) }
    var extra = 0
    var rest = length >> 7
    while rest > 0 {
      extra += 1
      rest >>= 7
    }
    open(gap: extra, at: start)
    guard !isOverfull else { return }
    rest = length
    for place in 0...extra {
      put(UInt8(rest & 0x7F) | (place < extra ? 0x80 : 0), at: start - 1 + place)
      rest >>= 7
    }
  }
}
