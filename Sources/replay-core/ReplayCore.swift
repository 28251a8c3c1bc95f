internal import BlackBox
internal import CLinux
internal import LinkMessages
internal import PerfusionCore

/// The controller alone, behind standard input and output: `perfusion replay --core` drives it.
///
/// The protocol is in docs/black-box.md. Nothing else comes out of standard output; the exit code
/// is 0 at the end of the input, 1 when something could not be used.
@main
struct ReplayCore {
  static func main() {
    let incoming = UnsafeMutableRawPointer.allocate(byteCount: ReplayFrame.largest, alignment: 64)
    let outgoing = UnsafeMutableRawPointer.allocate(byteCount: ReplayFrame.largest, alignment: 64)
    var pipe = unsafe Pipe(memory: incoming)
    var port = unsafe ReplayPort(memory: outgoing, size: ReplayFrame.largest)
    guard let image = pipe.image() else { return refuse(&port) }
    unsafe port.put(.ready, UnsafeRawBufferPointer(start: nil, count: 0))
    guard Pipe.send(port) else { return pc_process_exit(1) }
    var server = ReplayServer(image.machine, port: port)
    while let kind = pipe.next() {
      server.port.clear()
      guard unsafe server.take(kind, pipe.content) else { return refuse(&server.port) }
      guard Pipe.send(server.port) else { return pc_process_exit(1) }
    }
    if !pipe.isAtEnd { refuse(&server.port) }
  }

  private static func refuse(_ port: inout ReplayPort) {
    port.clear()
    unsafe port.put(.refused, UnsafeRawBufferPointer(start: nil, count: 0))
    _ = Pipe.send(port)
    pc_process_exit(1)
  }
}

/// Frames from standard input.
@safe struct Pipe {
  private let memory: UnsafeMutableRawPointer
  private var length = 0
  /// The input ended between two frames.
  private(set) var isAtEnd = false

  init(memory: UnsafeMutableRawPointer) { unsafe self.memory = memory }

  /// The message of the last frame.
  var content: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: memory, count: length)
  }

  /// Reads a frame; nothing at the end, or when it is none.
  mutating func next() -> ReplayFrame? {
    guard read(ReplayFrame.headerSize) else { return nil }
    let size = Int(UInt32(littleEndian: unsafe memory.loadUnaligned(as: UInt32.self)))
    let kind = unsafe memory.load(fromByteOffset: 4, as: UInt8.self)
    guard size >= 1 && size <= ReplayFrame.largest, read(size - 1) else {
      isAtEnd = false
      return nil
    }
    length = size - 1
    return ReplayFrame(rawValue: kind)
  }

  /// Reads the first frame: the board image.
  mutating func image() -> BoardImage? {
    guard next() == .image else { return nil }
    do throws(BoardImageError) {
      return try BoardImage(decoding: unsafe Span<UInt8>(_unsafeBytes: content))
    } catch { return nil }
  }

  private mutating func read(_ count: Int) -> Bool {
    var got = 0
    while got < count {
      let bytes = unsafe (memory + got).assumingMemoryBound(to: UInt8.self)
      let now = unsafe pc_file_read(0, bytes, UInt64(count - got))
      guard now > 0 else {
        isAtEnd = now == 0 && got == 0
        return false
      }
      got += Int(now)
    }
    return true
  }

  /// Writes what a port holds to standard output.
  static func send(_ port: ReplayPort) -> Bool {
    let bytes = unsafe port.bytes
    guard let start = bytes.baseAddress, bytes.count > 0 else { return true }
    return unsafe pc_file_write_all(
      1, start.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count)) == 0
  }
}
