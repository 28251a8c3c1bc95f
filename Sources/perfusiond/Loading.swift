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
}

/// Reads and proves a board image; it lives as long as the program. `sum` becomes the check sum at
/// its end, by which records of another board are told.
func loadImage(_ path: FilePath, sum: inout UInt32) throws(Ending) -> UnsafeMutablePointer<
  BoardImage
> {
  let file = unsafe path.withCString { unsafe pc_file_open($0, Int32(PC_FILE_READ), 0) }
  guard file >= 0 else {
    throw Ending(code: 2) {
      $0.add(path)
      $0.add(": cannot be opened (error ")
      $0.add(Int64(-file))
      $0.add("); give the image that `perfusion board compile` wrote")
    }
  }
  let room = BoardImage.largestSize + 1
  let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
  var length = 0
  while length < room {
    let count = unsafe pc_file_read(file, bytes + length, UInt64(room - length))
    guard count > 0 else { break }
    length += Int(count)
  }
  pc_file_close(file)
  defer { unsafe bytes.deallocate() }
  let image = UnsafeMutablePointer<BoardImage>.allocate(capacity: 1)
  let span = unsafe Span(_unsafeStart: bytes, count: length)
  do throws(BoardImageError) {
    try unsafe image.initialize(to: BoardImage(decoding: span))
  } catch {
    throw Ending(code: 2) {
      $0.add(path)
      $0.add(": ")
      $0.add(error.explanation)
      $0.add("; compile the board file again with this version of `perfusion board compile`")
    }
  }
  sum = 0
  for place in 0..<4 { sum |= UInt32(span[length - 4 + place]) << UInt32(place * 8) }
  return unsafe image
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
