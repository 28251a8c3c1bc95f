internal import CLinux
internal import ChipDrivers
internal import LinuxPlatform

/// A line of text, put together without memory of its own and written at once. What does not fit
/// is cut off.
///
/// What adds to it is never inlined: it is called in hundreds of places of which none is in a hurry.
struct TextLine {
  private var bytes = InlineArray<512, UInt8>(repeating: 0)
  private var count = 0
  /// What is added now stands inside a JSON string.
  var isQuoted = false

  init() {}

  @inline(never) mutating func add(_ text: StaticString) {
    text.withUTF8Buffer { text in
      for index in 0..<text.count { unsafe add(text[index]) }
    }
  }

  @inline(never) mutating func add(_ name: Identifier) {
    for index in 0..<name.count { add(name.byte(index)) }
  }

  mutating func add(_ path: FilePath) {
    for index in 0..<path.count { add(path.byte(index)) }
  }

  @inline(never) mutating func add(_ number: Int64) {
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
    addHexadecimalDigits(byte)
  }

  /// Two digits.
  mutating func addHexadecimalDigits(_ byte: UInt8) {
    addDigit(byte >> 4)
    addDigit(byte & 15)
  }

  /// A C string.
  mutating func add(text: UnsafePointer<CChar>) {
    var place = unsafe text
    while unsafe place.pointee != 0 {
      add(unsafe UInt8(bitPattern: place.pointee))
      unsafe place += 1
    }
  }

  /// Why a file, socket or device cannot be used, and the mend.
  mutating func addCause(_ number: Int32) {
    switch number {
    case 2: add("a folder on the way to it is missing, or the file is; make it")
    case 1, 13: add("no permission; run as the user or group that owns it")
    case 17, 20: add("something else has this name; name another path")
    case 28, 122: add("no room is left on the medium; free some")
    case 30: add("the medium can only be read; mount it for writing")
    case 98: add("somebody serves there already, or a file is in the way; name another path")
    default:
      add("error ")
      add(Int64(number))
    }
  }

  /// What was put together so far.
  func read<Result>(_ use: (Span<UInt8>) -> Result) -> Result {
    use(bytes.span.extracting(first: count))
  }

  /// The same as a name, cut to its length.
  var name: Identifier { read { Identifier(bytes: $0) } }

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
