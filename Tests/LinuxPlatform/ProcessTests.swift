import CLinux
import ChipDrivers
import Firmware
import Synchronization
import TestSupport
import Testing

@testable import LinuxPlatform

@Suite("Threads of the firmware on Linux", .verifies("HZ-53"))
struct ProcessTests {
  @Test("a thread whose processor is not there runs on any, and that is told")
  func processor() throws {
    var threads = ThreadList()
    let hasRun = UnsafeMutablePointer<Atomic<Bool>>.allocate(capacity: 1)
    unsafe hasRun.initialize(to: Atomic(false))
    let body: ThreadBody = {
      unsafe $0?.assumingMemoryBound(to: Atomic<Bool>.self).pointee.store(true, ordering: .relaxed)
    }
    try unsafe threads.start(
      body, hasRun, ThreadSchedule(priority: 0, processor: 1000), name: "test")
    threads.join()
    #expect(threads.isUnpinned && !threads.isUnprivileged)
    #expect(unsafe hasRun.pointee.load(ordering: .relaxed))
    unsafe hasRun.deinitialize(count: 1).deallocate()
  }

  @Test("a bus's worker opens its adapter anew while others use theirs and the lines")
  func adapters() async {
    let devices = UnsafeMutablePointer<LinuxDevices>.allocate(capacity: 1)
    unsafe devices.initialize(to: LinuxDevices())
    let board = unsafe LinuxBoard(devices)
    await withTaskGroup(of: Int.self) { group in
      for bus in 0..<4 {
        group.addTask {
          var own = board
          var open = 0
          for round in 0..<2000 {
            own.recoverBus(bus, by: round % 2 == 0 ? .reopen : .resetMultiplexers)
            if own.bus(bus).descriptor >= 0 { open += 1 }
            do throws(BusError) {
              if bus == 0 { try own.writeLines(1, changed: 1) } else { _ = try own.readLines() }
            } catch { open += 1 }
          }
          return open
        }
      }
      for await open in group { #expect(open == 0, "there is no such node") }
    }
    pc_file_close(unsafe devices.pointee.wake)
    unsafe devices.deinitialize(count: 1)
    unsafe devices.deallocate()
  }
}
