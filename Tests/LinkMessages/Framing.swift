import LinkMessages

/// Puts header and check sum around any payload, so that damage behind the check sum is reached.
enum Framing {
  static func frame(_ payload: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0x50, 0x46, 0x42, 0x49, 1, 0, 0, 0]
    for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: payload.count >> shift)) }
    bytes += payload
    var checksum = Checksum()
    for byte in bytes { checksum.add(byte) }
    for shift in [0, 8, 16, 24] {
      bytes.append(UInt8(truncatingIfNeeded: checksum.value >> UInt32(shift)))
    }
    return bytes
  }
}
