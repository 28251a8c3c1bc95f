internal import Firmware
internal import LinuxPlatform

extension ThreadBodies {
  /// The bodies over Linux.
  static var linux: ThreadBodies {
    unsafe ThreadBodies(
      tick: { unsafe $0?.assumingMemoryBound(to: TickThread<LinuxBoard>.self).pointee.run() },
      bus: { unsafe $0?.assumingMemoryBound(to: BusThread<LinuxBoard>.self).pointee.run() },
      keeper: { unsafe $0?.assumingMemoryBound(to: KeeperThread<LinuxBoard>.self).pointee.run() },
      edges: { unsafe $0?.assumingMemoryBound(to: EdgeThread<LinuxBoard>.self).pointee.run() },
      storage: {
        unsafe $0?.assumingMemoryBound(to: StorageThread<LinuxBoard>.self).pointee.run()
      })
  }
}
