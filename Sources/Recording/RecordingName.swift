/// The name of a recording's file: five digits of the start, four of the part.
struct RecordingName {
  var recording: UInt32
  var part: UInt32
  private static var pattern: StaticString { "00000.0000.mcap" }

  init(recording: UInt32, part: UInt32) {
    self.recording = recording
    self.part = part
  }

  /// A name as the folder has it, nothing when it is none of ours.
  init?(_ text: UnsafePointer<CChar>) {
    var numbers = (UInt32(0), UInt32(0))
    for place in 0..<Self.pattern.utf8CodeUnitCount {
      let byte = unsafe UInt8(bitPattern: text[place])
      let expected = unsafe Self.pattern.utf8Start[place]
      guard expected == UInt8(ascii: "0") else {
        guard byte == expected else { return nil }
        continue
      }
      guard byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") else { return nil }
      let digit = UInt32(byte - UInt8(ascii: "0"))
      if place < 5 {
        numbers.0 = numbers.0 * 10 + digit
      } else {
        numbers.1 = numbers.1 * 10 + digit
      }
    }
    guard unsafe text[Self.pattern.utf8CodeUnitCount] == 0 else { return nil }
    (recording, part) = numbers
  }

  /// Older files have lower ones.
  var order: UInt64 { UInt64(recording) << 32 | UInt64(part) }

  /// The name; past 99,999 starts or 9,999 parts digits are lost, and the file is then there already.
  var text: InlineArray<15, UInt8> {
    var bytes = InlineArray<15, UInt8>(repeating: 0)
    for place in 0..<15 { bytes[place] = unsafe Self.pattern.utf8Start[place] }
    RecordingName.write(recording, to: &bytes, endingAt: 5, digits: 5)
    RecordingName.write(part, to: &bytes, endingAt: 10, digits: 4)
    return bytes
  }

  private static func write(
    _ number: UInt32, to bytes: inout InlineArray<15, UInt8>, endingAt end: Int, digits: Int
  ) {
    var rest = number
    for place in 1...digits {
      bytes[end - place] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
  }
}
