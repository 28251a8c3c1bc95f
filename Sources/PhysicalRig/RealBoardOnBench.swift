public import BoardFiles
import Foundation
import LinkSockets
public import LinuxPlatform
import PerfusionCore

/// A real pump board on a bench: time is real, and the firmware is reached at its socket, on this
/// computer or through ssh.
public final class RealBoardOnBench: BoardOnBench {
  /// How often the link was opened.
  public private(set) var conversations = 0
  /// Why the board cannot be reached, or time not be kept.
  public private(set) var trouble: String?
  /// Milliseconds that began late by more than one.
  public private(set) var lateMilliseconds = 0
  private let link: BenchLink
  private let board: LinuxBoard
  private let tickMilliseconds: Int
  private var stream: LinkStream?
  private var tunnel: Process?
  private let tunnelSocket: String
  private var next: Int64 = 0
  private var tryAt: Int64 = 0

  /// Nanoseconds by which the loop may fall behind: beyond it what is played is not the plant.
  static var patience: Int64 { 100_000_000 }

  /// A board that is not yet reached. `board` is the rig's own clock.
  public init(_ bench: BenchDescription, clock board: LinuxBoard) {
    link = bench.link
    self.board = board
    tickMilliseconds = Int(bench.board.machine.tickMicroseconds) / 1000
    tunnelSocket =
      FileManager.default.temporaryDirectory.path + "/perfusion-bench-\(getpid()).sock"
  }

  /// Runs the rig's loop once in each millisecond of real time.
  public func pass(_ eachMillisecond: @escaping () -> Void) {
    if next == 0 { next = board.nanoseconds }
    for _ in 0..<tickMilliseconds {
      next += 1_000_000
      board.sleep(until: next)
      let late = board.nanoseconds - next
      if late > 1_000_000 { lateMilliseconds += 1 }
      if late > Self.patience, trouble == nil {
        trouble =
          "the rig computer fell \(late / 1_000_000) ms behind, so what it plays is not the plant; "
          + "give it a real-time kernel and nothing else to do (perfusion doctor)"
      }
      eachMillisecond()
    }
    connectWhenDue()
  }

  /// Bytes for the firmware.
  public func send(_ bytes: [UInt8]) { stream?.send(bytes) }

  /// What the firmware has sent.
  public func receive() -> [UInt8] {
    guard let stream else { return [] }
    let bytes = stream.receive()
    // A board whose supply was cut ends its link; it is opened again when the board is back.
    if stream.hasEnded { self.stream = nil }
    return bytes
  }

  /// Ends the link.
  public func release() {
    stream = nil
    tunnel?.terminate()
    tunnel = nil
    unlinkTunnel()
  }

  private func unlinkTunnel() { _ = unsafe unlink(tunnelSocket) }

  /// Twice a second while nobody answers.
  private func connectWhenDue() {
    guard stream == nil, board.nanoseconds >= tryAt else { return }
    tryAt = board.nanoseconds + 500_000_000
    guard digTunnel() else { return }
    do throws(SocketError) {
      if let device = link.device {
        stream = try LinkStream(device: device)
      } else {
        stream = try LinkStream(path: link.host == nil ? link.socket : tunnelSocket)
      }
      conversations += 1
    } catch {
      // Not there yet: how long that may last is the matter of whoever waits for the board.
      return
    }
  }

  /// An ssh that carries the board's socket here; true when one runs, or none is needed.
  private func digTunnel() -> Bool {
    guard let host = link.host, link.device == nil else { return true }
    if let tunnel, tunnel.isRunning { return true }
    unlinkTunnel()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "ssh", "-N", "-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=5", "-o",
      "ExitOnForwardFailure=yes", "-o", "ServerAliveInterval=2", "-o", "ServerAliveCountMax=2",
      "-L", "\(tunnelSocket):\(link.socket)", host,
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    do {
      try process.run()
      tunnel = process
    } catch {
      if trouble == nil { trouble = "ssh cannot be started; apt install openssh-client" }
    }
    return false
  }
}
