public import BoardFiles
import ChipDrivers
import Firmware
import Link
import LinkMessages
import PerfusionCore
public import PhysicalRig
public import VirtualBoard

/// The board under test as firmware in this process, on the other end of the wires of a bench.
public final class VirtualBoardOnBench: BoardOnBench {
  /// Both boards.
  public let boards: BackToBack
  /// How often the firmware was started.
  public private(set) var conversations = 0
  /// Nothing keeps it from being reached.
  public var trouble: String? { nil }
  private let link: PipedLink
  private var record = TickRecord()
  private var lastTick = Tick.start
  private var wasRunning = false

  /// Both boards at rest.
  public init(_ bench: BenchDescription, seed: UInt64, kernelRig: BareBoard? = nil) {
    boards = BackToBack(bench, seed: seed, kernelRig: kernelRig)
    link = PipedLink(bench.board)
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
    link.startOver()
    lastTick = .start
    conversations += 1
  }

  private func tell() {
    let machine = boards.underTest
    lastTick = machine.status.tick
    machine.describe(into: &record)
    link.server.take(record, now: machine.now.microseconds)
    serve()
  }

  private func serve() {
    link.server.serve(now: boards.underTest.now.microseconds) { boards.underTest.submit($0) }
  }

  /// Bytes for the firmware.
  public func send(_ bytes: [UInt8]) {
    if boards.underTest.firmwareIsRunning { link.pipe.toServer += bytes }
  }

  /// What the firmware has sent.
  public func receive() -> [UInt8] {
    defer { link.pipe.toClient = [] }
    return link.pipe.toClient
  }

  /// Nothing is held.
  public func release() {}
}
