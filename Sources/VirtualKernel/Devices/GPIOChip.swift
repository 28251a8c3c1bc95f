import ChipDrivers
import PerfusionCore
import VirtualBoard

/// The board's GPIO lines of one chip label as a GPIO chip of the guest (virtio device 41).
///
/// Edges reach the guest one millisecond after they happened on the board: the plant is stepped a
/// millisecond ahead of them, so lengths and distances of pulses stay exact.
final class GPIOChip: VirtioDevice {
  /// One line as the guest sees it.
  private struct Line {
    /// Index in the wiring; nothing for an offset that the board does not use.
    var wiring: Int?
    var name = ""
    var isActiveLow = false
    var isCaptured = false
    /// Level that the guest was last told, asserted.
    var isAsserted = false
    /// Which edges raise an interrupt: bit 0 rising, bit 1 falling.
    var edges: UInt32 = 0
    var direction: UInt8 = 0
    /// The guest's buffer for the next interrupt.
    var waiting: RingRequest?
    /// An edge came while the guest had no buffer out.
    var isMissed = false
  }

  private let board: BareBoard
  private var lines: [Line] = []
  private var placeOfLine: [Int: Int] = [:]
  private var edges: [(at: GuestTime, place: Int, isAsserted: Bool)] = []
  private var told: Set<Int> = []
  let configuration: [UInt8]
  private let names: [UInt8]

  /// The lines whose wiring indices are given, at their offsets where the board file has them.
  init(board: BareBoard, wirings: [Int]) {
    self.board = board
    for index in wirings {
      let wiring = board.wiring.lines[index]
      let offset = wiring.offset >= 0 ? Int(wiring.offset) : lines.count
      while lines.count <= offset { lines.append(Line()) }
      lines[offset] = Line(
        wiring: index, name: "\(wiring.lineName)", isActiveLow: wiring.isActiveLow,
        isCaptured: wiring.edge == .both, isAsserted: board.isAsserted(line: index))
      placeOfLine[index] = offset
    }
    names = lines.flatMap { Array($0.name.utf8) + [0] }
    var space: [UInt8] = []
    space.append(number: UInt16(lines.count))
    space.append(number: UInt16(0))
    space.append(number: UInt32(names.count))
    configuration = space
  }

  var number: Int { 41 }
  /// Bit 0: interrupts.
  var features: UInt64 { 1 }
  var due: GuestTime? { edges.first?.at }

  func takeInterrupts() -> [Int] {
    defer { told = [] }
    return told.sorted()
  }

  /// An edge of the board; false when the line is not one of this chip.
  func take(line: Int, isAsserted: Bool, at moment: GuestTime) -> Bool {
    guard let place = placeOfLine[line] else { return false }
    edges.append((moment, place, isAsserted))
    edges.sort { $0.at < $1.at }
    return true
  }

  func tell(_ transport: VhostUserDevice, at now: GuestTime) throws(VhostError) {
    while let edge = edges.first, edge.at <= now {
      edges.removeFirst()
      lines[edge.place].isAsserted = edge.isAsserted
      let isHigh = edge.isAsserted != lines[edge.place].isActiveLow
      guard lines[edge.place].edges & (isHigh ? 1 : 2) != 0 else { continue }
      try raise(edge.place, transport.queue(1))
    }
  }

  private func raise(_ place: Int, _ ring: Virtqueue) throws(VhostError) {
    guard let request = lines[place].waiting else {
      lines[place].isMissed = true
      return
    }
    try giveBack(request, isValid: true, ring)
    lines[place].waiting = nil
  }

  private func giveBack(
    _ request: RingRequest, isValid: Bool, _ ring: Virtqueue
  ) throws(VhostError) {
    if let status = request.buffers.last { try ring.fill(status, [isValid ? 1 : 0]) }
    try ring.complete(request, written: 1)
    told.insert(1)
  }

  func serve(queue: Int, of transport: VhostUserDevice, at now: GuestTime) throws(VhostError) {
    let ring = transport.queue(queue)
    while let request = try ring.take() {
      guard let first = request.buffers.first, let last = request.buffers.last else { continue }
      let header = try ring.bytes(first)
      if queue == 1 {
        try arm(Int(header.number(at: 0, as: UInt16.self)), request, ring)
        continue
      }
      let answer = try answer(header, transport, at: now)
      try ring.fill(last, answer)
      try ring.complete(request, written: answer.count)
      told.insert(0)
    }
  }

  private func arm(
    _ place: Int, _ request: RingRequest, _ ring: Virtqueue
  ) throws(VhostError) {
    guard lines.indices.contains(place), lines[place].edges != 0 else {
      return try giveBack(request, isValid: false, ring)
    }
    lines[place].waiting = request
    guard lines[place].isMissed else { return }
    lines[place].isMissed = false
    try raise(place, ring)
  }

  /// Status 0 and the value asked for, or status 1.
  private func answer(
    _ header: [UInt8], _ transport: VhostUserDevice, at now: GuestTime
  ) throws(VhostError) -> [UInt8] {
    let kind = header.number(at: 0, as: UInt16.self)
    let place = Int(header.number(at: 2, as: UInt16.self))
    let value = header.number(at: 4, as: UInt32.self)
    if kind == 1 { return [0] + names }
    guard lines.indices.contains(place) else { return [1, 0] }
    switch kind {
    case 2: return [0, lines[place].direction]
    case 3:
      lines[place].direction = UInt8(truncatingIfNeeded: value)
      return [0, 0]
    case 4: return [0, level(place)]
    case 5: return [drive(place, isHigh: value != 0, at: now) ? 0 : 1, 0]
    case 6:
      try setEdges(place, value, transport.queue(1))
      return [0, 0]
    default: return [1, 0]
    }
  }

  private func setEdges(_ place: Int, _ value: UInt32, _ ring: Virtqueue) throws(VhostError) {
    lines[place].edges = value & 3
    lines[place].isMissed = false
    guard lines[place].edges == 0, let request = lines[place].waiting else { return }
    lines[place].waiting = nil
    try giveBack(request, isValid: false, ring)
  }

  private func level(_ place: Int) -> UInt8 {
    let line = lines[place]
    guard let wiring = line.wiring else { return 0 }
    let isAsserted = line.isCaptured ? line.isAsserted : board.isAsserted(line: wiring)
    return isAsserted != line.isActiveLow ? 1 : 0
  }

  private func drive(_ place: Int, isHigh: Bool, at now: GuestTime) -> Bool {
    guard let wiring = lines[place].wiring else { return true }
    return board.drive(
      line: wiring, isAsserted: isHigh != lines[place].isActiveLow, at: now.instant)
  }
}
