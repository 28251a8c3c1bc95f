internal import ChipDrivers
internal import CircuitModel
internal import PerfusionCore

/// A board file while it is being read: what is known so far, and where it stood in the file.
final class Draft {
  let diagnostics: Diagnostics
  var name = ""
  var summary = ""
  var machine = MachineConfiguration()
  var wiring = BoardWiring()
  var circuit = CircuitParameters()

  var buses = Names("bus")
  var chips = Names("chip")
  var lines = Names("line")
  /// The role of each pump, by its place in the list.
  var pumps = Names("pump")
  /// Where each sensor was declared, by its name.
  var sensorPlaces: [String: Place] = [:]
  /// A sensor's name was not understood, so one that seems to be missing may be meant.
  var sensorsAreBroken = false
  /// What each line and each channel is used for.
  var lineUse: [Int: String] = [:]
  var channelUse: [ChannelKey: String] = [:]
  /// Where each response of the matrix was written.
  var responsePlaces: [ResponseKey: Place] = [:]
  /// Responses that were written but not understood.
  var unreadResponses: Set<ResponseKey> = []
  /// Where each pump's stop links were written.
  var stopLinkPlaces: [Int: Place] = [:]
  /// Where each pump's pressure limits and each limit of the circuit were written.
  var pressureLimitPlaces: [Int: Place] = [:]
  var limitPlaces: [String: Place] = [:]
  /// The line on a multiplexer's RESET pin, by the chip, until the lines have been read.
  var resetLines: [Int: Field] = [:]
  /// Chips whose place could not be read: rules about addresses say nothing about them.
  var unplacedChips: Set<Int> = []
  /// Where the keys at the top stand.
  var keyPlaces: [String: Place] = [:]

  init(_ diagnostics: Diagnostics) { self.diagnostics = diagnostics }

  /// A channel of a chip, read or driven.
  struct ChannelKey: Hashable {
    var chip: Int
    var channel: Int
  }

  /// One element of the response matrix.
  struct ResponseKey: Hashable {
    var pump: Int
    var event: UInt8
  }

  /// Length of a tick in seconds.
  var tick: Double { Double(machine.tickMicroseconds) / 1_000_000 }

  /// Where a key at the top stands, or the beginning of the file.
  func place(ofKey key: String) -> Place { keyPlaces[key] ?? .start }

  func hasSensor(_ name: String) -> Bool { sensorsAreBroken || sensorPlaces[name] != nil }

  /// Appends to a list of the wiring; reports one that is full.
  func append<let capacity: Int, Element>(
    _ element: Element, to list: inout FixedList<capacity, Element>, _ what: String,
    at field: Field
  ) {
    if !list.append(element) {
      field.fail(
        "there are more than \(capacity) \(what)", "the firmware has room for \(capacity)")
    }
  }
}
