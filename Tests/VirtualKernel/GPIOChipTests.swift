import ChipDrivers
import PerfusionCore
import Testing
import VirtualBoard

@testable import VirtualKernel

@Suite("A board's lines as a GPIO chip of the guest") struct GPIOChipTests {
  private let board: BareBoard
  private let chip: GPIOChip
  private let guest: PaperGuest
  private let wirings: [Int]

  init() throws {
    let board = try ecmoBoard()
    wirings = board.wiring.lines.indices.filter { board.wiring.lines[$0].expander < 0 }
    self.board = board
    chip = GPIOChip(board: board, wirings: wirings)
    guest = try PaperGuest(chip)
  }

  private func ask(_ kind: UInt16, _ line: Int, _ value: UInt32 = 0) throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(number: kind)
    bytes.append(number: UInt16(line))
    bytes.append(number: value)
    let offsets = guest.put([.out(bytes), .room(2)], queue: 0)
    try chip.serve(queue: 0, of: guest.transport, at: .start)
    return guest.bytes(at: offsets[1], 2)
  }

  private func arm(_ line: Int) throws -> Int {
    var bytes: [UInt8] = []
    bytes.append(number: UInt16(line))
    let offsets = guest.put([.out(bytes), .room(1)], queue: 1)
    try chip.serve(queue: 1, of: guest.transport, at: .start)
    return offsets[1]
  }

  @Test("It has every line of the board, by name") func names() {
    #expect(chip.configuration.number(at: 0, as: UInt16.self) == UInt16(wirings.count))
    #expect(chip.configuration.count == 8)
  }

  @Test("A line that does not exist is refused") func missing() throws {
    #expect(try ask(4, 900)[0] == 1)
    #expect(try ask(5, 900, 1)[0] == 1)
  }

  @Test("An output is driven by its electrical level, whatever its active level is")
  func outputs() throws {
    let outputs = wirings.indices.filter {
      board.wiring.lines[wirings[$0]].direction == .output
    }
    try #require(!outputs.isEmpty)
    for place in outputs.prefix(4) {
      let isActiveLow = board.wiring.lines[wirings[place]].isActiveLow
      #expect(try ask(5, place, 1) == [0, 0])
      #expect(board.isAsserted(line: wirings[place]) == !isActiveLow)
      #expect(try ask(5, place, 0) == [0, 0])
      #expect(board.isAsserted(line: wirings[place]) == isActiveLow)
    }
  }

  @Test("An edge raises the interrupt of an armed line once; the wrong edge does not")
  func edges() throws {
    let captured = wirings.indices.first { board.wiring.lines[wirings[$0]].edge == .both }
    let place = try #require(captured)
    let isActiveLow = board.wiring.lines[wirings[place]].isActiveLow
    #expect(try ask(6, place, 1) == [0, 0])
    let status = try arm(place)
    let low = Instant(microseconds: 1_000)
    let high = Instant(microseconds: 2_000)
    #expect(chip.take(line: wirings[place], isAsserted: isActiveLow, at: GuestTime(low)))
    #expect(chip.take(line: wirings[place], isAsserted: !isActiveLow, at: GuestTime(high)))
    try chip.tell(guest.transport, at: GuestTime(low))
    #expect(guest.used(queue: 1) == 0)
    try chip.tell(guest.transport, at: GuestTime(high))
    #expect(guest.used(queue: 1) == 1)
    #expect(guest.bytes(at: status, 1) == [1])
    #expect(chip.takeInterrupts().contains(1))
    #expect(try ask(4, place) == [0, 1])
  }

  @Test("An edge without a buffer is told as soon as there is one; disarming gives it back unused")
  func rearmed() throws {
    let captured = wirings.indices.first { board.wiring.lines[wirings[$0]].edge == .both }
    let place = try #require(captured)
    let isActiveLow = board.wiring.lines[wirings[place]].isActiveLow
    #expect(try ask(6, place, 3) == [0, 0])
    _ = chip.take(
      line: wirings[place], isAsserted: !isActiveLow,
      at: GuestTime(Instant(microseconds: 500)))
    try chip.tell(guest.transport, at: GuestTime(Instant(microseconds: 500)))
    #expect(guest.used(queue: 1) == 0)
    let late = try arm(place)
    #expect(guest.used(queue: 1) == 1)
    #expect(guest.bytes(at: late, 1) == [1])
    let unused = try arm(place)
    #expect(try ask(6, place, 0) == [0, 0])
    #expect(guest.used(queue: 1) == 2)
    #expect(guest.bytes(at: unused, 1) == [0])
  }
}
