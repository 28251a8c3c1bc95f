import LinkMessages

/// A board image: any bytes give an image or an error; an image that is read can be written, and
/// the bytes are the same.
///
/// Half of the inputs are taken as payloads and get a header and a check sum that hold, or the
/// fuzzer would never come past them.
@_cdecl("LLVMFuzzerTestOneInput")
public func image(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  read(bytes)
  if count < 60_000 { read(framed(bytes)) }
  return 0
}

private func read(_ bytes: [UInt8]) {
  do throws(BoardImageError) {
    let image = try BoardImage(decoding: bytes)
    let written: [UInt8]
    do throws(BoardImageError) { written = try image.encoded() } catch {
      preconditionFailure("an image that was read cannot be written: \(error)")
    }
    let again: [UInt8]
    do throws(BoardImageError) { again = try BoardImage(decoding: written).encoded() } catch {
      preconditionFailure("what was written is not read: \(error)")
    }
    precondition(again == written, "the same image gives other bytes")
  } catch {}
}

private func framed(_ payload: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = [0x50, 0x46, 0x42, 0x49, 1, 0, 0, 0]
  for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: payload.count >> (8 * shift))) }
  bytes += payload
  var sum = Checksum()
  for byte in bytes { sum.add(byte) }
  for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: sum.value >> UInt32(8 * shift))) }
  return bytes
}
