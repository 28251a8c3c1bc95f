import ChipDrivers
import Foundation
import Link
import LinkMessages
import PerfusionCore
import TestSupport
import Testing

@Suite("Two hundred clients that behave badly")
struct SoakTests {
  /// Virtual seconds; `make soak-link` asks for an hour.
  static let seconds = Int(ProcessInfo.processInfo.environment["SOAK_SECONDS"] ?? "") ?? 20

  /// `make soak-link` runs this suite and no other.
  static let isAlone = ProcessInfo.processInfo.environment["SOAK_SECONDS"] != nil

  @Test("Stalls, garbage, oversize and half messages: a good client misses nothing")
  func soak() throws {
    let bench = LinkBench(clients: 32)
    let good = try bench.client(.readOnly, window: 65_536)
    try bench.send(.subscription(frameTicks: 20, events: true), good)
    var random = SplitMix(state: 7)
    var crowd: [Int32] = []
    var seen = 0
    var frames = 0
    var met = 0
    let settled = residentKilobytes(after: 2000, bench, &random, &crowd, &met)
    let total = Self.seconds * 200
    for tick in 0..<total {
      disturb(bench, &random, &crowd, &met)
      bench.step(events: tick % 200 == 0 ? [.resumed(1)] : [])
      guard tick % 20 == 19 else { continue }
      let messages = try bench.read(good)
      seen += messages.events.filter { "\($0.event.kind)" == "resumed(1)" }.count
      frames += messages.frames.count
      #expect(messages.losses.isEmpty)
    }
    #expect(bench.isOpen(good))
    #expect(seen == total / 200)
    #expect(abs(frames - total / 20) <= 101)
    #expect(met >= 200)
    #expect(bench.server.failures > 0 && bench.server.turnedAway > 0)
    // The server allocates nothing; what grows is this test's own book-keeping. What the process
    // holds tells that only while no other suite runs beside this one.
    if Self.isAlone { #expect(resident() - settled < 8192) }
  }

  private func residentKilobytes(
    after ticks: Int, _ bench: LinkBench, _ random: inout SplitMix, _ crowd: inout [Int32],
    _ met: inout Int
  ) -> Int {
    for _ in 0..<ticks {
      disturb(bench, &random, &crowd, &met)
      bench.step()
    }
    return resident()
  }

  /// One random misdeed.
  private func disturb(
    _ bench: LinkBench, _ random: inout SplitMix, _ crowd: inout [Int32], _ met: inout Int
  ) {
    if crowd.count < 200 && random.below(4) == 0 {
      let door: LinkDoor = random.below(2) == 0 ? .control : .readOnly
      let connection = bench.network.open(door, window: 64 << random.below(8))
      crowd.append(connection)
      met += 1
    }
    guard !crowd.isEmpty else { return }
    let place = random.below(crowd.count)
    let connection = crowd[place]
    guard bench.isOpen(connection) else {
      bench.network.connections[connection] = nil
      crowd.remove(at: place)
      return
    }
    bench.network.connections[connection]?.toServer += misdeed(&random)
    if random.below(3) == 0 { bench.network.connections[connection]?.toClient = [] }
    if random.below(50) == 0 { bench.network.connections[connection]?.isClosedByClient = true }
  }

  private func misdeed(_ random: inout SplitMix) -> [UInt8] {
    let messages: [ClientMessage] = [
      .hello(LinkHello(program: .init("crowd"))), .subscription(frameTicks: 2, events: true),
      .request(.image), .request(.alarmLog), .request(nil),
      .command(LinkCommand(sequence: random.next() % 100, action: .acknowledgeAlarms)),
    ]
    switch random.below(12) {
    case 0: return (0..<random.below(200)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    case 1: return [0xFF, 0xFF, 0x03]
    case 2: return [0x40, 1, 2, 3]
    case 3: return []
    default:
      do throws(LinkError) { return try messages[random.below(messages.count)].framed() } catch {
        return []
      }
    }
  }

  /// Resident memory of this process, kilobytes.
  private func resident() -> Int {
    let text = FileManager.default.contents(atPath: "/proc/self/statm").flatMap {
      String(data: $0, encoding: .utf8)
    }
    return (text?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4
  }
}

/// Draws that repeat for a seed.
struct SplitMix {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
