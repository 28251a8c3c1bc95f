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
  private var listeners: [Listener] = []
  private var connected: [UInt32: VhostUserDevice] = [:]
  private var watch: Int32 = -1
  /// Devices by the key of their socket for interrupts.
  private var interrupted: [UInt32: VhostUserDevice] = [:]
  private var calendarListener: Int32 = -1

  /// A socket at which the guest will connect a device.
  private struct Listener {
    let descriptor: Int32
    let key: UInt32
    let device: any VirtioDevice
  }
  /// Under which keys the watch knows sockets: the calendar, then for each device its listener, its
  /// connection and its socket for interrupts.
  private enum Key {
    static let calendar: UInt32 = 0
    static let listeners: UInt32 = 0x100
    static let devices: UInt32 = 0x200
    static let interrupts: UInt32 = 0x300
  }
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
    watch = pc_vhost_watch_open()
    guard watch >= 0 else { throw .from(watch, "epoll_create") }
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
    pc_vhost_close(watch)
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
    let number = UInt32(listeners.count)
    let listener = Listener(
      descriptor: try Self.listen(path), key: Key.listeners + number, device: device)
    listeners.append(listener)
    try follow(listener.descriptor, listener.key)
    deviceArguments.append("virtio_uml.device=\(path):\(device.number)")
  }

  private func follow(_ socket: Int32, _ key: UInt32) throws(VhostError) {
    let outcome = pc_vhost_watch(watch, socket, key)
    guard outcome == 0 else { throw .from(outcome, "epoll_ctl") }
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
        // A guest that waits has asked for everything it had to ask.
        if calendar?.isWaiting == true {
          if calendar?.now.instant.microseconds ?? 0 >= limit.microseconds { return false }
          try advance(limit: GuestTime(limit))
        } else {
          try answer(try next())
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
    try follow(connection, Key.calendar)
  }

  private func next() throws(VhostError) -> UInt32 {
    let ready = pc_vhost_next(watch)
    guard ready >= 0 else { throw .from(ready, "epoll_wait") }
    return UInt32(ready)
  }

  private func answer(_ key: UInt32) throws(VhostError) {
    guard let calendar else { return }
    if key == Key.calendar {
      try calendar.answer()
      return
    }
    if let device = interrupted.removeValue(forKey: key) {
      // The guest let go of a socket for interrupts: it detaches its devices.
      return device.dropInterrupts()
    }
    if let device = connected[key] {
      try calendar.catchUp()
      return try answer(device, at: calendar.now)
    }
    guard let place = listeners.firstIndex(where: { $0.key == key }) else { return }
    let listener = listeners.remove(at: place)
    let connection = pc_vhost_accept(listener.descriptor)
    pc_vhost_close(listener.descriptor)
    guard connection >= 0 else { throw .from(connection, "accept") }
    let device = VhostUserDevice(
      connection: Connection(descriptor: connection), device: listener.device)
    devices.append(device)
    let own = key - Key.listeners + Key.devices
    connected[own] = device
    try follow(connection, own)
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
      connected = connected.filter { $0.value !== device }
    }
  }

  private func raiseInterrupts(_ device: VhostUserDevice) throws(VhostError) {
    for queue in device.device.takeInterrupts() {
      try device.interrupt(queue: queue) { reply throws(VhostError) in
        try pump(until: reply, of: device)
      }
    }
  }

  /// Serves the calendar until the guest has answered: while it takes an interrupt it asks for the
  /// time, and nothing else happens.
  private func pump(until reply: Int32, of device: VhostUserDevice) throws(VhostError) {
    guard let calendar else { return }
    if device.interruptKey == nil {
      let key = Key.interrupts + UInt32(interrupted.count)
      device.interruptKey = key
      interrupted[key] = device
      try follow(reply, key)
    }
    while true {
      let key = try next()
      if key == device.interruptKey { return }
      guard key == Key.calendar else {
        throw .protocolViolation("something else before the answer to an interrupt")
      }
      try calendar.answer()
    }
  }

  /// The guest idles: carry the board to the next thing that happens, and tell the guest.
  private func advance(limit: GuestTime) throws(VhostError) {
    guard let calendar else { return }
    try calendar.catchUp()
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
