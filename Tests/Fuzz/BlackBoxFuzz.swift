import BlackBox
import BlackBoxFiles

/// Whatever bytes the reader of black boxes and the recovery are given, they end with an answer; and
/// what recovery gives is whole, and recovered again it stays as it is.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzBlackBox(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  walk(bytes)
  guard let mended = Recovery.recover(bytes).file else { return 0 }
  let again = Recovery.recover(mended)
  precondition(again.wasComplete && again.damage.isEmpty && again.file == mended)
  walk(mended)
  return 0
}

/// Reads a file, and every message in it.
private func walk(_ bytes: [UInt8]) {
  do throws(McapError) {
    var inputs = InputsDecoder()
    var outputs = OutputsDecoder()
    _ = try McapReader(bytes).walk { message throws(McapError) in
      _ = inputs.read(message.data) { _ in true }
      _ = outputs.read(message.data) { _ in true }
      _ = EventRecord(message.data)
      _ = CommandRecord(message.data)
      _ = LoopRecord(message.data)
      return true
    }
  } catch {
    precondition(error.offset <= bytes.count)
  }
}
