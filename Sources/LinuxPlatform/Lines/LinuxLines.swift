public import ChipDrivers
internal import CLinux
public import Firmware
internal import PerfusionCore

/// The GPIO lines of a board, asked of the kernel in groups: lines of one chip that are used in the
/// same way, so that each group is read or written in one call.
@safe public struct LinuxLines: @unchecked Sendable {
  /// Outputs whose level is known since they were asked for.
  public private(set) var known: LineLevels = 0
  /// What they were set to then.
  public private(set) var driven: LineLevels = 0
  /// Lines of the board that could not be had; a start that finds somebody on the machine goes on
  /// without them.
  public private(set) var missing: LineLevels = 0
  private var groups = InlineArray<24, LineGroup>(repeating: LineGroup())
  private var groupCount = 0

  /// Lines of one chip, used in the same way.
  @safe struct LineGroup {
    var request: OpaquePointer?
    var path = Identifier()
    var isOutput = false
    var isActiveLow = false
    var capturesEdges = false
    var bias = LineBias.none
    var lines = InlineArray<64, UInt8>(repeating: 0)
    var offsets = InlineArray<64, UInt32>(repeating: 0)
    var count = 0

    /// On a RESET pin: a bus's worker pulses it, so no other line is in its group.
    var isReset = false

    var isHeld: Bool { unsafe request != nil }

    func fits(_ line: LineWiring, _ place: LinePlace) -> Bool {
      !isReset && path == place.path && isOutput == (line.direction == .output)
        && isActiveLow == line.isActiveLow && capturesEdges == (line.edge == .both)
        && bias == line.bias && count < 64
    }
  }

  /// No lines.
  public init() {}

  /// Plans a line into its group; false when there are too many kinds of lines.
  public mutating func add(
    _ index: Int, _ line: LineWiring, at place: LinePlace, isReset: Bool = false
  ) -> Bool {
    var group = isReset ? groupCount : 0
    while group < groupCount && !groups[group].fits(line, place) { group += 1 }
    if group == groupCount {
      guard groupCount < 24 else { return false }
      groupCount += 1
      groups[group].path = place.path
      groups[group].isOutput = line.direction == .output
      groups[group].isActiveLow = line.isActiveLow
      groups[group].capturesEdges = line.edge == .both
      groups[group].bias = line.bias
      groups[group].isReset = isReset
    }
    let slot = groups[group].count
    groups[group].lines[slot] = UInt8(truncatingIfNeeded: index)
    groups[group].offsets[slot] = UInt32(place.offset)
    groups[group].count = slot + 1
    return true
  }

  /// Goes on without a line, planned or not.
  public mutating func leaveOut(_ line: Int) {
    missing |= 1 << UInt64(line & 63)
    for group in 0..<groupCount {
      let count = groups[group].count
      for slot in 0..<count where Int(groups[group].lines[slot]) == line {
        groups[group].lines[slot] = groups[group].lines[count - 1]
        groups[group].offsets[slot] = groups[group].offsets[count - 1]
        groups[group].count = count - 1
        return
      }
    }
  }

  /// Asks the kernel for all planned lines that are not held yet. Outputs are not asserted from this
  /// moment on, unless `keepsOutputs`: then they stay as they are found.
  public mutating func open(keepsOutputs: Bool) throws(LineRefusal) {
    for group in 0..<groupCount where !groups[group].isHeld && groups[group].count > 0 {
      var initial: UInt64 = 0
      if groups[group].isOutput && keepsOutputs && !groups[group].isReset {
        initial = try peek(group)
      }
      try ask(group, initial)
    }
  }

  /// The same, again and again for so many nanoseconds while another firmware holds a line.
  public mutating func open(
    keepsOutputs: Bool, waitingFor patience: Int64
  ) throws(LineRefusal) {
    let end = pc_clock_now() &+ patience
    while true {
      do throws(LineRefusal) { return try open(keepsOutputs: keepsOutputs) } catch {
        let isOurs = error.problem == .busy(LinuxLines.consumer)
        guard isOurs && pc_clock_now() < end else { throw error }
        _ = pc_clock_sleep_until(pc_clock_now() &+ 20_000_000)
      }
    }
  }

  /// Under which name the shims hold lines.
  static var consumer: Identifier {
    // "perfusiond", as gpio_v1.c and gpio_v2.c write it.
    let name: InlineArray<10, UInt8> = [112, 101, 114, 102, 117, 115, 105, 111, 110, 100]
    return Identifier(bytes: name.span)
  }

  private mutating func peek(_ group: Int) throws(LineRefusal) -> UInt64 {
    var levels: UInt64 = 0
    for slot in 0..<groups[group].count {
      let (offset, isActiveLow) = (groups[group].offsets[slot], groups[group].isActiveLow)
      let level = unsafe groups[group].path.withCString {
        unsafe pc_gpio_peek($0, offset, isActiveLow)
      }
      guard level >= 0 else { throw refusal(group, slot, SystemError(result: level)) }
      if level > 0 { levels |= 1 << UInt64(slot) }
    }
    return levels
  }

  private mutating func ask(_ group: Int, _ initial: UInt64) throws(LineRefusal) {
    var settings = pc_gpio_settings()
    settings.is_output = groups[group].isOutput
    settings.is_active_low = groups[group].isActiveLow
    settings.captures_edges = groups[group].capturesEdges
    settings.bias = groups[group].bias.rawValue
    let (count, path) = (groups[group].count, groups[group].path)
    var request: OpaquePointer?
    let outcome = unsafe groups[group].offsets.span.withUnsafeBufferPointer { offsets in
      unsafe path.withCString {
        unsafe pc_gpio_open($0, offsets.baseAddress, UInt32(count), &settings, initial, &request)
      }
    }
    guard outcome == 0 else { throw held(group, SystemError(result: outcome)) }
    unsafe groups[group].request = request
    guard groups[group].isOutput else { return }
    let (bits, levels) = (scatter(.max, group), scatter(initial, group))
    known |= bits
    driven |= levels
  }

  /// Which line of a refused group is to blame: the first that somebody holds, else the first.
  private mutating func held(_ group: Int, _ error: SystemError) -> LineRefusal {
    guard error == .busy else { return refusal(group, 0, error) }
    for slot in 0..<groups[group].count {
      let offset = groups[group].offsets[slot]
      var name = InlineArray<32, CChar>(repeating: 0)
      var span = name.mutableSpan
      let isHeld = unsafe groups[group].path.withCString { path in
        unsafe span.withUnsafeMutableBufferPointer {
          unsafe pc_gpio_consumer(path, offset, $0.baseAddress, 32)
        }
      }
      guard isHeld > 0 else { continue }
      let consumer = unsafe name.span.withUnsafeBytes { unsafe LinuxChips.name($0) }
      return LineRefusal(line: Int(groups[group].lines[slot]), problem: .busy(consumer))
    }
    return LineRefusal(line: Int(groups[group].lines[0]), problem: .busy(Identifier()))
  }

  private mutating func refusal(
    _ group: Int, _ slot: Int, _ error: SystemError
  ) -> LineRefusal {
    let isDenied = error == .denied || error == .notPermitted
    return LineRefusal(
      line: Int(groups[group].lines[slot]),
      problem: isDenied
        ? .denied(groups[group].path)
        : error == .busy
          ? .busy(Identifier()) : .failed(error))
  }

  /// Levels of a group by the lines' indices in the wiring.
  private mutating func scatter(_ levels: UInt64, _ group: Int) -> LineLevels {
    var bits: LineLevels = 0
    for slot in 0..<groups[group].count where levels >> UInt64(slot) & 1 != 0 {
      bits |= 1 << UInt64(groups[group].lines[slot] & 63)
    }
    return bits
  }

  /// Reads all inputs.
  mutating func read() throws(BusError) -> LineLevels {
    var all: LineLevels = 0
    for group in 0..<groupCount where !groups[group].isOutput && groups[group].isHeld {
      var levels: UInt64 = 0
      let outcome = unsafe pc_gpio_read(groups[group].request, &levels)
      if outcome < 0 { throw SystemError(result: outcome).onBus }
      all |= scatter(levels, group)
    }
    return all
  }

  /// Writes the groups in which a line changed.
  mutating func write(_ levels: LineLevels, changed: LineLevels) throws(BusError) {
    for group in 0..<groupCount where groups[group].isOutput && groups[group].isHeld {
      var bits: UInt64 = 0
      var isChanged = false
      for slot in 0..<groups[group].count {
        let line = UInt64(groups[group].lines[slot] & 63)
        if levels >> line & 1 != 0 { bits |= 1 << UInt64(slot) }
        if changed >> line & 1 != 0 { isChanged = true }
      }
      guard isChanged else { continue }
      let outcome = unsafe pc_gpio_write(groups[group].request, bits)
      if outcome < 0 { throw SystemError(result: outcome).onBus }
    }
  }

  /// Asserts lines on RESET pins and lets them go again. A TCA9548A asks for 6 ns (SCPS207, 7.6,
  /// t_W(L)); a call into the kernel takes longer.
  mutating func pulse(_ resets: LineLevels) {
    for group in 0..<groupCount
    where groups[group].isReset && groups[group].isHeld && scatter(.max, group) & resets != 0 {
      _ = unsafe pc_gpio_write(groups[group].request, 1)
      _ = unsafe pc_gpio_write(groups[group].request, 0)
    }
  }

  /// Fills in the descriptors at which edges arrive; how many there are.
  mutating func edgeDescriptors(_ items: inout InlineArray<64, pc_wait_item>) -> Int {
    var total = 0
    for group in 0..<groupCount where groups[group].capturesEdges && groups[group].isHeld {
      var found = InlineArray<64, Int32>(repeating: -1)
      var span = found.mutableSpan
      let request = unsafe groups[group].request
      let count = unsafe span.withUnsafeMutableBufferPointer {
        unsafe pc_gpio_edge_descriptors(request, $0.baseAddress, 64)
      }
      for index in 0..<max(0, Int(count)) where total < 64 {
        items[total].descriptor = found[index]
        items[total].wants_read = true
        total += 1
      }
    }
    return total
  }

  /// Takes the edges that wait and puts them into the ring in the order of time.
  mutating func takeEdges(epoch: Int64, into ring: borrowing RecordRing<LineEdgeEvent>) {
    for group in 0..<groupCount where groups[group].capturesEdges && groups[group].isHeld {
      var edges = InlineArray<256, pc_gpio_edge>(repeating: pc_gpio_edge())
      var span = edges.mutableSpan
      let request = unsafe groups[group].request
      let count = unsafe span.withUnsafeMutableBufferPointer {
        unsafe pc_gpio_take_edges(request, $0.baseAddress, 256)
      }
      let taken = min(max(Int(count), 0), 256)
      LinuxLines.sort(&edges, taken)
      for index in 0..<taken where edges[index].line < 64 {
        let edge = edges[index]
        let event = LineEdgeEvent(
          line: groups[group].lines[Int(edge.line)], isAsserted: edge.is_asserted,
          at: .init(microseconds: (edge.at &- epoch) / 1000))
        ring.put { $0 = event }
      }
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
