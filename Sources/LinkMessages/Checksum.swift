/// CRC-32 of IEEE 802.3 (reflected, polynomial 0xEDB88320), as in zip and PNG.
public struct Checksum: BitwiseCopyable, Sendable {
  private var register: UInt32 = 0xFFFF_FFFF

  /// The check sum of nothing yet.
  public init() {}

  /// Takes in one byte.
  public mutating func add(_ byte: UInt8) {
    register ^= UInt32(byte)
    for _ in 0..<8 {
      register = register & 1 != 0 ? (register >> 1) ^ 0xEDB8_8320 : register >> 1
    }
  }

  /// The check sum of all bytes so far.
  public var value: UInt32 { register ^ 0xFFFF_FFFF }
}
