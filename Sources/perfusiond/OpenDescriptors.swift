internal import CLinux

/// Which of this process's descriptors are open, the first 256 of them.
struct OpenDescriptors {
  private var words = InlineArray<4, UInt64>(repeating: 0)

  /// None.
  init() {}

  /// Those that are open now.
  static var now: OpenDescriptors {
    var open = OpenDescriptors()
    var span = open.words.mutableSpan
    unsafe span.withUnsafeMutableBufferPointer { unsafe pc_descriptors_open($0.baseAddress) }
    return open
  }

  /// These but for those.
  func without(_ others: OpenDescriptors) -> OpenDescriptors {
    var left = self
    for word in 0..<4 { left.words[word] &= ~others.words[word] }
    return left
  }

  /// Closes them.
  func close() {
    for descriptor in 0..<256 where words[descriptor / 64] >> UInt64(descriptor % 64) & 1 != 0 {
      _ = pc_file_close(Int32(descriptor))
    }
  }
}
