#if !hasFeature(Embedded)
  internal import CLinkMessages
  public import PerfusionCore

  /// Everything in one tick, as a client gets it.
  public struct LinkFrame: Sendable {
    /// The tick.
    public var tick = Tick.start
    /// When it began.
    public var at = Instant.start
    /// What the sensors said.
    public var sensors = SensorSnapshot()
    /// What the actuators were told.
    public var actuators = ActuatorCommands()
    /// What the operator sees.
    public var status = MachineStatus()
    /// An empty frame.
    public init() {}
  }

  /// What the firmware sends, as a client reads it.
  public enum ServerMessage: Sendable {
    /// First message of every connection.
    case hello(LinkHello)
    /// A sample of everything.
    indirect case frame(LinkFrame)
    /// Something happened.
    case event(EventEntry)
    /// A client came or went.
    case client(ClientEvent)
    /// An alarm.
    case alarm(AlarmReport)
    /// What became of a command, and the same in words.
    case answer(LinkAnswer, text: String)
    /// What this client lost.
    case lost(LinkLosses)
    /// Why the firmware ends the connection.
    case failure(LinkFailure, text: String)
    /// A piece of the board image.
    case image(offset: Int, total: Int, bytes: [UInt8])
    /// How the loop keeps time.
    indirect case loop(LoopReport)
    /// A document is complete: how many messages it had.
    case done(LinkDocument?, messages: Int)
    /// A newer firmware says something that this program does not know.
    case unknown

    /// Reads a `perfusion.ServerMessage`.
    public init(decoding bytes: [UInt8]) throws(LinkError) {
      var message = perfusion_ServerMessage()
      try decodeMessage(PC_SERVER_MESSAGE, bytes.span, into: &message)
      self.init(&message)
    }

    private init(_ message: inout perfusion_ServerMessage) {
      switch Int32(message.which_body) {
      case Int32(perfusion_ServerMessage_hello_tag):
        self = unsafe .hello(LinkHello(message.body.hello))
      case Int32(perfusion_ServerMessage_frame_tag):
        self = unsafe .frame(LinkFrame(message.body.frame))
      case Int32(perfusion_ServerMessage_event_tag): self = unsafe Self.event(message.body.event)
      case Int32(perfusion_ServerMessage_alarm_tag):
        self = unsafe AlarmReport(message.body.alarm).map { .alarm($0) } ?? .unknown
      case Int32(perfusion_ServerMessage_answer_tag):
        var answer = unsafe message.body.answer
        self = .answer(LinkAnswer(answer), text: words(&answer.text))
      case Int32(perfusion_ServerMessage_lost_tag):
        var losses = LinkLosses()
        unsafe losses.frames = message.body.lost.frames
        unsafe losses.events = message.body.lost.events
        unsafe losses.alarms = message.body.lost.alarms
        self = .lost(losses)
      case Int32(perfusion_ServerMessage_failure_tag):
        var failure = unsafe message.body.failure
        let cause = UInt8(exactly: failure.cause.rawValue).flatMap { LinkFailure(rawValue: $0) }
        self = .failure(cause ?? .unknown, text: words(&failure.text))
      case Int32(perfusion_ServerMessage_image_tag): self = unsafe Self.image(message.body.image)
      case Int32(perfusion_ServerMessage_loop_tag):
        self = unsafe .loop(LoopReport(message.body.loop))
      case Int32(perfusion_ServerMessage_done_tag):
        let done = unsafe message.body.done
        self = .done(
          UInt8(exactly: done.kind.rawValue).flatMap { LinkDocument(rawValue: $0) },
          messages: Int(done.messages))
      default: self = .unknown
      }
    }

    private static func event(_ message: perfusion_Event) -> ServerMessage {
      if let client = ClientEvent(message) { return .client(client) }
      return EventEntry(message).map { .event($0) } ?? .unknown
    }

    private static func image(_ message: perfusion_ImagePart) -> ServerMessage {
      var part = message
      let bytes = unsafe withUnsafeBytes(of: &part.data.bytes) { bytes in
        unsafe [UInt8](bytes.prefix(Int(message.data.size)))
      }
      return .image(offset: Int(message.offset), total: Int(message.total), bytes: bytes)
    }
  }

  extension LinkFrame {
    fileprivate init(_ message: perfusion_Frame) {
      self.init()
      var copy = message
      tick = Tick(count: copy.inputs.tick)
      at = Instant(microseconds: copy.inputs.time_us)
      sensors.take(&copy.inputs)
      actuators.take(&copy.outputs)
      var carrier = FrameCarrier(.toModel, at: copy.inputs.time_us)
      carrier.status(&copy.status, &status)
    }
  }

  /// A C string as text.
  private func words<Characters: BitwiseCopyable>(_ characters: inout Characters) -> String {
    unsafe withUnsafeBytes(of: &characters) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  extension ClientMessage {
    /// The message as it goes over the socket: length and bytes.
    public func framed() throws(LinkError) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: LinkProtocol.longestRequest)
      var span = bytes.mutableSpan
      let length = try encode(into: &span)
      let prefix = LengthPrefix(length)
      return prefix.array + bytes[..<length]
    }
  }

  extension LengthPrefix {
    /// The prefix as bytes.
    var array: [UInt8] { (0..<count).map { self[$0] } }
  }
#endif
