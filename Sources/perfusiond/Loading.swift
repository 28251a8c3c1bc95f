internal import CLinux
internal import ChipDrivers
internal import LinkMessages
internal import LinuxPlatform

/// A mistake that ends the program: what to print, and the exit code.
struct Ending: Error {
  var line: TextLine
  /// 1 the machine lacks something, 2 wrong usage or an unreadable image.
  var code: Int32

  init(code: Int32, _ write: (inout TextLine) -> Void) {
    self.code = code
    line = TextLine()
    line.add("perfusiond: error: ")
    write(&line)
  }

  /// Something at a path cannot be used: what that means, and why.
  init(at path: FilePath, _ what: StaticString, cause: Int32) {
    self.init(code: 1) {
      $0.add(path)
      $0.add(what)
      $0.addCause(cause)
    }
  }
}

/// A board image that lives as long as the program.
@safe struct LoadedImage {
  /// The machine and its wiring.
  let image: UnsafeMutablePointer<BoardImage>
  /// The image as it was read.
  let bytes: UnsafeBufferPointer<UInt8>
  /// The check sum at its end, by which records of another board are told.
  var sum: UInt32 {
    var sum: UInt32 = 0
    for place in 0..<4 { sum |= unsafe UInt32(bytes[bytes.count - 4 + place]) << UInt32(place * 8) }
    return sum
  }
}

/// Reads and proves a board image.
func loadImage(_ path: FilePath) throws(Ending) -> LoadedImage {
  let bytes = try unsafe readFile(path)
  let image = UnsafeMutablePointer<BoardImage>.allocate(capacity: 1)
  do throws(BoardImageError) {
    try unsafe image.initialize(to: BoardImage(decoding: Span(_unsafeElements: bytes)))
  } catch {
    throw Ending(code: 2) {
      $0.add(path)
      $0.add(": ")
      $0.add(error.explanation)
      $0.add("; compile the board file again with this version of `perfusion board compile`")
    }
  }
  return unsafe LoadedImage(image: image, bytes: bytes)
}

/// What stands in a file, of at most one byte more than an image may have.
private func readFile(_ path: FilePath) throws(Ending) -> UnsafeBufferPointer<UInt8> {
  let file = unsafe path.withCString { unsafe pc_file_open($0, Int32(PC_FILE_READ), 0) }
  guard file >= 0 else {
    throw Ending(code: 2) {
      $0.add(path)
      $0.add(": cannot be opened (error ")
      $0.add(Int64(-file))
      $0.add("); give the image that `perfusion board compile` wrote")
    }
  }
  let room = Int(min(Int64(BoardImage.largestSize + 1), max(1, pc_file_length(file))))
  let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
  var length = 0
  while length < room {
    let count = unsafe pc_file_read(file, bytes + length, UInt64(room - length))
    guard count > 0 else { break }
    length += Int(count)
  }
  _ = pc_file_close(file)
  return unsafe UnsafeBufferPointer(start: bytes, count: length)
}

extension BoardImageError {
  /// What is wrong, for a person.
  var explanation: StaticString {
    switch self {
    case .wrongMagic: "is not a board image"
    case .wrongVersion: "is of another version of the image format"
    case .truncated: "is cut short"
    case .tooLong: "is longer than it says"
    case .checksum: "has a wrong check sum, some of its bytes changed"
    case .malformed: "does not hold a board"
    case .tooManyEntries: "holds more than the firmware has room for"
    case .valueOutOfRange: "holds a value outside its range"
    case .noRoom: "does not fit"
    }
  }
}
