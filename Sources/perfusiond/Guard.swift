internal import CLinux
internal import ChipDrivers
internal import Firmware
internal import LinkMessages
internal import LinuxPlatform
internal import PerfusionCore

/// Forks the process that ends leases should this one die or stand still, and returns in this one.
///
/// Must be called before threads run. The guard has the open lines and adapters of this process, so
/// that the kernel does not give the lines back when this process dies.
func forkGuard(
  _ image: UnsafeMutablePointer<BoardImage>, _ devices: UnsafeMutablePointer<LinuxDevices>,
  _ board: LinuxBoard, _ shared: SharedExchange.Reference
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
    pc_file_close(firmware)
    return
  }
  _ = pc_memory_lock()
  var leaseGuard = unsafe LeaseGuard(
    board, wiring: image.pointee.wiring, tickMicroseconds: image.pointee.machine.tickMicroseconds,
    driven: devices.pointee.lines.driven, known: devices.pointee.lines.known, shared: shared)
  stand(&leaseGuard, firmware: firmware, board: board)
}

/// Stands guard until the firmware ended in order, or is dead and all its leases have ended.
private func stand(
  _ leaseGuard: inout LeaseGuard<LinuxBoard>, firmware: Int32, board: LinuxBoard
) {
  var isDead = false
  while !leaseGuard.isDone(firmwareIsDead: isDead) {
    let next = leaseGuard.step(firmwareIsDead: isDead)
    var item = pc_wait_item()
    item.descriptor = isDead ? -1 : firmware
    item.wants_read = true
    _ = unsafe pc_wait(&item, 1, next &+ board.epoch)
    if item.is_readable { isDead = true }
  }
  pc_process_exit(0)
}
