import Foundation
public import PerfusionCore
public import VirtualBoard

/// A firmware that runs on a virtual kernel, carried on piece by piece.
public final class KernelSession {
  /// The board behind the kernel.
  public let board: BareBoard
  /// The guest powered off or died.
  public private(set) var hasEnded = false
  private let kernel: VirtualKernel
  private let guest: Guest
  private let folder: String
  /// The console's text after the end.
  private var printed: String?

  /// Starts kernel and firmware.
  ///
  /// - Throws: a `VhostError`, or what the host says when files or programs cannot be used.
  public convenience init(
    kernel program: String, board: BareBoard, _ workload: FirmwareWorkload
  ) throws {
    try self.init(kernel: program, board: board, script: workload.script)
  }

  /// Starts a kernel with a shell text as its workload.
  ///
  /// - Throws: a `VhostError`, or what the host says when files or programs cannot be used.
  public init(kernel program: String, board: BareBoard, script: String) throws {
    self.board = board
    folder = NSTemporaryDirectory() + "virtual-kernel-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    kernel = try VirtualKernel(board: board, folder: folder)
    guest = try Guest(
      kernel: program, of: kernel, folder: folder, script: script,
      console: "\(folder)/console")
  }

  /// The guest's clock.
  public var now: Instant { kernel.now }

  /// Lets the guest run until its clock reaches a moment; the board gets there without a guest, too.
  public func run(until moment: Instant) throws(VhostError) {
    defer { while board.time.microseconds < moment.microseconds { board.step() } }
    guard !hasEnded else { return }
    hasEnded = try kernel.serve(until: moment)
  }

  /// Sends bytes to the firmware's link.
  public func send(_ bytes: [UInt8]) { kernel.send(bytes) }
  /// Takes what the firmware's link has said.
  public func receive() -> [UInt8] { kernel.receive() }
  /// Types a line for the workload.
  public func type(_ line: String) { kernel.type(line) }

  /// What kernel and firmware have printed.
  public var console: String {
    if let printed { return printed }
    let bytes = FileManager.default.contents(atPath: "\(folder)/console") ?? Data()
    return String(decoding: bytes.filter { $0 != 13 }, as: UTF8.self)
  }

  /// Ends the guest, at once when it still runs, and takes its folder away.
  public func end() {
    guest.stop()
    hasEnded = true
    printed = console
    // The folder holds sockets and the console's text only; what is left of it hurts nobody.
    do { try FileManager.default.removeItem(atPath: folder) } catch { return }
  }
}
