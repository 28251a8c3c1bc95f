import ArgumentParser
import CLinux
import ChipDrivers
import Foundation
import LinkMessages
import VirtualBoard

/// `perfusion bench clients`: clients of a link that behave badly, until they are ended.
struct BadClients: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clients", abstract: "Bothers a link.", shouldDisplay: false)

  @Option(help: "The link's socket.")
  var socket: String
  @Option(help: "How many at a time.")
  var count = 200

  /// Starts them as a process of their own.
  static func start(_ program: String, _ socket: String, _ count: Int) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["bench", "clients", "--socket", socket, "--count", "\(count)"]
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Each in turn does the next misdeed; who was shown the door comes again.
  func run() throws {
    signal(SIGPIPE, SIG_IGN)
    var places = [Int32](repeating: -1, count: max(1, count))
    var dice = SplitMix64(seed: 1)
    func below(_ limit: UInt64) -> UInt64 { dice.next() % limit }
    let good = try [
      ClientMessage.hello(LinkHello(program: .init("bad"))),
      .subscription(frameTicks: 2, events: true), .request(.image), .request(.alarmLog),
    ].map { try $0.framed() }
    while true {
      for place in places.indices {
        if places[place] < 0 {
          places[place] = unsafe pc_socket_connect(socket)
          guard places[place] >= 0 else { continue }
          _ = pc_socket_set_blocking(places[place], 0)
        }
        var bytes = good[Int(below(UInt64(good.count)))]
        switch below(8) {
        case 0: bytes = (0..<below(200)).map { _ in UInt8(below(256)) }
        case 1: bytes = [0xFF, 0xFF, 0x03]
        case 2: bytes = Array(bytes.prefix(2))
        default: break
        }
        let sent = unsafe pc_socket_send(places[place], bytes, UInt64(bytes.count))
        if sent < 0 && sent != -11 || below(100) == 0 {
          _ = pc_file_close(places[place])
          places[place] = -1
        }
      }
      _ = pc_clock_sleep_until(pc_clock_now() + 5_000_000)
    }
  }
}
