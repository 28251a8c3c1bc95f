internal import ChipDrivers
internal import CLinkMessages
internal import PerfusionCore

/// What a client sends.
public enum ClientMessage: Sendable {
  /// First message of every connection.
  case hello(LinkHello)
  /// What the client wants to be sent: a frame every so many ticks (0 none), and events and alarms;
  /// and whether it is the machine's display, which it repeats at least every 100 ms.
  case subscription(frameTicks: UInt32, events: Bool, display: Bool = false)
  /// Something is asked of the machine.
  case command(LinkCommand)
  /// Asks for a document; nothing when this program does not know it.
  case request(LinkDocument?)

  /// Writes it as `perfusion.ClientMessage`; returns the length.
  public func encode(into bytes: inout MutableSpan<UInt8>) throws(LinkError) -> Int {
    var message = perfusion_ClientMessage()
    switch self {
    case .hello(let hello):
      message.which_body = pb_size_t(perfusion_ClientMessage_hello_tag)
      unsafe message.body.hello = hello.message
    case .subscription(let ticks, let events, let display):
      message.which_body = pb_size_t(perfusion_ClientMessage_subscription_tag)
      unsafe message.body.subscription.frame_ticks = ticks
      unsafe message.body.subscription.events = events
      unsafe message.body.subscription.display = display
    case .command(let command):
      message.which_body = pb_size_t(perfusion_ClientMessage_command_tag)
      unsafe message.body.command = command.message
    case .request(let document):
      message.which_body = pb_size_t(perfusion_ClientMessage_request_tag)
      unsafe message.body.request.kind = perfusion_RequestKind(UInt32(document?.rawValue ?? 0))
    }
    return try encodeMessage(PC_CLIENT_MESSAGE, &message, into: &bytes)
  }

  /// Reads a `perfusion.ClientMessage`; nothing when it is of a kind that this program does not
  /// know.
  public static func decode(_ bytes: Span<UInt8>) throws(LinkError) -> ClientMessage? {
    var message = perfusion_ClientMessage()
    try decodeMessage(PC_CLIENT_MESSAGE, bytes, into: &message)
    switch Int32(message.which_body) {
    case Int32(perfusion_ClientMessage_hello_tag):
      return unsafe .hello(LinkHello(message.body.hello))
    case Int32(perfusion_ClientMessage_subscription_tag):
      let subscription = unsafe message.body.subscription
      return .subscription(
        frameTicks: subscription.frame_ticks, events: subscription.events,
        display: subscription.display)
    case Int32(perfusion_ClientMessage_command_tag):
      return unsafe .command(LinkCommand(message.body.command))
    case Int32(perfusion_ClientMessage_request_tag):
      return .request(
        unsafe UInt8(exactly: message.body.request.kind.rawValue).flatMap {
          LinkDocument(rawValue: $0)
        })
    default: return nil
    }
  }
}

extension LinkHello {
  var message: perfusion_Hello {
    var message = perfusion_Hello()
    message.protocol = version
    message.board_hash = boardHash
    setText(&message.program, program)
    message.client = client
    message.may_command = mayCommand
    message.tick_microseconds = tickMicroseconds
    return message
  }

  init(_ message: perfusion_Hello) {
    var copy = message
    self.init(boardHash: message.board_hash, program: text(&copy.program))
    version = message.protocol
    client = message.client
    mayCommand = message.may_command
    tickMicroseconds = message.tick_microseconds
  }
}

extension LinkCommand {
  var message: perfusion_Command {
    var message = perfusion_Command()
    message.sequence = sequence
    if let action {
      message.has_action = true
      message.action = ActionMessage.message(action)
    }
    message.confirmed = isConfirmed
    message.lease_milliseconds = leaseMilliseconds
    return message
  }

  init(_ message: perfusion_Command) {
    self.init(
      sequence: message.sequence,
      action: message.has_action ? ActionReading(message.action).action : nil,
      isConfirmed: message.confirmed, leaseMilliseconds: message.lease_milliseconds)
  }
}

/// Puts a name into a C string, cut off where there is no more room for it and its end.
func setText<Characters: BitwiseCopyable>(_ characters: inout Characters, _ name: Identifier) {
  unsafe withUnsafeMutableBytes(of: &characters) { bytes in
    for index in 0..<bytes.count - 1 { unsafe bytes[index] = name.byte(index) }
  }
}

/// Puts words into a C string, cut off where there is no more room.
func setText<Characters: BitwiseCopyable>(_ characters: inout Characters, _ words: StaticString) {
  unsafe withUnsafeMutableBytes(of: &characters) { bytes in
    let start = unsafe words.utf8Start
    for index in 0..<min(words.utf8CodeUnitCount, bytes.count - 1) {
      unsafe bytes[index] = start[index]
    }
  }
}

/// A C string as a name; what is over its 47 bytes is cut off.
func text<Characters: BitwiseCopyable>(_ characters: inout Characters) -> Identifier {
  unsafe withUnsafeBytes(of: &characters) { bytes in
    var length = 0
    while length < bytes.count, unsafe bytes[length] != 0 { length += 1 }
    let all = unsafe Span<UInt8>(_unsafeBytes: bytes)
    return Identifier(bytes: all.extracting(first: length))
  }
}
