import CVhostUser
import ChipDrivers
import Foundation
public import PerfusionCore
public import VirtualBoard

/// A Linux kernel whose buses and GPIO chips are those of a virtual board, in virtual time.
///
/// The kernel is User-Mode Linux, a program; its I2C adapters and GPIO chips are vhost-user devices
/// that this process serves, and its clock jumps from event to event. The same board, seed and
/// workload give the same run.
public final class VirtualKernel {
  private let board: BareBoard
  private let folder: String
  private var devices: [VhostUserDevice] = []
  private var listeners: [(descriptor: Int32, path: String, make: () -> any VirtioDevice)] = []
  private var calendarListener: Int32 = -1
  private var calendar: Calendar?
  private var chips: [GPIOChip] = []
  private let port = ConsolePort()
  private let keyboard = ConsolePort()
  /// The guest's devices, as its command line names them.
  private(set) var deviceArguments: [String] = []

  /// Prepares sockets in a folder, for every bus and every GPIO chip label of the board.
  public init(board: BareBoard, folder: String) throws(VhostError) {
    self.board = board
    self.folder = folder
    calendarListener = try Self.listen("\(folder)/calendar")
    for bus in board.wiring.buses.indices {
      try add("i2c\(bus)", I2CAdapter(board: board, bus: bus))
    }
    for (index, label) in Self.labels(board).enumerated() {
      let chip = GPIOChip(board: board, wirings: Self.lines(board, label))
      chips.append(chip)
      try add("gpio\(index)", chip)
    }
    try add("port", port)
    try add("keyboard", keyboard)
  }

  deinit {
    for listener in listeners { pc_vhost_close(listener.descriptor) }
    for device in devices { pc_vhost_close(device.connection.descriptor) }
    if let calendar { pc_vhost_close(calendar.connection.descriptor) }
    pc_vhost_close(calendarListener)
  }

  /// How far the guest's clock has come.
  public var now: Instant { calendar?.now.instant ?? .start }
  /// Calendar messages so far.
  public var calendarMessages: Int { calendar?.messages ?? 0 }

  /// Sends bytes to the guest's `/dev/hvc0`.
  public func send(_ bytes: [UInt8]) { port.send(bytes, at: calendar?.now ?? .start) }
  /// Takes what the guest has written to `/dev/hvc0` since the last call.
  public func receive() -> [UInt8] { port.receive() }

  /// Types a line at the guest's `/dev/hvc1`, where the workload of a rig listens.
  public func type(_ line: String) {
    keyboard.send(Array((line + "\n").utf8), at: calendar?.now ?? .start)
  }

  private func add(_ name: String, _ device: any VirtioDevice) throws(VhostError) {
    let path = "\(folder)/\(name)"
    listeners.append((try Self.listen(path), path, { device }))
    deviceArguments.append("virtio_uml.device=\(path):\(device.number)")
  }

  private static func listen(_ path: String) throws(VhostError) -> Int32 {
    let listener = unsafe pc_vhost_listen(path)
    guard listener >= 0 else { throw .from(listener, "listen on \(path)") }
    return listener
  }

  /// Chip labels in the order of their first line; lines without a label share one chip.
  private static func labels(_ board: BareBoard) -> [Identifier] {
    var labels: [Identifier] = []
    for index in board.wiring.lines.indices {
      let line = board.wiring.lines[index]
      if line.expander < 0 && !labels.contains(line.chipLabel) { labels.append(line.chipLabel) }
    }
    return labels
  }

  private static func lines(_ board: BareBoard, _ label: Identifier) -> [Int] {
    board.wiring.lines.indices.filter {
      board.wiring.lines[$0].expander < 0
        && board.wiring.lines[$0].chipLabel == label
    }
  }
}

extension VirtualKernel {
  /// Serves the guest until it powers off or its clock reaches `limit`; true when it powered off.
  public func serve(until limit: Instant) throws(VhostError) -> Bool {
    do throws(VhostError) {
      try acceptAll()
      while true {
        let isIdle = calendar?.isWaiting == true
        if let ready = try next(waiting: !isIdle) {
          try answer(ready)
        } else if isIdle {
          if calendar?.now.instant.microseconds ?? 0 >= limit.microseconds { return false }
          try advance(limit: GuestTime(limit))
        }
      }
    } catch {
      guard error == .closed else { throw error }
      return true
    }
  }

  /// The guest connects its calendar first, then its devices in the order of its command line.
  private func acceptAll() throws(VhostError) {
    guard calendar == nil else { return }
    let connection = pc_vhost_accept(calendarListener)
    guard connection >= 0 else { throw .from(connection, "accept") }
    calendar = Calendar(connection: Connection(descriptor: connection))
  }

  /// Calendar and connected devices, then listeners that still wait.
  private var sockets: [Int32] {
    var sockets = calendar.map { [$0.connection.descriptor] } ?? []
    sockets += devices.map(\.connection.descriptor)
    return sockets + listeners.map(\.descriptor)
  }

  private func next(waiting: Bool) throws(VhostError) -> Int? {
    let sockets = sockets
    let ready = unsafe sockets.withUnsafeBufferPointer {
      unsafe pc_vhost_wait($0.baseAddress, UInt32($0.count), waiting ? -1 : 0)
    }
    if ready == -110 { return nil }
    guard ready >= 0 else { throw .from(ready, "poll") }
    return Int(ready)
  }

  private func answer(_ ready: Int) throws(VhostError) {
    guard let calendar else { return }
    if ready == 0 {
      try calendar.answer()
    } else if ready <= devices.count {
      try answer(devices[ready - 1], at: calendar.now)
    } else {
      let listener = listeners.remove(at: ready - 1 - devices.count)
      let connection = pc_vhost_accept(listener.descriptor)
      pc_vhost_close(listener.descriptor)
      guard connection >= 0 else { throw .from(connection, "accept") }
      devices.append(
        VhostUserDevice(
          connection: Connection(descriptor: connection), device: listener.make()))
    }
  }

  /// A device whose socket closes has been detached: at power-off the guest lets go of them one by
  /// one, and its calendar last.
  private func answer(_ device: VhostUserDevice, at now: GuestTime) throws(VhostError) {
    do throws(VhostError) {
      try device.answer(at: now) { () throws(VhostError) in
        // While the guest waits for the reply its clock stands still, so interrupts and the next
        // moment at which it must ask reach it at the same point of its program in every run.
        try raiseInterrupts(device)
        if let due = device.device.due { try calendar?.shorten(to: max(due, now)) }
      }
      try raiseInterrupts(device)
    } catch {
      guard error == .closed else { throw error }
      pc_vhost_close(device.connection.descriptor)
      devices.removeAll { $0 === device }
    }
  }

  private func raiseInterrupts(_ device: VhostUserDevice) throws(VhostError) {
    for queue in device.device.takeInterrupts() {
      try device.interrupt(queue: queue) { reply throws(VhostError) in try pump(until: reply) }
    }
  }

  /// Serves the calendar until a socket can be read.
  private func pump(until reply: Int32) throws(VhostError) {
    guard let calendar else { return }
    let sockets = [reply, calendar.connection.descriptor]
    while true {
      let ready = unsafe sockets.withUnsafeBufferPointer {
        unsafe pc_vhost_wait($0.baseAddress, 2, -1)
      }
      guard ready >= 0 else { throw .from(ready, "poll") }
      if ready == 0 { return }
      try calendar.answer()
    }
  }

  /// The guest idles: carry the board to the next thing that happens, and tell the guest.
  private func advance(limit: GuestTime) throws(VhostError) {
    guard let calendar else { return }
    while true {
      let wake = min(calendar.request ?? limit, limit)
      let due = devices.compactMap(\.device.due).min()
      let target = max(min(wake, due ?? wake), calendar.now)
      let boundary = GuestTime(board.time.advanced(microseconds: 1000))
      if boundary <= target {
        stepBoard()
        continue
      }
      if let due, due <= target {
        calendar.advance(to: target)
        for device in devices where device.device.due.map({ $0 <= target }) ?? false {
          try device.device.tell(device, at: target)
          try raiseInterrupts(device)
        }
        return
      }
      guard calendar.request != nil, target == wake, wake < limit || calendar.request == limit
      else { return calendar.advance(to: limit) }
      return try calendar.run(at: target, freeUntil: min(due ?? boundary, boundary))
    }
  }

  /// One millisecond of the board; its edges reach the guest a millisecond after they happened.
  private func stepBoard() {
    board.step()
    while let edge = board.takeEdge(until: board.time) {
      let moment = GuestTime(edge.at.advanced(microseconds: 1000))
      for chip in chips where chip.take(line: edge.line, isAsserted: edge.isAsserted, at: moment) {
        break
      }
    }
  }
}
