import LinkMessages

/// Bytes from a client and from a firmware: a length, a message, whatever kind it is.
///
/// What is read must be written again and read as the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func linkFrame(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  _ = LengthPrefix.find(in: bytes.span, limit: LinkProtocol.longestRequest)
  do throws(LinkError) {
    if let message = try ClientMessage.decode(bytes.span) {
      let framed = try message.framed()
      guard
        case .message(let prefix, let length) = LengthPrefix.find(
          in: framed.span, limit: LinkProtocol.longestRequest)
      else { preconditionFailure("what was written has no length") }
      let again = try ClientMessage.decode(framed.span.extracting(prefix..<prefix + length))
      precondition(again != nil, "what was written is not read")
    }
  } catch {}
  do throws(LinkError) { _ = try ServerMessage(decoding: bytes) } catch {}
  return 0
}
