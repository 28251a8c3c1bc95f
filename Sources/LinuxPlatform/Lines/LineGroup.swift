internal import CLinux
internal import ChipDrivers
internal import Firmware
internal import PerfusionCore

/// Lines of one chip that are used in the same way: asked for, read and written in one call each.
///
/// Whoever uses a group that is held changes nothing of it here, so that threads share the others.
@safe struct LineGroup {
  private(set) var path = Identifier()
  private(set) var isOutput = false
  /// On a RESET pin: a bus's worker pulses it, so no other line is in its group.
  private(set) var isReset = false
  private(set) var capturesEdges = false
  private(set) var count = 0
  private var request: OpaquePointer?
  private var isActiveLow = false
  private var bias = LineBias.none
  private var lines = InlineArray<64, UInt8>(repeating: 0)
  private var offsets = InlineArray<64, UInt32>(repeating: 0)

  /// No lines.
  init() {}

  /// A group for lines like this one.
  init(_ line: LineWiring, _ place: LinePlace, isReset: Bool) {
    path = place.path
    isOutput = line.direction == .output
    isActiveLow = line.isActiveLow
    capturesEdges = line.edge == .both
    bias = line.bias
    self.isReset = isReset
  }

  var isHeld: Bool { unsafe request != nil }

  func fits(_ line: LineWiring, _ place: LinePlace) -> Bool {
    !isReset && path == place.path && isOutput == (line.direction == .output)
      && isActiveLow == line.isActiveLow && capturesEdges == (line.edge == .both)
      && bias == line.bias && count < 64
  }

  mutating func add(_ index: Int, offset: Int) {
    lines[count] = UInt8(truncatingIfNeeded: index)
    offsets[count] = UInt32(offset)
    count += 1
  }

  mutating func remove(_ line: Int) {
    for slot in 0..<count where Int(lines[slot]) == line {
      count -= 1
      lines[slot] = lines[count]
      offsets[slot] = offsets[count]
      return
    }
  }

  /// The lines of the group by their indices in the wiring.
  var members: LineLevels { scatter(.max) }

  /// Levels of the group by the lines' indices in the wiring.
  private func scatter(_ levels: UInt64) -> LineLevels {
    var bits: LineLevels = 0
    for slot in 0..<count where levels >> UInt64(slot) & 1 != 0 {
      bits |= 1 << UInt64(lines.span[slot] & 63)
    }
    return bits
  }

  private func gather(_ levels: LineLevels) -> UInt64 {
    var bits: UInt64 = 0
    for slot in 0..<count where levels >> UInt64(lines.span[slot] & 63) & 1 != 0 {
      bits |= 1 << UInt64(slot)
    }
    return bits
  }

  /// Asks the kernel for the lines; what its outputs were set to. They are not asserted from this
  /// moment on, unless `keepsOutputs`: then they stay as they are found.
  mutating func open(keepsOutputs: Bool) throws(LineRefusal) -> LineLevels {
    let initial = isOutput && keepsOutputs && !isReset ? try peek() : 0
    var settings = pc_gpio_settings()
    settings.is_output = isOutput
    settings.is_active_low = isActiveLow
    settings.captures_edges = capturesEdges
    settings.bias = bias.rawValue
    let (count, path) = (count, path)
    var opened: OpaquePointer?
    let outcome = unsafe offsets.span.withUnsafeBufferPointer { offsets in
      unsafe path.withCString {
        unsafe pc_gpio_open($0, offsets.baseAddress, UInt32(count), &settings, initial, &opened)
      }
    }
    guard outcome == 0 else { throw held(SystemError(result: outcome)) }
    unsafe request = opened
    return scatter(initial)
  }

  private func peek() throws(LineRefusal) -> UInt64 {
    var levels: UInt64 = 0
    for slot in 0..<count {
      let (offset, isActiveLow) = (offsets.span[slot], isActiveLow)
      let level = unsafe path.withCString { unsafe pc_gpio_peek($0, offset, isActiveLow) }
      guard level >= 0 else { throw refusal(slot, SystemError(result: level)) }
      if level > 0 { levels |= 1 << UInt64(slot) }
    }
    return levels
  }

  /// Which line is to blame when the kernel refuses all: the first that somebody holds, else the first.
  private func held(_ error: SystemError) -> LineRefusal {
    guard error == .busy else { return refusal(0, error) }
    for slot in 0..<count where consumer(slot) != nil { return refusal(slot, error) }
    return refusal(0, error)
  }

  /// Who holds a line; nothing when nobody does.
  private func consumer(_ slot: Int) -> Identifier? {
    var name = InlineArray<32, CChar>(repeating: 0)
    var span = name.mutableSpan
    let offset = offsets.span[slot]
    let isHeld = unsafe path.withCString { path in
      unsafe span.withUnsafeMutableBufferPointer {
        unsafe pc_gpio_consumer(path, offset, $0.baseAddress, 32)
      }
    }
    return isHeld > 0 ? unsafe name.span.withUnsafeBytes { unsafe LinuxChips.name($0) } : nil
  }

  private func refusal(_ slot: Int, _ error: SystemError) -> LineRefusal {
    let problem: LineProblem =
      switch error {
      case .denied, .notPermitted: .denied(path)
      case .busy: .busy(consumer(slot) ?? Identifier())
      default: .failed(error)
      }
    return LineRefusal(line: Int(lines.span[slot]), problem: problem)
  }

  /// Reads the lines.
  func read() throws(BusError) -> LineLevels {
    var levels: UInt64 = 0
    let outcome = unsafe pc_gpio_read(request, &levels)
    if outcome < 0 { throw SystemError(result: outcome).onBus }
    return scatter(levels)
  }

  /// Writes all lines of the group.
  func write(_ levels: LineLevels) throws(BusError) {
    let outcome = unsafe pc_gpio_write(request, gather(levels))
    if outcome < 0 { throw SystemError(result: outcome).onBus }
  }

  /// Asserts the line and lets it go again. A TCA9548A asks for 6 ns (SCPS207, 7.6, t_W(L)); a call
  /// into the kernel takes longer.
  func pulse() {
    _ = unsafe pc_gpio_write(request, 1)
    _ = unsafe pc_gpio_write(request, 0)
  }

  /// Fills in the descriptors at which edges arrive, from `total` on; how many there are then.
  func edgeDescriptors(_ items: inout InlineArray<64, pc_wait_item>, after total: Int) -> Int {
    var total = total
    var found = InlineArray<64, Int32>(repeating: -1)
    var span = found.mutableSpan
    let count = unsafe span.withUnsafeMutableBufferPointer {
      unsafe pc_gpio_edge_descriptors(request, $0.baseAddress, 64)
    }
    for index in 0..<max(0, Int(count)) where total < 64 {
      items[total].descriptor = found[index]
      items[total].wants_read = true
      total += 1
    }
    return total
  }

  /// Takes the edges that wait and puts them into the ring in the order of time.
  func takeEdges(epoch: Int64, into ring: borrowing RecordRing<LineEdgeEvent>) {
    var edges = InlineArray<256, pc_gpio_edge>(repeating: pc_gpio_edge())
    var span = edges.mutableSpan
    let count = unsafe span.withUnsafeMutableBufferPointer {
      unsafe pc_gpio_take_edges(request, $0.baseAddress, 256)
    }
    let taken = min(max(Int(count), 0), 256)
    LineGroup.sort(&edges, taken)
    for index in 0..<taken where edges[index].line < 64 {
      let edge = edges[index]
      let event = LineEdgeEvent(
        line: lines.span[Int(edge.line)], isAsserted: edge.is_asserted,
        at: .init(microseconds: (edge.at &- epoch) / 1000))
      ring.put { $0 = event }
    }
  }

  /// By insertion: the edges of each line are in order already and few.
  static func sort(_ edges: inout InlineArray<256, pc_gpio_edge>, _ count: Int) {
    for index in 1..<max(count, 1) {
      var place = index
      while place > 0 && edges[place - 1].at > edges[place].at {
        edges.swapAt(place - 1, place)
        place -= 1
      }
    }
  }
}

/// A line that the kernel refused.
public struct LineRefusal: Error, BitwiseCopyable, Sendable {
  /// Its index in the wiring.
  public var line: Int
  /// Why.
  public var problem: LineProblem
}
