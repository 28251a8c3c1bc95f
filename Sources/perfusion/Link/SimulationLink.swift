import ArgumentParser
import ChipDrivers
import Firmware
import Foundation
import Link
import LinkMessages
import LinkSockets
import PerfusionCore
import Scenarios
import VirtualBoard

/// The link of a simulated firmware: the same server as on a board, stepped with the ticks.
final class SimulationLink {
  private let room: LinkRoom
  private var server: LinkServer<SocketTransport>
  private let paths: [String]
  private var record = TickRecord()
  private var lastTick = Tick.start
  private var displaySeen: Int64 = 0
  private var displayHeardAt = ContinuousClock.now
  private var isDisplayLost = false
  private let ticksInSecond: UInt64
  /// Clients that can be served at one time.
  private static let clients = 32

  /// Listens at a path, and at `PATH.ro` for those who only look.
  init(path: String, board image: [UInt8], tickMicroseconds: Int32) throws {
    paths = [path, path + ".ro"]
    ticksInSecond = UInt64(max(2, 1_000_000 / max(1, tickMicroseconds)))
    let transport: SocketTransport
    do throws(SocketError) {
      transport = try SocketTransport(path: path)
    } catch {
      let cause = unsafe String(cString: strerror(error.number))
      throw UnreadableInput(
        "\(path): error: the socket cannot be opened (\(cause)); name another path")
    }
    room = LinkRoom(image: image, clients: Self.clients)
    server = room.server(
      over: transport, program: .init("perfusion simulate \(programVersion)"),
      tickMicroseconds: tickMicroseconds)
  }

  /// Serves the clients after a tick. A firmware that is down serves nobody.
  func ticked(_ rig: InProcessRig) {
    guard rig.status.tick != lastTick else { return }
    lastTick = rig.status.tick
    rig.virtual.describe(into: &record)
    let now = rig.now.microseconds
    server.take(record, now: now)
    if lastTick.count % ticksInSecond == 1 { server.take(loop(rig)) }
    server.serve(now: now) { rig.submit($0) }
    heedDisplay(rig)
  }

  /// Virtual time may run faster than a display talks: its silence counts on the wall.
  private func heedDisplay(_ rig: InProcessRig) {
    let wall = ContinuousClock.now
    if server.displaySeen != displaySeen {
      (displaySeen, displayHeardAt) = (server.displaySeen, wall)
    }
    let isSilent = wall - displayHeardAt > .microseconds(SharedExchange.displayPatience)
    let isLost = displaySeen != 0 && isSilent
    guard isLost != isDisplayLost else { return }
    isDisplayLost = isLost
    rig.virtual.setDisplayLost(isLost)
  }

  /// How the loop fares in virtual time.
  private func loop(_ rig: InProcessRig) -> LoopReport {
    LoopReport(
      ticks: rig.virtual.ticks, overruns: rig.virtual.overruns, busy: rig.virtual.busBusy,
      elapsed: rig.now.microseconds, tickMicroseconds: rig.machine.tickMicroseconds,
      tick: lastTick, at: rig.now)
  }

  /// Says goodbye and takes the sockets away.
  func close(_ rig: InProcessRig) {
    server.stop(now: rig.now.microseconds)
    for path in paths { _ = unsafe unlink(path) }
  }
}
