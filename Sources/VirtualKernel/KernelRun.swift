public import BoardFiles
public import ChipDrivers
import Foundation
public import PerfusionCore
import VirtualBoard

/// What came of running a workload on a virtual kernel.
public struct KernelRunResult: Sendable {
  /// What kernel and workload printed.
  public var console: String
  /// The guest's clock at the end.
  public var time: Instant
  /// The guest powered off by itself before its time limit.
  public var hasPoweredOff: Bool
  /// Calendar messages exchanged.
  public var calendarMessages: Int
}

/// Runs a shell workload on a virtual kernel with the buses and GPIO chips of a board.
public struct KernelRun {
  /// The User-Mode-Linux program.
  public var kernel: String
  /// The board whose hardware the kernel sees.
  public let board: BoardDescription
  private let hardware: () -> BareBoard
  /// The guest is stopped when its clock reaches this.
  public var limit: Instant

  /// A run of a kernel program on a board.
  public init(kernel: String, board: BoardDescription, seed: UInt64, limit: Instant) {
    self.kernel = kernel
    self.board = board
    hardware = { BareBoard(board: board, seed: seed) }
    self.limit = limit
  }

  /// A run of a kernel program on buses, chips and lines alone, such as those of a rig.
  public init(kernel: String, wiring: BoardWiring, seed: UInt64, limit: Instant) {
    self.kernel = kernel
    board = BareBoard(wiring: wiring, seed: seed).board
    hardware = { BareBoard(wiring: wiring, seed: seed) }
    self.limit = limit
  }

  /// Runs the shell text as the guest's first program.
  ///
  /// - Throws: a `VhostError`, or what the host says when files or programs cannot be used.
  public func run(_ script: String) throws -> KernelRunResult {
    let folder = NSTemporaryDirectory() + "virtual-kernel-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let virtual = try VirtualKernel(
      board: hardware(), folder: folder)
    let guest = try Guest(
      kernel: kernel, of: virtual, folder: folder, script: script, console: "\(folder)/console")
    var hasPoweredOff = false
    do {
      hasPoweredOff = try virtual.serve(until: limit)
    } catch {
      guest.stop()
      throw error
    }
    if hasPoweredOff { guest.wait() } else { guest.stop() }
    let console = FileManager.default.contents(atPath: "\(folder)/console") ?? Data()
    try FileManager.default.removeItem(atPath: folder)
    return KernelRunResult(
      console: String(decoding: console.filter { $0 != 13 }, as: UTF8.self), time: virtual.now,
      hasPoweredOff: hasPoweredOff, calendarMessages: virtual.calendarMessages)
  }
}
