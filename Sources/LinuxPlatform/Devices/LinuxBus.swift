public import ChipDrivers
internal import CLinux
internal import Synchronization

/// An open I2C adapter; copies mean the same one.
public struct LinuxBus: I2CBus, BitwiseCopyable, Sendable {
  let descriptor: Int32
  let isPlain: Bool

  /// Writes, then reads, in one call to the kernel.
  public mutating func transfer(
    _ address: I2CAddress, write: Span<UInt8>, read: inout MutableSpan<UInt8>
  ) throws(BusError) {
    guard descriptor >= 0 else { throw .adapterGone }
    let (descriptor, isPlain) = (descriptor, isPlain)
    let outcome = unsafe write.withUnsafeBufferPointer { written in
      unsafe read.withUnsafeMutableBufferPointer { room in
        let call = isPlain ? unsafe pc_i2c_transfer : unsafe pc_i2c_transfer_smbus
        return unsafe call(
          descriptor, UInt16(address.bits), written.baseAddress, UInt32(written.count),
          room.baseAddress, UInt32(room.count))
      }
    }
    if outcome < 0 { throw SystemError(result: outcome).onBus }
  }
}

/// An adapter's place: only its bus's worker uses it once threads run.
private struct LinuxAdapter: ~Copyable {
  let descriptor = Atomic<Int32>(-1)
  var isFit = true
  var isTimed = true
  var path = Identifier()
}

/// The I2C adapters of a board, each in a place of its own for as long as the program lives: a worker
/// opens its adapter anew while the others use theirs.
@safe public struct LinuxAdapters: @unchecked Sendable {
  /// How long an adapter waits for a held clock, milliseconds: a stuck bus must be noticed within
  /// the two failures that make it stuck (docs/domain.md HZ-47). The kernel counts tens.
  static var timeoutMilliseconds: UInt32 { 10 }
  static var retries: UInt32 { 1 }

  private let adapters: UnsafeMutablePointer<LinuxAdapter>

  /// None open.
  public init() {
    unsafe adapters = .allocate(capacity: 4)
    for bus in 0..<4 { unsafe (adapters + bus).initialize(to: LinuxAdapter()) }
  }

  /// Opens the adapter of a bus.
  public func open(_ bus: Int, path: Identifier) throws(AdapterProblem) {
    unsafe adapters[bus & 3].path = path
    try open(bus, by: LinuxAdapters.openNode)
  }

  private static func openNode(_ path: Identifier, _ functions: inout UInt32) -> Int32 {
    unsafe path.withCString { name in
      unsafe pc_i2c_open(
        name, LinuxAdapters.timeoutMilliseconds, LinuxAdapters.retries, &functions)
    }
  }

  private func open(
    _ bus: Int, by openNode: (Identifier, inout UInt32) -> Int32
  ) throws(AdapterProblem) {
    let adapter = unsafe adapters + (bus & 3)
    var functions: UInt32 = 0
    let opened = openNode(unsafe adapter.pointee.path, &functions)
    guard opened >= 0 else { throw AdapterProblem(SystemError(result: opened)) }
    let isFit = functions & UInt32(PC_I2C_PLAIN) != 0
    unsafe adapter.pointee.isTimed = functions & UInt32(PC_I2C_UNTIMED) == 0
    unsafe adapter.pointee.isFit = isFit
    unsafe adapter.pointee.descriptor.store(opened, ordering: .relaxed)
    let blocks = UInt32(PC_I2C_READ_BLOCK | PC_I2C_WRITE_BLOCK)
    guard isFit || functions & blocks == blocks else { throw .unfit }
  }

  /// Closes an adapter and opens it again; one that could not be opened is tried anew.
  public func reopen(_ bus: Int) { reopen(bus, by: LinuxAdapters.openNode) }

  func reopen(_ bus: Int, by openNode: (Identifier, inout UInt32) -> Int32) {
    guard bus >= 0 && bus < 4 else { return }
    let before = unsafe adapters[bus].descriptor.exchange(-1, ordering: .relaxed)
    if before >= 0 { pc_file_close(before) }
    // What is wrong now shows at the next transfer: it fails, which climbs the ladder again.
    do throws(AdapterProblem) { try open(bus, by: openNode) } catch {}
  }

  /// The adapter took its time limit and its retries.
  public func isTimed(_ bus: Int) -> Bool { unsafe adapters[bus & 3].isTimed }

  /// The adapter of a bus; one that is not open fails every transfer.
  public func bus(_ index: Int) -> LinuxBus {
    guard index >= 0 && index < 4 else { return LinuxBus(descriptor: -1, isPlain: true) }
    return unsafe LinuxBus(
      descriptor: adapters[index].descriptor.load(ordering: .relaxed),
      isPlain: adapters[index].isFit)
  }
}

/// Why an adapter cannot be used.
public enum AdapterProblem: Error, Equatable, BitwiseCopyable, Sendable {
  /// There is no such device node.
  case missing
  /// The node is there, the adapter behind it is not.
  case gone
  /// This user may not open it.
  case denied
  /// What stands there is no I2C adapter.
  case foreign
  /// It can do neither plain transfers nor the SMBus block transfers that could stand in.
  case unfit
  /// Something else.
  case failed(SystemError)

  init(_ error: SystemError) {
    switch error {
    case .noEntry: self = .missing
    case .noAddress, .noDevice: self = .gone
    case .denied, .notPermitted: self = .denied
    case .notThatDevice: self = .foreign
    default: self = .failed(error)
    }
  }
}

extension Identifier {
  /// Uses the name as a C string.
  public func withCString<Result>(_ use: (UnsafePointer<CChar>) -> Result) -> Result {
    var characters = InlineArray<48, CChar>(repeating: 0)
    for index in 0..<count { characters[index] = CChar(bitPattern: byte(index)) }
    return unsafe characters.span.withUnsafeBufferPointer { buffer in
      // A span of 48 elements has an address.
      guard let base = buffer.baseAddress else { preconditionFailure() }
      return unsafe use(base)
    }
  }

  /// A name from a C string of at most 47 bytes.
  public init(cString: UnsafePointer<CChar>, room: Int) {
    var bytes = InlineArray<47, UInt8>(repeating: 0)
    var length = 0
    while length < min(room, 47), unsafe cString[length] != 0 {
      bytes[length] = unsafe UInt8(bitPattern: cString[length])
      length += 1
    }
    self.init(bytes: bytes.span.extracting(first: length))
  }
}
