import BlackBox
import BlackBoxFiles
import CLinux
import Firmware
import Foundation
import LinkMessages
import LinkSockets
import LinuxPlatform
import PerfusionCore
import Synchronization
import TestSupport
import Testing

@Suite("All threads of a firmware at once", .verifies("HZ-53"))
struct WholeFirmwareTests {
  @Test("each tick is recorded once, clients are served, the end leaves fallbacks")
  func whole() throws {
    let folder = NSTemporaryDirectory() + "whole-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer {
      do { try FileManager.default.removeItem(atPath: folder) } catch {
        Issue.record("\(folder) cannot be removed")
      }
    }
    let name = Array(folder.utf8)
    let path = FilePath(name.span)
    let firmware = try WholeFirmware(
      folder: try #require(path), socket: folder + "/link.sock")
    try firmware.start()
    let seen = try watch(folder + "/link.sock")
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0 < $1 }, "frames come in order")
    try leaveAbruptly(folder + "/link.sock.ro")
    let ticks = firmware.finish()
    #expect(firmware.isRecorderGood)
    #expect(firmware.world.outputs.load(ordering: .relaxed) & 3 == 2, "heater off, buzzer on")
    #expect(firmware.world.stored.load(ordering: .relaxed) > 0)

    let recorded = try recordedTicks(folder)
    #expect(ticks >= seen.last ?? .max)
    #expect(recorded == Array(1...ticks), "every tick, once, in order")
  }

  @Test("the lines are safe before the first tick can come", .verifies("HZ-54"))
  func order() throws {
    let stretch = UnsafeMutableRawPointer.allocate(
      byteCount: ExchangeMemory.byteCount, alignment: 4096)
    unsafe memset(stretch, 0, ExchangeMemory.byteCount)
    let exchange = unsafe ExchangeMemory(in: stretch, periodMicroseconds: 5000)
    let world = ConductedWorld()
    world.outputs.store(1, ordering: .relaxed)
    var process = FirmwareProcess(
      board: ConductedBoard(world: world, chip: PaperThermometer()),
      machine: MachineConfiguration(), wiring: WholeFirmware.wiring, boardSum: 7, driven: 1,
      known: 7, shared: exchange.reference)
    // No thread does anything: what has happened by the time the tick's runs was done before.
    let nothing: ThreadBody = { _ in }
    try process.start(
      unsafe ThreadBodies(
        tick: nothing, bus: nothing, keeper: nothing, edges: nothing, storage: nothing),
      priority: 0, processor: -1)
    #expect(world.outputs.load(ordering: .relaxed) == 0, "the heater that was on is off")
    process.stop()
    unsafe stretch.deallocate()
  }

  /// Reads frames and gives commands; the ticks of the frames.
  private func watch(_ socket: String) throws -> [UInt64] {
    let client = try LinkClient(path: socket, program: "test")
    try client.send(.subscription(frameTicks: 2, events: true))
    var seen: [UInt64] = []
    while seen.count < 300 {
      guard case .frame(let frame) = try client.receive() else { continue }
      seen.append(frame.status.tick.count)
      guard seen.count % 25 == 0 else { continue }
      let answer = try client.command { LinkCommand(sequence: $0, action: .acknowledgeAlarms) }
      #expect(answer.answer.outcome != .uncertain, "\(answer)")
    }
    var parts = 0
    try client.fetch(.image) { if case .image = $0 { parts += 1 } }
    #expect(parts == 1)
    return seen
  }

  private func leaveAbruptly(_ socket: String) throws {
    for _ in 0..<5 {
      let client = try LinkClient(path: socket, program: "rude")
      try client.send(.subscription(frameTicks: 2, events: true))
    }
  }

  private func recordedTicks(_ folder: String) throws -> [UInt64] {
    let bytes = try #require(FileManager.default.contents(atPath: folder + "/00001.0000.mcap"))
    var ticks: [UInt64] = []
    var inputs = InputsDecoder()
    let facts = try McapReader([UInt8](bytes)).walk { message throws(McapError) in
      if message.topic == "/inputs" {
        _ = unsafe inputs.read(message.data) {
          ticks.append($0.tick)
          return true
        }
      }
      return true
    }
    #expect(facts.isComplete)
    return ticks
  }
}
