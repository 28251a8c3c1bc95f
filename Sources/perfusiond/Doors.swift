internal import CLinux
internal import LinkSockets
internal import LinuxPlatform
internal import Recording

/// What link, black box and supervision need of the machine: opened before outputs are touched, so that
/// a start that must refuse leaves them to whoever holds them.
struct Doors: ~Copyable {
  /// Ways to the link.
  var transport: BoardTransport?
  /// The folder of recordings.
  var storage: FolderStorage?
  /// The watchdog device; -1 for none.
  private(set) var watchdog: Int32 = -1
  /// The link's sockets are asked for and cannot be had.
  private(set) var isLinkMissing = false
  /// Recording is asked for and cannot be had.
  private(set) var isRecorderMissing = false

  /// Nothing open.
  init() {}

  /// Opens what the options name.
  ///
  /// - Throws: what cannot be opened, in a cold start; when somebody may depend on the flow that is
  ///   said, and left out.
  init(_ options: Options, isSupporting: Bool) throws(Ending) {
    try openTransport(options, isSupporting)
    do throws(Ending) { storage = try openStorage(options) } catch {
      try refuse(error, isSupporting)
      isRecorderMissing = true
    }
    do throws(Ending) { watchdog = try openWatchdog(options) } catch {
      try refuse(error, isSupporting)
    }
  }

  private mutating func openTransport(
    _ options: Options, _ isSupporting: Bool
  ) throws(Ending) {
    guard options.socket != nil || options.linkConsole != nil else { return }
    var sockets = SocketTransport()
    var console = ConsoleTransport()
    do throws(Ending) { sockets = try openSockets(options) } catch {
      try refuse(error, isSupporting)
      isLinkMissing = true
    }
    do throws(Ending) { console = try openConsole(options) } catch {
      try refuse(error, isSupporting)
      isLinkMissing = true
    }
    transport = BoardTransport(sockets: sockets, console: console)
  }
}

/// Ends a cold start; where somebody may depend on the flow it says why and goes on.
func refuse(_ ending: Ending, _ isSupporting: Bool) throws(Ending) {
  guard isSupporting else { throw ending }
  ending.line.write(to: 2)
  var line = TextLine()
  line.add("perfusiond: warning: somebody may depend on the flow; going on without")
  line.write(to: 2)
}

private func openStorage(_ options: Options) throws(Ending) -> FolderStorage? {
  guard let folder = options.blackBox else { return nil }
  do throws(SystemError) {
    return try FolderStorage(in: folder)
  } catch {
    throw Ending(at: folder, ": nothing can be recorded here: ", cause: error.number)
  }
}

private func openWatchdog(_ options: Options) throws(Ending) -> Int32 {
  guard let path = options.watchdog else { return -1 }
  let watchdog = unsafe path.withCString { unsafe pc_watchdog_open($0, 15) }
  guard watchdog >= 0 else {
    throw Ending(code: 1) {
      $0.add(path)
      $0.add(": the watchdog cannot be opened: ")
      $0.addWatchdogCause(-watchdog)
    }
  }
  return watchdog
}

private func openSockets(_ options: Options) throws(Ending) -> SocketTransport {
  guard let path = options.socket else { return SocketTransport() }
  let readOnly = options.readOnlySocket ?? path.ending(in: ".ro")
  do throws(SocketError) {
    return try unsafe path.withCString { (control) throws(SocketError) in
      try unsafe readOnly.withCString { (readOnly) throws(SocketError) in
        guard let group = options.socketGroup else {
          return try unsafe SocketTransport(path: control, readOnlyPath: readOnly, group: "")
        }
        return try unsafe group.withCString { (group) throws(SocketError) in
          try unsafe SocketTransport(path: control, readOnlyPath: readOnly, group: group)
        }
      }
    }
  } catch {
    throw Ending(at: path, ": the link cannot be served here: ", cause: error.number)
  }
}

private func openConsole(_ options: Options) throws(Ending) -> ConsoleTransport {
  guard let path = options.linkConsole else { return ConsoleTransport() }
  do throws(SocketError) {
    return try unsafe path.withCString { (path) throws(SocketError) in
      try unsafe ConsoleTransport(path: path)
    }
  } catch {
    throw Ending(at: path, ": the link cannot be served here: ", cause: error.number)
  }
}
