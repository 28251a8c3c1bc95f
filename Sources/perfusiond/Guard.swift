internal import CLinux
internal import ChipDrivers
internal import Firmware
internal import LinkMessages
internal import LinuxPlatform
internal import PerfusionCore

/// Forks the process that ends leases should this one die or stand still, and returns in this one.
///
/// Must be called before threads run. The guard has the open lines and adapters of this process, so
/// that the kernel does not give the lines back when this process dies; what is `foreign` to it (link,
/// black box, watchdog) it closes, so that the next firmware can open it.
func forkGuard(
  _ image: UnsafeMutablePointer<BoardImage>, _ devices: UnsafeMutablePointer<LinuxDevices>,
  _ board: LinuxBoard, _ options: Options, _ shared: SharedExchange.Reference,
  foreign: OpenDescriptors
) throws(Ending) {
  let firmware = pc_process_watch(pc_process_number())
  let process = firmware < 0 ? firmware : pc_process_fork()
  guard process >= 0 else {
    throw Ending(code: 1) {
      $0.add("the lease guard cannot be started, error ")
      $0.add(Int64(-process))
      $0.add("; it needs Linux 5.3 or newer and room for one more process")
    }
  }
  guard process == 0 else {
    _ = pc_file_close(firmware)
    return
  }
  foreign.close()
  let door = openGuardDoor(options)
  keepGuarded()
  _ = pc_memory_lock()
  // Where real-time priorities are not permitted the firmware itself says so.
  _ = pc_thread_hurry(max(1, options.priority - 1))
  var leaseGuard = unsafe LeaseGuard(
    board, wiring: image.pointee.wiring, tickMicroseconds: image.pointee.machine.tickMicroseconds,
    driven: devices.pointee.lines.driven, known: devices.pointee.lines.known, shared: shared)
  stand(&leaseGuard, firmware: firmware, door: door, board: board)
}

/// Returns in a process that stands guard; the one that calls stays behind, and begins anew with
/// another should that one be ended by something else than its own end.
private func keepGuarded() {
  while true {
    let process = pc_process_fork()
    // Without room for another process this one stands guard itself.
    if process <= 0 { return }
    if pc_process_wait(process) == 0 { pc_process_exit(0) }
  }
}

/// Stands guard until the firmware ended in order, or is dead and all its leases have ended in outputs that
/// were driven, or a firmware that starts wants the lines.
private func stand(
  _ leaseGuard: inout LeaseGuard<LinuxBoard>, firmware: Int32, door: Int32, board: LinuxBoard
) {
  var isDead = false
  while !leaseGuard.isDone(firmwareIsDead: isDead, canBeAsked: door >= 0) {
    let next = leaseGuard.step(firmwareIsDead: isDead)
    var item = pc_wait_item()
    // Who knocks is heard only when the firmware is dead.
    item.descriptor = isDead ? door : firmware
    item.wants_read = true
    _ = unsafe pc_wait(&item, 1, next &+ board.epoch)
    guard item.is_readable else { continue }
    if isDead { break }
    isDead = true
  }
  pc_process_exit(0)
}

/// Where a firmware that starts asks the guard of a dead one for the lines; -1 without a link.
private func openGuardDoor(_ options: Options) -> Int32 {
  guard let path = guardDoor(options) else { return -1 }
  return max(-1, unsafe path.withCString { unsafe pc_socket_listen($0, 0o600, "") })
}

private func guardDoor(_ options: Options) -> FilePath? {
  (options.socket ?? options.blackBox?.appending("guard"))?.ending(in: ".guard")
}

/// Asks the guard of a firmware that died for the lines: the new one takes over at once, with
/// outputs as they stand, and need not wait until the last lease has ended.
func knockAtGuard(_ options: Options) {
  guard let path = guardDoor(options) else { return }
  // Nobody there: nothing to ask for. The guard hears that somebody came; nothing is said.
  let connection = unsafe path.withCString { unsafe pc_socket_connect($0) }
  guard connection >= 0 else { return }
  _ = pc_clock_sleep_until(pc_clock_now() &+ 20_000_000)
  _ = pc_file_close(connection)
}
