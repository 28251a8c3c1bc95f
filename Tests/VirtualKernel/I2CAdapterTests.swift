import ChipDrivers
import PerfusionCore
import Testing
import VirtualBoard

@testable import VirtualKernel

@Suite("A board's bus as an I2C adapter of the guest") struct I2CAdapterTests {
  private let thermal = 2

  /// A message header: address, and whether it reads and joins the next.
  private func header(_ address: UInt16, isRead: Bool, isJoined: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(number: address << 1)
    bytes.append(number: UInt16(0))
    bytes.append(number: UInt32((isJoined ? 1 : 0) | (isRead ? 2 : 0)))
    return bytes
  }

  /// Reads a two-byte register as the kernel's driver would; value, status bytes and the end.
  private func readRegister(
    _ address: UInt16, _ register: UInt8, of board: BareBoard
  ) throws -> (value: [UInt8], statuses: [UInt8], end: GuestTime?, guest: PaperGuest) {
    let adapter = I2CAdapter(board: board, bus: thermal)
    let guest = try PaperGuest(adapter)
    let write = guest.put(
      [.out(header(address, isRead: false, isJoined: true)), .out([register]), .room(1)],
      queue: 0)
    let read = guest.put(
      [.out(header(address, isRead: true, isJoined: false)), .room(2), .room(1)], queue: 0)
    try adapter.serve(queue: 0, of: guest.transport, at: .start)
    let end = adapter.due
    #expect(guest.used(queue: 0) == 0)
    #expect(adapter.takeInterrupts().isEmpty)
    if let end { try adapter.tell(guest.transport, at: end) }
    #expect(guest.used(queue: 0) == 2)
    #expect(adapter.takeInterrupts() == [0])
    return (
      guest.bytes(at: read[1], 2),
      guest.bytes(at: write[2], 1) + guest.bytes(at: read[2], 1), end, guest
    )
  }

  @Test("A joined write and read is one transfer that takes its time on the wires")
  func combined() throws {
    let outcome = try readRegister(0x48, 15, of: try ecmoBoard())
    #expect(outcome.value == [0x01, 0x17])
    #expect(outcome.statuses == [0, 0])
    // 48 clocks at 100 kHz and 60 us of the adapter (docs/domain.md 10.3).
    let end = try #require(outcome.end)
    #expect((500_000...600_000).contains(end.nanoseconds))
  }

  @Test("Nobody at the address: both messages fail") func nobody() throws {
    #expect(try readRegister(0x21, 0, of: try ecmoBoard()).statuses == [1, 1])
  }

  @Test("A request without a status byte ends the conversation") func malformed() throws {
    let adapter = I2CAdapter(board: try ecmoBoard(), bus: thermal)
    let guest = try PaperGuest(adapter)
    _ = guest.put([.out(header(0x48, isRead: false, isJoined: false)), .out([1])], queue: 0)
    #expect(throws: VhostError.self) {
      try adapter.serve(queue: 0, of: guest.transport, at: .start)
    }
  }
}

@Suite("A hostile guest harms nobody") struct HostileRingTests {
  private func serve(_ prepare: (PaperGuest) -> Void) throws {
    let adapter = I2CAdapter(board: try ecmoBoard(), bus: 0)
    let guest = try PaperGuest(adapter)
    prepare(guest)
    try adapter.serve(queue: 0, of: guest.transport, at: .start)
  }

  @Test("Chains without an end, descriptors and buffers out of bounds are refused")
  func bounds() throws {
    #expect(throws: VhostError.self) {
      try serve { guest in
        guest.describe(0, 0, PaperGuest.guestBase, 8, 1, next: 0)
        guest.offer(head: 0, queue: 0)
      }
    }
    #expect(throws: VhostError.self) {
      try serve { guest in guest.offer(head: 400, queue: 0) }
    }
    #expect(throws: VhostError.self) {
      try serve { guest in
        guest.describe(0, 0, 0x1000, 8, 1, next: 1)
        guest.describe(1, 0, PaperGuest.guestBase, 1, 2, next: 0)
        guest.offer(head: 0, queue: 0)
      }
    }
    #expect(throws: VhostError.self) {
      try serve { guest in
        guest.describe(0, 0, PaperGuest.guestBase + 0xfff0, 64, 1, next: 1)
        guest.describe(1, 0, PaperGuest.guestBase, 1, 2, next: 0)
        guest.offer(head: 0, queue: 0)
      }
    }
  }
}
