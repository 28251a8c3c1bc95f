public import ChipDrivers
public import PerfusionCore

/// Numbers of the protocol that both sides keep (proto/perfusion.proto, docs/link.md).
public enum LinkProtocol {
  /// The version that this code speaks.
  public static var version: UInt32 { 1 }
  /// Longest message of a client, bytes.
  public static var longestRequest: Int { 1024 }
  /// Longest message of the firmware, bytes.
  public static var longestReply: Int { 6144 }
  /// Bytes of the image in one part.
  public static var imagePart: Int { 1024 }
  /// Shortest and longest lease, milliseconds.
  public static var leases: ClosedRange<UInt32> { 100...60_000 }
}

/// Who speaks.
public struct LinkHello: BitwiseCopyable, Sendable {
  /// Version of the protocol.
  public var version = LinkProtocol.version
  /// CRC-32 of the board image; 0 from a client that takes any board.
  public var boardHash: UInt32
  /// Name and version of the program; what is over 31 bytes is cut off.
  public var program: Identifier
  /// Number of the client; 0 from a client.
  public var client: UInt32 = 0
  /// The socket allows commands.
  public var mayCommand = false
  /// Length of a tick in microseconds; 0 from a client.
  public var tickMicroseconds: UInt32 = 0
  /// Makes a greeting.
  public init(boardHash: UInt32 = 0, program: Identifier) {
    self.boardHash = boardHash
    self.program = program
  }
}

/// The documents that a client may ask for; raw values are those of `perfusion.RequestKind`.
public enum LinkDocument: UInt8, BitwiseCopyable, Sendable {
  /// One frame.
  case frame = 1
  /// Alarms that stand or are latched.
  case alarms
  /// The alarm log, oldest first.
  case alarmLog
  /// The board image.
  case image
  /// How the loop keeps time.
  case loop
}

/// Something asked of the machine.
public struct LinkCommand: BitwiseCopyable, Sendable {
  /// Number that the client gives.
  public var sequence: UInt64
  /// What is asked; nothing when a field is missing or unknown.
  public var action: OperatorAction?
  /// The operator's second word.
  public var isConfirmed: Bool
  /// How long the wish stands without being repeated, milliseconds.
  public var leaseMilliseconds: UInt32
  /// Makes a command.
  public init(
    sequence: UInt64, action: OperatorAction?, isConfirmed: Bool = false,
    leaseMilliseconds: UInt32 = 0
  ) {
    self.sequence = sequence
    self.action = action
    self.isConfirmed = isConfirmed
    self.leaseMilliseconds = leaseMilliseconds
  }
}

/// Outcome of a command; raw values are those of `perfusion.Outcome`.
public enum LinkOutcome: UInt8, BitwiseCopyable, Sendable {
  /// Not said; it was not carried out.
  case unknown
  /// Carried out as asked.
  case accepted
  /// Carried out within a limit.
  case limited
  /// Refused by the controller.
  case refused
  /// This socket allows no commands.
  case readOnly
  /// A field that the action needs is missing, not finite or unknown.
  case incomplete
  /// The action moves something and carries no lease, or one outside the range.
  case needsLease
  /// More commands wait than there is room for.
  case busy
  /// The controller has not answered in time.
  case uncertain
}

/// What became of a command.
public struct LinkAnswer: BitwiseCopyable, Sendable {
  /// Sequence of the command.
  public var sequence: UInt64
  /// Decision number; 0 when it never reached the controller.
  public var decision: UInt32
  /// The outcome.
  public var outcome: LinkOutcome
  /// Why it was limited or refused.
  public var refusal: Refusal?
  /// Checklist items that are missing.
  public var missing = Checklist.none
  /// Makes an answer.
  public init(
    sequence: UInt64, decision: UInt32 = 0, outcome: LinkOutcome, refusal: Refusal? = nil
  ) {
    self.sequence = sequence
    self.decision = decision
    self.outcome = outcome
    self.refusal = refusal
  }
}

/// Messages that a client did not get because it read too slowly.
public struct LinkLosses: BitwiseCopyable, Equatable, Sendable {
  /// Frames since the last report.
  public var frames: UInt32 = 0
  /// Events since the last report.
  public var events: UInt32 = 0
  /// Alarms since the last report.
  public var alarms: UInt32 = 0
  /// Nothing lost.
  public init() {}
  /// Nothing was lost.
  public var isEmpty: Bool { frames == 0 && events == 0 && alarms == 0 }
}

/// Why the firmware ends a connection; raw values are those of `perfusion.FailureCause`.
public enum LinkFailure: UInt8, BitwiseCopyable, Sendable {
  /// Not said.
  case unknown
  /// A message is not protobuf of this schema.
  case malformed
  /// A message is too long.
  case oversized
  /// The first message was not a greeting.
  case noHello
  /// Another version of the protocol.
  case wrongProtocol
  /// The client was made for another board.
  case wrongBoard
  /// As many clients as there is room for.
  case full
  /// The client does not read.
  case stalled
  /// The firmware ends.
  case stopping
}

/// A client that came or went, or whose lease ran out.
public struct ClientEvent: BitwiseCopyable, Sendable {
  /// What happened; raw values are those of `perfusion.EventKind`.
  public enum Kind: UInt8, BitwiseCopyable, Sendable {
    /// It said hello.
    case connected = 100
    /// It has gone.
    case gone
    /// The lease of a command ran out.
    case leaseEnded
  }
  /// The tick.
  public var tick: Tick
  /// When that tick began.
  public var at: Instant
  /// What happened.
  public var kind: Kind
  /// Number of the client.
  public var client: UInt32
  /// User number of its process.
  public var user: UInt32 = 0
  /// Number of its process.
  public var process: UInt32 = 0
  /// Decision whose lease ran out.
  public var decision: UInt32 = 0
  /// What was asked holds; otherwise it was ended.
  public var holds = false
  /// Makes an event.
  public init(tick: Tick, at: Instant, kind: Kind, client: UInt32) {
    self.tick = tick
    self.at = at
    self.kind = kind
    self.client = client
  }
}
