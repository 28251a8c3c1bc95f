internal import BlackBox
internal import Foundation
public import PerfusionCore

/// Another build of the core, as a program behind a pipe (docs/black-box.md).
@safe public final class PipedCore: ReplayedCore {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let memory: UnsafeMutableRawPointer
  private var port: ReplayPort
  private var told = OutputsDecoder()
  private var buffer: [UInt8] = []
  private var place = 0

  /// Starts the program at a path and gives it the board image. One for another processor runs
  /// under its emulator.
  public init(path: String, image: [UInt8]) throws(ReplayFailure) {
    unsafe memory = UnsafeMutableRawPointer.allocate(
      byteCount: ReplayFrame.largest, alignment: 64)
    unsafe port = ReplayPort(memory: memory, size: ReplayFrame.largest)
    // A core that has ended is told by the answer that does not come.
    signal(SIGPIPE, SIG_IGN)
    let command = PipedCore.command(for: path)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = input
    process.standardOutput = output
    do { try process.run() } catch { throw .core("cannot be started: \(path)") }
    input.fileHandleForReading.closeFile()
    output.fileHandleForWriting.closeFile()
    unsafe image.span.withUnsafeBytes { unsafe port.put(.image, $0) }
    try send()
    guard try answer().kind == .ready else { throw .core("does not take the board image") }
  }

  deinit {
    input.fileHandleForWriting.closeFile()
    process.waitUntilExit()
    unsafe memory.deallocate()
  }

  /// What runs a program: itself, or the emulator of its processor.
  static func command(for path: String) -> [String] {
    let head = FileManager.default.contents(atPath: path)?.prefix(20) ?? Data()
    let isELF = head.starts(with: [0x7F, 0x45, 0x4C, 0x46])
    guard isELF, head.count == 20 else { return [path] }
    let machine = UInt16(head[18]) | UInt16(head[19]) << 8
    #if arch(x86_64)
      let isForeign = machine == 183
    #else
      let isForeign = false
    #endif
    return isForeign ? ["qemu-aarch64-static", path] : [path]
  }

  /// A controller begins.
  public func begin(_ start: ReplayStart) throws(ReplayFailure) {
    told.reset()
    port.clear()
    unsafe start.retained.span.withUnsafeBytes {
      unsafe port.start(retained: $0, isAdopting: start.isAdopting)
    }
    try send()
  }

  /// Carries it through one tick.
  public func step(
    tick: UInt64, now: Instant, sensors: SensorSnapshot, commands: CommandQueue,
    actuators: inout ActuatorCommands, events: inout EventList
  ) throws(ReplayFailure) {
    port.clear()
    for index in commands.indices { port.command(commands[index], tick: tick) }
    port.tick(sensors, tick: tick, now: now)
    try send()
    events.removeAll()
    while true {
      let frame = try answer()
      let content = Array(buffer[frame.content])
      switch frame.kind {
      case .event:
        let event = unsafe content.withUnsafeBytes { unsafe EventRecord($0) }
        guard let event else { throw .core("gives an event that cannot be understood") }
        events.append(event.event)
      case .told:
        let isWhole = unsafe content.withUnsafeBytes { bytes in
          unsafe bytes.isEmpty ? true : told.read(bytes) { _ in true }
        }
        guard isWhole else { throw .core("gives outputs that cannot be understood") }
        actuators = told.actuators
        return
      default: throw .core("refuses what was recorded at tick \(tick)")
      }
    }
  }

  private func send() throws(ReplayFailure) {
    guard !port.isOverfull else { throw .core("cannot be sent so much at once") }
    let bytes = unsafe port.bytes
    var from = 0
    while from < (bytes.count) {
      let got = unsafe write(
        input.fileHandleForWriting.fileDescriptor, bytes.baseAddress.map { unsafe $0 + from },
        bytes.count - from)
      guard got > 0 else { throw .core("has ended before its time") }
      from += got
    }
    port.clear()
  }

  /// The next frame of the core; its content is in `buffer`.
  private func answer() throws(ReplayFailure) -> (kind: ReplayFrame, content: Range<Int>) {
    try need(ReplayFrame.headerSize)
    let size = (0..<4).reduce(0) { $0 | Int(buffer[place + $1]) << ($1 * 8) }
    guard size >= 1, size <= ReplayFrame.largest,
      let kind = ReplayFrame(rawValue: buffer[place + 4])
    else { throw .core("does not speak the protocol of docs/black-box.md") }
    try need(4 + size)
    let content = (place + ReplayFrame.headerSize)..<(place + 4 + size)
    place += 4 + size
    return (kind, content)
  }

  /// Reads until so many bytes wait.
  private func need(_ count: Int) throws(ReplayFailure) {
    guard buffer.count - place < count else { return }
    buffer.removeFirst(place)
    place = 0
    while buffer.count < count {
      let got = unsafe withUnsafeTemporaryAllocation(byteCount: 65536, alignment: 8) { room in
        let got = unsafe read(
          output.fileHandleForReading.fileDescriptor, room.baseAddress, room.count)
        if got > 0 { unsafe buffer.append(contentsOf: room.prefix(got)) }
        return got
      }
      guard got > 0 else { throw .core("has ended before its time") }
    }
  }
}
