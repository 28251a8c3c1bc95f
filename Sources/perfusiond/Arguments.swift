internal import CLinux
internal import ChipDrivers
internal import LinuxPlatform

/// One argument, at most 255 bytes of it.
struct ArgumentText {
  private var bytes = InlineArray<256, UInt8>(repeating: 0)
  private var count = 0

  mutating func append(_ byte: UInt8) {
    guard count < 256 else { return }
    bytes[count] = byte
    count += 1
  }

  func add(to line: inout TextLine) {
    for index in 0..<count { line.add(bytes.span[index]) }
  }

  /// The argument as a path.
  var path: FilePath? { FilePath(bytes.span.extracting(first: count)) }

  /// The argument as a whole number.
  var number: Int32? {
    var value: Int32 = 0
    guard count > 0 && count < 10 else { return nil }
    for index in 0..<count {
      let digit = Int32(bytes.span[index]) - 48
      guard digit >= 0 && digit <= 9 else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// The argument as NAME=PATH.
  var pair: ChipOverride? {
    var split = 0
    while split < count && bytes.span[split] != UInt8(ascii: "=") { split += 1 }
    guard split > 0 && split < count - 1 && split <= 47 && count - split - 1 <= 47 else {
      return nil
    }
    return ChipOverride(
      label: Identifier(bytes: bytes.span.extracting(0..<split)),
      path: Identifier(bytes: bytes.span.extracting(split + 1..<count)))
  }

  static func ~= (text: StaticString, argument: ArgumentText) -> Bool {
    guard text.utf8CodeUnitCount == argument.count else { return false }
    var isSame = true
    text.withUTF8Buffer { buffer in
      for index in 0..<argument.count where unsafe buffer[index] != argument.bytes.span[index] {
        isSame = false
      }
    }
    return isSame
  }
}

/// The arguments of this process, one after the other, as the kernel tells them.
struct ArgumentReader {
  private var bytes = InlineArray<4096, UInt8>(repeating: 0)
  private var count = 0
  private var position = 0

  init() {
    let file = unsafe pc_file_open("/proc/self/cmdline", Int32(PC_FILE_READ), 0)
    guard file >= 0 else { return }
    var span = bytes.mutableSpan
    let length = unsafe span.withUnsafeMutableBufferPointer {
      unsafe pc_file_read(file, $0.baseAddress, UInt64($0.count))
    }
    pc_file_close(file)
    count = max(0, Int(length))
    // The name of the program.
    _ = next()
  }

  mutating func next() -> ArgumentText? {
    guard position < count else { return nil }
    var text = ArgumentText()
    while position < count, bytes[position] != 0 {
      text.append(bytes[position])
      position += 1
    }
    position += 1
    return text
  }
}
