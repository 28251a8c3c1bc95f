public import ChipDrivers
public import PerfusionCore

/// A board as the firmware loads it: the machine and its wiring, from a checked board file.
///
/// The bytes are a header of 12 bytes (magic `PFBI`, version, reserved, payload length, little
/// endian), the protobuf message of proto/board.proto, and the CRC-32 of everything before it.
/// The same image gives the same bytes every time.
public struct BoardImage: Sendable {
  /// Name in the board file.
  public var name: Identifier
  /// What the controller is told.
  public var machine: MachineConfiguration
  /// How the board is wired.
  public var wiring: BoardWiring

  /// Makes an image of a machine and its wiring.
  public init(name: Identifier, machine: MachineConfiguration, wiring: BoardWiring) {
    self.name = name
    self.machine = machine
    self.wiring = wiring
  }

  /// Version of the format that this code writes and the only one that it reads.
  public static var version: UInt16 { 1 }
  /// Largest image there can be, in bytes.
  public static var largestSize: Int { 65536 }
}

/// Why bytes are not a board image.
public enum BoardImageError: UInt8, Error, Sendable {
  /// It does not begin with `PFBI`: not a board image at all.
  case wrongMagic
  /// Written by another version of the compiler.
  case wrongVersion
  /// Shorter than its header says, or than a header.
  case truncated
  /// Longer than its header says, or than any image.
  case tooLong
  /// The check sum does not hold: some bytes changed.
  case checksum
  /// The payload is not a board message.
  case malformed
  /// A list holds more elements, or a name more bytes, than the firmware has room for.
  case tooManyEntries
  /// A number, an enumeration or an index is outside its valid range.
  case valueOutOfRange
  /// The room given to an encoder is too small.
  case noRoom
}
