import ArgumentParser
import BoardFiles
import ChipDrivers
import Foundation
import Link
import LinkSockets
import LiveView
import PerfusionCore
import Scenarios
import VirtualBoard
import VirtualKernel

/// The firmware on the virtual kernel in real time, its link bridged out to a Unix socket, so that a
/// person can watch and operate it.
final class HilLive {
  private let session: KernelSession
  private var bridge: LinkBridge
  private let clock = ContinuousClock()
  private static let slice: Int64 = 10_000

  init(_ session: KernelSession, bridge: consuming LinkBridge) {
    self.session = session
    self.bridge = bridge
  }

  /// Runs until Ctrl-C or the guest's end; gives how often it fell behind by more than a second.
  func run() throws -> Int {
    var begun = clock.now
    var slices: Int64 = 0
    var delays = 0
    while !Interruption.isAsked, !session.hasEnded {
      slices += 1
      try session.run(until: session.board.time.advanced(microseconds: Self.slice))
      session.send(bridge.fromClient())
      bridge.toClient(session.receive())
      let due = begun.advanced(by: .microseconds(slices * Self.slice))
      let left = clock.now.duration(to: due).components
      if left.seconds >= 0, left.attoseconds > 0 {
        usleep(UInt32(left.attoseconds / 1_000_000_000_000))
      } else if left.seconds < -1 {
        // What this computer cannot do in time is dropped, not saved up.
        delays += 1
        begun = clock.now.advanced(by: .microseconds(-slices * Self.slice))
      }
    }
    return delays
  }

  /// Lets the firmware hand over and the guest power off.
  func stop() {
    session.type("stop")
    for _ in 0..<1000 where !session.hasEnded {
      do {
        try session.run(until: session.board.time.advanced(microseconds: Self.slice))
      } catch { break }
    }
    session.end()
  }
}

/// One client of a socket at a time, as the firmware's console knows one.
struct LinkBridge: ~Copyable {
  private var transport: SocketTransport
  private var client: Int32?
  private var unsent: [UInt8] = []

  /// Listens at a path.
  static func open(_ path: String) throws -> LinkBridge {
    do throws(SocketError) {
      return LinkBridge(transport: try SocketTransport(path: path))
    } catch {
      throw UnreadableInput(
        "\(path): error: the socket cannot be opened (error \(error.number)); name another path")
    }
  }

  private init(transport: consuming SocketTransport) { self.transport = transport }

  /// What the client has said. When it has gone, what ends its conversation: the firmware throws out
  /// who sends a message of impossible length, and takes the next one.
  mutating func fromClient() -> [UInt8] {
    if client == nil {
      client = transport.accept(.control)
      unsent = []
    }
    guard let client else { return [] }
    var bytes: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 4096)
    while true {
      var span = room.mutableSpan
      switch transport.receive(from: client, into: &span) {
      case .bytes(let count): bytes += room.prefix(count)
      case .nothing: return bytes
      case .ended:
        transport.close(client)
        self.client = nil
        return bytes + [0xFF, 0xFF, 0xFF, 0x7F]
      }
    }
  }

  /// Passes on what the firmware has said; nobody's while there is no client.
  mutating func toClient(_ bytes: [UInt8]) {
    guard let client else { return }
    unsent += bytes
    guard !unsent.isEmpty else { return }
    let waiting = unsent
    let sent = transport.send(waiting.span, to: client)
    if sent > 0 { unsent.removeFirst(sent) }
    // A client that does not read for long is dropped, as the firmware itself does.
    if sent < 0 || unsent.count > 4 << 20 {
      transport.close(client)
      self.client = nil
    }
  }
}
