public import BoardFiles
import ChipDrivers
import Firmware
import Link
import LinkMessages
import PerfusionCore
public import PhysicalRig
public import VirtualBoard

/// The board under test as firmware in this process, on the other end of the wires of a bench.
@safe public final class VirtualBoardOnBench: BoardOnBench {
  /// Both boards.
  public let boards: BackToBack
  /// How often the firmware was started.
  public private(set) var conversations = 0
  /// Nothing keeps it from being reached.
  public var trouble: String? { nil }
  private let image: UnsafeMutableBufferPointer<UInt8>
  private var pipe = BytePipe()
  private var server: LinkServer<PipeTransport>
  private var record = TickRecord()
  private var lastTick = Tick.start
  private var wasRunning = false

  /// Both boards at rest.
  public init(_ bench: BenchDescription, seed: UInt64, kernelRig: BareBoard? = nil) {
    boards = BackToBack(bench, seed: seed, kernelRig: kernelRig)
    let bytes: [UInt8]
    do { bytes = try bench.board.image().encoded() } catch { bytes = [] }
    let kept = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = unsafe kept.initialize(from: bytes)
    unsafe image = kept
    server = unsafe Self.server(over: pipe, kept, bench.board.machine)
  }

  deinit { unsafe image.deallocate() }

  private static func server(
    over pipe: BytePipe, _ image: UnsafeMutableBufferPointer<UInt8>,
    _ machine: MachineConfiguration
  ) -> LinkServer<PipeTransport> {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: LinkMemory.size(clients: 1), alignment: 16)
    return unsafe LinkServer(
      transport: PipeTransport(pipe), memory: LinkMemory(over: memory, clients: 1),
      identity: LinkIdentity(
        program: Identifier("perfusion hil"), image: UnsafeBufferPointer(image),
        tickMicroseconds: UInt32(machine.tickMicroseconds)))
  }

  /// Runs both boards for a tick.
  public func pass(_ eachMillisecond: @escaping () -> Void) {
    boards.eachMillisecond = eachMillisecond
    let machine = boards.underTest
    if machine.firmwareIsRunning { serve() }
    boards.passTick()
    endTick()
  }

  /// Runs the board under test for a millisecond, beside a rig that a kernel carries on.
  public func passMillisecondBeside() {
    if boards.passMillisecondBeside() { endTick() }
    if boards.underTest.firmwareIsRunning { serve() }
  }

  private func endTick() {
    noticeStart()
    let machine = boards.underTest
    guard machine.firmwareIsRunning, machine.status.tick != lastTick else { return }
    tell()
  }

  /// A firmware that has just been started has a link without clients.
  private func noticeStart() {
    let machine = boards.underTest
    defer { wasRunning = machine.firmwareIsRunning }
    guard machine.firmwareIsRunning, !wasRunning else { return }
    pipe = BytePipe()
    server = unsafe Self.server(over: pipe, image, machine.board.machine)
    lastTick = .start
    conversations += 1
  }

  private func tell() {
    let machine = boards.underTest
    lastTick = machine.status.tick
    record.tick = lastTick
    record.at = machine.now
    record.sensors = machine.sensors
    record.actuators = machine.actuators
    record.status = machine.status
    record.events = machine.events
    server.take(record, now: machine.now.microseconds)
    serve()
  }

  private func serve() {
    server.serve(now: boards.underTest.now.microseconds) { boards.underTest.submit($0) }
  }

  /// Bytes for the firmware.
  public func send(_ bytes: [UInt8]) {
    if boards.underTest.firmwareIsRunning { pipe.toServer += bytes }
  }

  /// What the firmware has sent.
  public func receive() -> [UInt8] {
    defer { pipe.toClient = [] }
    return pipe.toClient
  }

  /// Nothing is held.
  public func release() {}
}
