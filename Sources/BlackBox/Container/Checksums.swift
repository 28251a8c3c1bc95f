internal import CChunkCoding

/// CRC-32 over bytes, taken on from an earlier sum.
func checksum(_ sum: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
  unsafe pc_crc32(
    sum, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
}
