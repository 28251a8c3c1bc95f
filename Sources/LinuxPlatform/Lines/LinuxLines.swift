public import ChipDrivers
internal import CLinux
public import Firmware
internal import PerfusionCore

/// The GPIO lines of a board, asked of the kernel in groups: lines of one chip that are used in the
/// same way, so that each group is read or written in one call.
///
/// The groups have a place of their own, for as long as the program lives, and what threads do with lines
/// that are held changes nothing there: the tick reads, the keeper writes, a bus's worker pulses a reset
/// and edges are taken at the same time.
@safe public struct LinuxLines: @unchecked Sendable {
  /// Outputs whose level is known since they were asked for.
  public private(set) var known: LineLevels = 0
  /// What they were set to then.
  public private(set) var driven: LineLevels = 0
  /// Lines of the board that could not be had; a start that finds somebody on the machine goes on
  /// without them.
  public private(set) var missing: LineLevels = 0
  private let groups: UnsafeMutablePointer<LineGroup>
  private var groupCount = 0
  private static var room: Int { 24 }

  /// No lines.
  public init() {
    unsafe groups = .allocate(capacity: LinuxLines.room)
    unsafe groups.initialize(repeating: LineGroup(), count: LinuxLines.room)
  }

  /// Plans a line into its group; false when there are too many kinds of lines.
  public mutating func add(
    _ index: Int, _ line: LineWiring, at place: LinePlace, isReset: Bool = false
  ) -> Bool {
    var group = isReset ? groupCount : 0
    while group < groupCount, unsafe !groups[group].fits(line, place) { group += 1 }
    if group == groupCount {
      guard groupCount < LinuxLines.room else { return false }
      groupCount += 1
      unsafe groups[group] = LineGroup(line, place, isReset: isReset)
    }
    unsafe groups[group].add(index, offset: place.offset)
    return true
  }

  /// Goes on without a line, planned or not.
  public mutating func leaveOut(_ line: Int) {
    missing |= 1 << UInt64(line & 63)
    for group in 0..<groupCount { unsafe groups[group].remove(line) }
  }

  /// Asks the kernel for all planned lines that are not held yet. Outputs are not asserted from this
  /// moment on, unless `keepsOutputs`: then they stay as they are found.
  public mutating func open(keepsOutputs: Bool) throws(LineRefusal) {
    for index in 0..<groupCount {
      let group = unsafe groups + index
      guard unsafe !group.pointee.isHeld && group.pointee.count > 0 else { continue }
      let levels = try unsafe group.pointee.open(keepsOutputs: keepsOutputs)
      guard unsafe group.pointee.isOutput else { continue }
      known |= unsafe group.pointee.members
      driven |= levels
    }
  }

  /// The same, again and again for so many nanoseconds while another firmware holds a line, or somebody
  /// who had let it go when asked for a name.
  public mutating func open(
    keepsOutputs: Bool, waitingFor patience: Int64
  ) throws(LineRefusal) {
    let end = pc_clock_now() &+ patience
    while true {
      do throws(LineRefusal) { return try open(keepsOutputs: keepsOutputs) } catch {
        let isOurs =
          error.problem == .busy(LinuxLines.consumer) || error.problem == .busy(Identifier())
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

  /// Reads all inputs.
  func read() throws(BusError) -> LineLevels {
    var all: LineLevels = 0
    for index in 0..<groupCount {
      let group = unsafe groups + index
      guard unsafe !group.pointee.isOutput && group.pointee.isHeld else { continue }
      all |= try unsafe group.pointee.read()
    }
    return all
  }

  /// Writes the groups in which a line changed: all of them, also when one fails.
  func write(_ levels: LineLevels, changed: LineLevels) throws(BusError) {
    var failure: BusError?
    for index in 0..<groupCount {
      let group = unsafe groups + index
      guard unsafe group.pointee.isOutput && group.pointee.isHeld,
        unsafe group.pointee.members & changed != 0
      else { continue }
      do throws(BusError) { try unsafe group.pointee.write(levels) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Asserts lines on RESET pins and lets them go again.
  func pulse(_ resets: LineLevels) {
    for index in 0..<groupCount {
      let group = unsafe groups + index
      guard unsafe group.pointee.isReset && group.pointee.isHeld,
        unsafe group.pointee.members & resets != 0
      else { continue }
      unsafe group.pointee.pulse()
    }
  }

  /// Fills in the descriptors at which edges arrive; how many there are.
  func edgeDescriptors(_ items: inout InlineArray<64, pc_wait_item>) -> Int {
    var total = 0
    for index in 0..<groupCount {
      let group = unsafe groups + index
      guard unsafe group.pointee.capturesEdges && group.pointee.isHeld else { continue }
      total = unsafe group.pointee.edgeDescriptors(&items, after: total)
    }
    return total
  }

  /// Takes the edges that wait and puts them into the ring in the order of time.
  func takeEdges(epoch: Int64, into ring: borrowing RecordRing<LineEdgeEvent>) {
    for index in 0..<groupCount {
      let group = unsafe groups + index
      guard unsafe group.pointee.capturesEdges && group.pointee.isHeld else { continue }
      unsafe group.pointee.takeEdges(epoch: epoch, into: ring)
    }
  }
}
