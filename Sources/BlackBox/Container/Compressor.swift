internal import CChunkCoding

/// zstd in memory that was set aside at the start.
@safe struct Compressor {
  private let memory: UnsafeMutablePointer<UInt8>

  /// Memory that it needs, in bytes.
  static var memorySize: Int { Int(pc_compressor_memory()) }
  /// Most bytes that so many can become.
  static func bound(_ length: Int) -> Int { Int(pc_compressed_bound(UInt64(length))) }

  init(memory: UnsafeMutableRawPointer) {
    unsafe self.memory = memory.bindMemory(to: UInt8.self, capacity: Compressor.memorySize)
  }

  /// The length of the frame, nothing when it does not fit.
  func compress(
    _ source: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
  ) -> Int? {
    let result = unsafe pc_compress(
      memory, UInt64(Compressor.memorySize),
      source.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(source.count),
      room.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(room.count))
    return result > 0 ? Int(result) : nil
  }
}
