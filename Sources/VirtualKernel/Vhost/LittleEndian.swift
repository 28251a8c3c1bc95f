/// Numbers in little-endian bytes, as vhost-user and the calendar exchange them.
extension [UInt8] {
  /// The number at an offset; 0 beyond the end, so that a short message reads as zeros.
  func number<Number: FixedWidthInteger>(at offset: Int, as type: Number.Type) -> Number {
    var value: Number = 0
    for index in 0..<MemoryLayout<Number>.size where offset + index < count {
      value |= Number(truncatingIfNeeded: self[offset + index]) << Number(8 * index)
    }
    return value
  }

  /// Adds a number.
  mutating func append<Number: FixedWidthInteger>(number: Number) {
    for index in 0..<MemoryLayout<Number>.size {
      append(UInt8(truncatingIfNeeded: number >> Number(8 * index)))
    }
  }
}
