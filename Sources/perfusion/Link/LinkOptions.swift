import ArgumentParser
import ChipDrivers
import Foundation
import Glibc
import LinkMessages
import LinkSockets
import PerfusionCore
import Scenarios

/// Where the firmware listens.
struct LinkOptions: ParsableArguments {
  @Option(
    help: "Socket of the firmware; PATH.ro is the one that only shows.", completion: .file())
  var socket = "/run/perfusion/link.sock"

  /// A connection that has greeted.
  func connect() throws -> LinkClient {
    do throws(LinkClientError) {
      return try LinkClient(path: socket, program: "perfusion \(programVersion)")
    } catch { throw LinkTrouble(error) }
  }
}

/// A firmware that cannot be talked to: exit code 1.
struct LinkTrouble: Error, CustomStringConvertible {
  let description: String

  init(_ error: LinkClientError) {
    switch error {
    case .unreachable(let path, let number):
      let cause = unsafe String(cString: strerror(number))
      description =
        "nobody answers at \(path) (\(cause)); start perfusiond, or \"perfusion simulate --socket "
        + "PATH\", and give the same --socket"
    case .ended(let text): description = "the firmware ended the connection: \(text)"
    case .interrupted: description = "interrupted"
    case .tooLong: description = "the message is too long for the firmware"
    case .wrongImage(let error):
      description = "the firmware's board image cannot be read (\(error)); use its own version"
    }
  }
}

/// Runs something that talks to the firmware and turns its trouble into words.
func talk<Value>(_ work: () throws(LinkClientError) -> Value) throws -> Value {
  do throws(LinkClientError) { return try work() } catch { throw LinkTrouble(error) }
}

extension LinkClient {
  /// The newest frame.
  func frame() throws(LinkClientError) -> LinkFrame {
    var frame: LinkFrame?
    try fetch(.frame) { if case .frame(let found) = $0 { frame = found } }
    guard let frame else { throw .ended("the firmware has not ticked yet") }
    return frame
  }

  /// Bytes are there, or come within a time.
  func isReadable(within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, milliseconds) > 0
  }
}

/// The pump of a role, as the board has it.
func pumpName(_ index: Int, _ machine: MachineConfiguration) -> String {
  machine.pumps.element(at: index).map { "\($0.role)" } ?? "pump \(index)"
}
