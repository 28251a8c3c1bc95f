internal import CLinkMessages

/// The narrow calls over the C codec. All are total.
func encodeMessage<Message, Kind: BinaryInteger>(
  _ kind: Kind, _ message: inout Message, into bytes: inout MutableSpan<UInt8>
) throws(LinkError) -> Int {
  let written = unsafe bytes.withUnsafeMutableBufferPointer { buffer -> Int32 in
    guard let base = buffer.baseAddress else { return Int32(PC_MESSAGE_NO_ROOM) }
    return unsafe withUnsafePointer(to: &message) { place in
      unsafe pc_link_encode(
        Int32(truncatingIfNeeded: kind), place, base, UInt32(clamping: buffer.count))
    }
  }
  guard written >= 0 else { throw .noRoom }
  return Int(written)
}

func decodeMessage<Message, Kind: BinaryInteger>(
  _ kind: Kind, _ bytes: Span<UInt8>, into message: inout Message
) throws(LinkError) {
  let outcome = unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe withUnsafeMutablePointer(to: &message) { place in
      unsafe pc_link_decode(
        Int32(truncatingIfNeeded: kind), buffer.baseAddress, UInt32(clamping: buffer.count), place)
    }
  }
  switch Int(outcome) {
  case 0: return
  case Int(PC_MESSAGE_TOO_MANY): throw .tooMany
  default: throw .malformed
  }
}

/// An element of a C array, which Swift sees as a tuple; the filler outside it.
func element<Elements: BitwiseCopyable, Element: BitwiseCopyable>(
  _ elements: inout Elements, _ index: Int, of filler: Element
) -> Element {
  unsafe withUnsafeBytes(of: &elements) { bytes in
    let offset = index * MemoryLayout<Element>.stride
    guard index >= 0, offset + MemoryLayout<Element>.size <= bytes.count else { return filler }
    return unsafe bytes.load(fromByteOffset: offset, as: Element.self)
  }
}

/// Sets an element of a C array; outside it nothing happens.
func setElement<Elements: BitwiseCopyable, Element: BitwiseCopyable>(
  _ elements: inout Elements, _ index: Int, _ value: Element
) {
  unsafe withUnsafeMutableBytes(of: &elements) { bytes in
    let offset = index * MemoryLayout<Element>.stride
    guard index >= 0, offset + MemoryLayout<Element>.size <= bytes.count else { return }
    unsafe bytes.storeBytes(of: value, toByteOffset: offset, as: Element.self)
  }
}
