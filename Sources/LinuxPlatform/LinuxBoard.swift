public import ChipDrivers
internal import CLinux
public import Firmware

/// What is open on a board, in a place of its own that all handles share.
///
/// Each part belongs to one thread once the threads run: an adapter to its bus's worker, the outputs
/// to the keeper, the edges to the edge thread, the inputs to the tick.
public struct LinuxDevices {
  /// I2C adapters.
  public var adapters = LinuxAdapters()
  /// GPIO lines.
  public var lines = LinuxLines()
  /// Lines on RESET pins of each bus's multiplexers.
  public var resetLines = InlineArray<4, LineLevels>(repeating: 0)
  /// Files.
  public var files = KeptFiles(in: nil)
  /// The moment from which the firmware counts its time, nanoseconds of CLOCK_MONOTONIC.
  public var epoch: Int64
  /// What wakes the keeper.
  public var wake: Int32

  /// Nothing open; time begins now.
  public init() {
    epoch = pc_clock_now()
    wake = pc_wake_open()
  }
}

/// The board that a machine's firmware runs on: handles on `LinuxDevices`.
@safe public struct LinuxBoard: ThreadedBoard, @unchecked Sendable {
  private let devices: UnsafeMutablePointer<LinuxDevices>
  /// The moment from which the firmware counts its time, nanoseconds of CLOCK_MONOTONIC.
  public let epoch: Int64
  private let wake: Int32
  /// How long edges of sound chips may wait beside one that vanished, nanoseconds.
  private static var rest: Int64 { 1_000_000 }

  /// A handle on devices that outlive it.
  public init(_ devices: UnsafeMutablePointer<LinuxDevices>) {
    unsafe self.devices = unsafe devices
    epoch = unsafe devices.pointee.epoch
    wake = unsafe devices.pointee.wake
  }

  /// The clock.
  public var nanoseconds: Int64 { pc_clock_now() &- epoch }
  /// Seconds since 1970.
  public var civilTime: Int64 { pc_clock_civil() / 1_000_000_000 }
  /// Sleeps by the absolute clock.
  public func sleep(until nanoseconds: Int64) {
    _ = pc_clock_sleep_until(nanoseconds &+ epoch)
  }
  /// The adapter of a bus.
  public func bus(_ index: Int) -> LinuxBus { unsafe devices.pointee.adapters.bus(index) }
  /// Opens the adapter anew, or resets the bus's multiplexers where a line is wired for that.
  public mutating func recoverBus(_ index: Int, by step: BusRecovery) {
    guard (0..<4).contains(index) else { return }
    switch step {
    case .none: return
    case .reopen: unsafe devices.pointee.adapters.reopen(index)
    case .resetMultiplexers:
      unsafe devices.pointee.lines.pulse(devices.pointee.resetLines[index])
    }
  }
  /// Lines that could not be had.
  public var missingLines: LineLevels { unsafe devices.pointee.lines.missing }
  /// The GPIO inputs.
  public mutating func readLines() throws(BusError) -> LineLevels {
    try unsafe devices.pointee.lines.read()
  }
  /// The GPIO outputs.
  public mutating func writeLines(_ levels: LineLevels, changed: LineLevels) throws(BusError) {
    try unsafe devices.pointee.lines.write(levels, changed: changed)
  }
  /// Wakes the keeper.
  public func wakeKeeper() { _ = pc_wake_raise(wake) }
  /// Waits to be woken.
  public func waitAsKeeper(until nanoseconds: Int64) {
    var item = pc_wait_item()
    item.descriptor = wake
    item.wants_read = true
    _ = unsafe pc_wait(&item, 1, nanoseconds &+ epoch)
    if item.is_readable { _ = pc_wake_clear(wake) }
  }
  /// Waits for edges.
  public mutating func collectEdges(
    until nanoseconds: Int64, into ring: borrowing RecordRing<LineEdgeEvent>
  ) {
    var items = InlineArray<64, pc_wait_item>(repeating: pc_wait_item())
    let count = unsafe devices.pointee.lines.edgeDescriptors(&items)
    guard count > 0 else { return sleep(until: nanoseconds) }
    var span = items.mutableSpan
    let ready = unsafe span.withUnsafeMutableBufferPointer {
      unsafe pc_wait($0.baseAddress, UInt32(count), nanoseconds &+ epoch)
    }
    if ready > 0 { unsafe devices.pointee.lines.takeEdges(epoch: epoch, into: ring) }
    // A chip that vanished is ready for ever: without rest this thread would starve those below it.
    for index in 0..<count where items.span[index].is_broken {
      return sleep(until: min(nanoseconds, self.nanoseconds &+ LinuxBoard.rest))
    }
  }
  /// Writes a record.
  public mutating func store(_ bytes: borrowing Span<UInt8>, in place: KeptPlace) -> Bool {
    unsafe devices.pointee.files.store(bytes, in: place)
  }
  /// Appends to a log.
  public mutating func add(_ bytes: borrowing Span<UInt8>, to place: KeptPlace) -> Bool {
    unsafe devices.pointee.files.add(bytes, to: place)
  }
  /// Reads a place.
  public mutating func recall(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int {
    unsafe devices.pointee.files.recall(place, into: &bytes)
  }
}
