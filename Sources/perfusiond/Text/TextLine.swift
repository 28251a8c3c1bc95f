internal import CLinux
internal import ChipDrivers
internal import LinuxPlatform

/// A line of text, put together without memory of its own and written at once. What does not fit
/// is cut off.
struct TextLine {
  private var bytes = InlineArray<512, UInt8>(repeating: 0)
  private var count = 0
  /// What is added now stands inside a JSON string.
  var isQuoted = false

  init() {}

  mutating func add(_ text: StaticString) {
    text.withUTF8Buffer { text in
      for index in 0..<text.count { unsafe add(text[index]) }
    }
  }

  mutating func add(_ name: Identifier) {
    for index in 0..<name.count { add(name.byte(index)) }
  }

  mutating func add(_ path: FilePath) {
    for index in 0..<path.count { add(path.byte(index)) }
  }

  mutating func add(_ number: Int64) {
    if number < 0 { add(UInt8(ascii: "-")) }
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var length = 0
    var rest = number.magnitude
    repeat {
      digits[length] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
      length += 1
    } while rest > 0
    while length > 0 {
      length -= 1
      add(digits[length])
    }
  }

  mutating func addHexadecimal(_ byte: UInt8) {
    add("0x")
    addDigit(byte >> 4)
    addDigit(byte & 15)
  }

  private mutating func addDigit(_ digit: UInt8) {
    add(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
  }

  mutating func add(_ byte: UInt8) {
    guard isQuoted else { return put(byte) }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { put(UInt8(ascii: "\\")) }
    put(byte < 32 ? UInt8(ascii: " ") : byte)
  }

  private mutating func put(_ byte: UInt8) {
    guard count < 511 else { return }
    bytes[count] = byte
    count += 1
  }

  /// Writes the line to standard output (1) or standard error (2).
  func write(to descriptor: Int32) {
    var line = bytes
    line[count] = UInt8(ascii: "\n")
    let length = UInt64(count + 1)
    _ = unsafe line.span.withUnsafeBufferPointer {
      unsafe pc_file_write_all(descriptor, $0.baseAddress, length)
    }
  }
}
