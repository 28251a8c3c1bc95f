import CVhostUser

/// The guest's memory as it gave it to us: every access is checked against its regions.
final class GuestMemory {
  /// A mapped region and where the guest's two kinds of address find it.
  private struct Region {
    var guest: UInt64
    var user: UInt64
    var size: UInt64
    /// Where it is mapped here, as a number.
    var base: UInt
    var mapped: UInt64
    var offset: UInt64
  }
  private var regions: [Region] = []

  deinit { unmap() }

  /// Takes over the regions of a SET_MEM_TABLE message and its descriptors.
  func map(table: [UInt8], descriptors: [Int32]) throws(VhostError) {
    unmap()
    let count = Int(table.number(at: 0, as: UInt32.self))
    defer { for descriptor in descriptors { pc_vhost_close(descriptor) } }
    guard count == descriptors.count else {
      throw .protocolViolation("\(count) memory regions with \(descriptors.count) descriptors")
    }
    for index in 0..<count {
      let at = 8 + 32 * index
      let size = table.number(at: at + 8, as: UInt64.self)
      let offset = table.number(at: at + 24, as: UInt64.self)
      guard let base = unsafe pc_vhost_map(descriptors[index], size + offset) else {
        throw .system(call: "mmap", code: 12)
      }
      regions.append(
        Region(
          guest: table.number(at: at, as: UInt64.self),
          user: table.number(at: at + 16, as: UInt64.self), size: size,
          base: UInt(bitPattern: base),
          mapped: size + offset, offset: offset))
    }
  }

  private func unmap() {
    for region in regions {
      unsafe pc_vhost_unmap(UnsafeMutableRawPointer(bitPattern: region.base), region.mapped)
    }
    regions = []
  }

  /// `count` bytes at an address of the guest's kernel (rings).
  func user(_ address: UInt64, count: Int) throws(VhostError) -> UnsafeMutableRawPointer {
    for region in regions {
      if let place = unsafe Self.place(address, from: region.user, count, region) {
        return unsafe place
      }
    }
    throw .protocolViolation("a ring at an address that is not the guest's memory")
  }

  /// `count` bytes at a guest-physical address (descriptors).
  func guest(_ address: UInt64, count: Int) throws(VhostError) -> UnsafeMutableRawPointer {
    for region in regions {
      if let place = unsafe Self.place(address, from: region.guest, count, region) {
        return unsafe place
      }
    }
    throw .protocolViolation("a buffer at an address that is not the guest's memory")
  }

  private static func place(
    _ address: UInt64, from start: UInt64, _ count: Int, _ region: Region
  ) -> UnsafeMutableRawPointer? {
    guard address >= start && address - start < region.size,
      UInt64(count) <= region.size - (address - start)
    else { return nil }
    return unsafe UnsafeMutableRawPointer(
      bitPattern: region.base + UInt(address - start + region.offset))
  }
}
