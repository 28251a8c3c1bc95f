import BoardFiles
import CVhostUser
import Foundation
import PerfusionCore
import Testing
import VirtualBoard

@testable import VirtualKernel

/// A guest made of one shared memory: rings and buffers that a test lays out by hand.
@safe final class PaperGuest {
  /// Where the guest believes its memory to be.
  static let guestBase: UInt64 = 0x4000_0000
  static let userBase: UInt64 = 0x6000_0000
  private static let size = 1 << 16
  private static let ringSize = 16
  /// A ring takes a page: descriptors, then the available and the used ring.
  private static let ringBytes = 0x1000

  let transport: VhostUserDevice
  private let place: UnsafeMutableRawPointer
  private var nextBuffer = 0x4000
  private var nextDescriptor = [0, 0]
  private var produced = [0, 0]

  /// A guest before a device, its two rings set up.
  init(_ device: any VirtioDevice) throws {
    var name = Array("/tmp/paper-guest-XXXXXX".utf8CString)
    let file = unsafe name.withUnsafeMutableBufferPointer { name in
      guard let start = name.baseAddress else { return Int32(-1) }
      let file = unsafe mkstemp(start)
      unsafe unlink(start)
      return file
    }
    let length = ftruncate(file, Self.size)
    try #require(file >= 0 && length == 0)
    guard let mapped = unsafe pc_vhost_map(file, UInt64(Self.size)) else {
      throw VhostError.system(call: "mmap", code: 0)
    }
    unsafe place = mapped
    transport = VhostUserDevice(connection: Connection(descriptor: -1), device: device)
    var table: [UInt8] = []
    table.append(number: UInt64(1))
    for number in [Self.guestBase, UInt64(Self.size), Self.userBase, 0] {
      table.append(number: number)
    }
    try transport.memory.map(table: table, descriptors: [file])
    for index in 0..<2 {
      let ring = transport.queue(index)
      ring.size = Self.ringSize
      ring.descriptors = Self.userBase + UInt64(index * Self.ringBytes)
      ring.available = ring.descriptors + 0x400
      ring.used = ring.descriptors + 0x800
    }
  }

  deinit { unsafe pc_vhost_unmap(place, UInt64(Self.size)) }

  /// A buffer of a request: bytes for the device, or room for its answer.
  enum Piece {
    case out([UInt8])
    case room(Int)
  }

  /// Puts a request on a ring; the offsets of its buffers in the memory.
  func put(_ pieces: [Piece], queue: Int) -> [Int] {
    var offsets: [Int] = []
    let head = nextDescriptor[queue]
    for (index, piece) in pieces.enumerated() {
      let isLast = index == pieces.count - 1
      let descriptor = nextDescriptor[queue]
      nextDescriptor[queue] += 1
      var length = 0
      var flags: UInt16 = isLast ? 0 : 1
      switch piece {
      case .out(let bytes):
        length = bytes.count
        for (offset, byte) in bytes.enumerated() { write(byte, at: nextBuffer + offset) }
      case .room(let count):
        length = count
        flags |= 2
      }
      describe(
        descriptor, queue, Self.guestBase + UInt64(nextBuffer), length, flags,
        next: UInt16(descriptor + 1))
      offsets.append(nextBuffer)
      nextBuffer += length + 16
    }
    offer(head: UInt16(head), queue: queue)
    return offsets
  }

  /// Writes one descriptor as it stands.
  func describe(
    _ index: Int, _ queue: Int, _ address: UInt64, _ length: Int, _ flags: UInt16, next: UInt16
  ) {
    let at = queue * Self.ringBytes + 16 * index
    unsafe place.storeBytes(of: address, toByteOffset: at, as: UInt64.self)
    unsafe place.storeBytes(of: UInt32(length), toByteOffset: at + 8, as: UInt32.self)
    unsafe place.storeBytes(of: flags, toByteOffset: at + 12, as: UInt16.self)
    unsafe place.storeBytes(of: next, toByteOffset: at + 14, as: UInt16.self)
  }

  /// Makes a chain available.
  func offer(head: UInt16, queue: Int) {
    let ring = queue * Self.ringBytes + 0x400
    let slot = produced[queue] % Self.ringSize
    unsafe place.storeBytes(of: head, toByteOffset: ring + 4 + 2 * slot, as: UInt16.self)
    produced[queue] += 1
    unsafe place.storeBytes(
      of: UInt16(produced[queue]), toByteOffset: ring + 2, as: UInt16.self)
  }

  /// How many requests the device has given back.
  func used(queue: Int) -> Int {
    let ring = queue * Self.ringBytes + 0x800
    return Int(unsafe place.loadUnaligned(fromByteOffset: ring + 2, as: UInt16.self))
  }

  func bytes(at offset: Int, _ count: Int) -> [UInt8] {
    unsafe Array(UnsafeRawBufferPointer(start: place + offset, count: count))
  }

  private func write(_ byte: UInt8, at offset: Int) {
    unsafe place.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
  }
}

/// The ECMO board as the repository has it.
func ecmoBoard() throws -> BareBoard {
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("boards/ecmo-beaglebone.yaml")
  let text = try String(contentsOf: file, encoding: .utf8)
  let board = try #require(BoardFile.read(text, file: "boards/ecmo-beaglebone.yaml").board)
  return BareBoard(board: board, seed: 1)
}
