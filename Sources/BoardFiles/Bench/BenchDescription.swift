public import ChipDrivers

/// Where a wire of a bench ends at the board under test.
public enum BoardSignal: Hashable, Sendable {
  /// An input of a chip (index in the board's wiring) that the board measures.
  case input(chip: Int, channel: Int)
  /// An output of a chip that the board drives.
  case output(chip: Int, channel: Int)
  /// A line that the board reads.
  case inputLine(Int)
  /// A line that the board drives.
  case outputLine(Int)

  /// The bench plays it to the board; otherwise it hears it from there.
  public var isPlayed: Bool {
    switch self {
    case .input, .inputLine: true
    case .output, .outputLine: false
    }
  }
}

extension BoardSignal {
  /// The line of the board; nothing for a channel.
  var line: Int? {
    switch self {
    case .inputLine(let line), .outputLine(let line): line
    case .input, .output: nil
    }
  }
}

/// One wire of a bench: a signal of the board under test and the rig channel at its other end.
public struct BenchWire: Sendable {
  /// What the signal is called: a sensor's site, `PUMP.speed`, or the identifier of a line.
  public var name: String
  /// Where it ends at the board.
  public var signal: BoardSignal
  /// Where it ends at the rig: a channel of a chip or a line of the rig's own wiring.
  public var port: SignalPort
  /// What stands at the board's pin = rig channel value * scale + offset; lines are joined as they
  /// are asserted.
  public var scale: Double
  /// See `scale`.
  public var offset: Double
  /// The rig line whose relay opens the wire while it is asserted; nothing when it cannot be pulled.
  public var cable: Int?
  /// A line that the board drives, joined to the rig's by an OR gate in front of the board's pin: the
  /// self test of an air detector, which the gate answers at once. Nothing without a gate.
  public var gate: Int?

  /// What stands at the board's pin at a value of the rig's channel.
  public func atBoard(_ rig: Double) -> Double { rig * scale + offset }
  /// The value of the rig's channel at which this stands at the board's pin.
  public func atRig(_ board: Double) -> Double { scale != 0 ? (board - offset) / scale : 0 }
}

/// How the firmware on the board under test is reached beside the wires.
public struct BenchLink: Hashable, Sendable {
  /// Unix socket of the firmware's link, on the board when `host` is given.
  public var socket: String
  /// Where ssh finds the board, `root@board.example`; nothing when the socket is on this computer.
  public var host: String?
  /// A character device that carries the link, in the place of the socket; nothing for none.
  public var device: String?
}

/// A checked rig file of the kind `bench`: the rig's own hardware and its wires to a board.
public struct BenchDescription: Sendable {
  /// Name in reports.
  public var name = ""
  /// The board under test.
  public var board: BoardDescription
  /// Its file.
  public var boardFile: String
  /// The rig looks at its inputs and drives its outputs once in this time.
  public var tickMicroseconds: Int32 = 5000
  /// Buses, chips and lines of the rig itself.
  public var wiring = BoardWiring()
  /// The wiring table.
  public var wires: [BenchWire] = []
  /// Signals that the bench leaves to the board itself.
  public var unplayed: Set<BoardSignal> = []
  /// The rig line whose relay gives the board its supply; nothing when the bench cannot switch it.
  public var power: Int?
  /// How the firmware is reached.
  public var link = BenchLink(socket: "/run/perfusion/link.sock")
  /// How long the board may take from supply to the first word of its firmware, seconds.
  public var bootSeconds: Double = 60

  /// The wire of a signal; nothing when none goes there.
  public func wire(_ signal: BoardSignal) -> BenchWire? { wires.first { $0.signal == signal } }
}

/// What reading a bench file gave.
public struct BenchFileResult: Sendable {
  /// The bench; nothing when there is an error.
  public var bench: BenchDescription?
  /// Errors and warnings in the order of the file.
  public var diagnostics: [Diagnostic]
}
