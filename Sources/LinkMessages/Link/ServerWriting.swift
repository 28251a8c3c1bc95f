internal import CLinkMessages
public import PerfusionCore

/// Writes what the firmware sends: each call gives one `perfusion.ServerMessage` and returns its
/// length, or throws `noRoom`.
public enum ServerWriting {
  /// The greeting.
  public static func hello(
    _ hello: LinkHello, into bytes: inout MutableSpan<UInt8>
  ) throws(LinkError) -> Int {
    var message = perfusion_ServerMessage()
    message.which_body = pb_size_t(perfusion_ServerMessage_hello_tag)
    unsafe message.body.hello = hello.message
    return try encodeMessage(PC_SERVER_MESSAGE, &message, into: &bytes)
  }

  /// Everything in one tick.
  public static func frame(
    tick: Tick, at: Instant, sensors: borrowing SensorSnapshot,
    actuators: borrowing ActuatorCommands, status: borrowing MachineStatus,
    into bytes: inout MutableSpan<UInt8>
  ) throws(LinkError) -> Int {
    var frame = perfusion_Frame()
    frame.has_inputs = true
    sensors.fill(&frame.inputs, tick: tick, at: at)
    frame.has_outputs = true
    actuators.fill(&frame.outputs, tick: tick, at: at)
    frame.has_status = true
    var copy = copy status
    var carrier = FrameCarrier(.toMessage, at: at.microseconds)
    carrier.status(&frame.status, &copy)
    var message = perfusion_ServerMessage()
    message.which_body = pb_size_t(perfusion_ServerMessage_frame_tag)
    unsafe message.body.frame = frame
    return try encodeMessage(PC_SERVER_MESSAGE, &message, into: &bytes)
  }

  /// Something happened.
  public static func event(
    _ entry: EventEntry, into bytes: inout MutableSpan<UInt8>
  ) throws(LinkError) -> Int { try write(event: entry.message, into: &bytes) }

  /// A client came or went, or its lease ran out.
  public static func event(
    _ client: ClientEvent, into bytes: inout MutableSpan<UInt8>
  ) throws(LinkError) -> Int { try write(event: client.message, into: &bytes) }

  private static func write(
    event: perfusion_Event, into bytes: inout MutableSpan<UInt8>
  ) throws(LinkError) -> Int {
    var message = perfusion_ServerMessage()
    message.which_body = pb_size_t(perfusion_ServerMessage_event_tag)
    unsafe message.body.event = event
    return try encodeMessage(PC_SERVER_MESSAGE, &message, into: &bytes)
  }

  /// An alarm, in words too.
  public static func alarm(
    _ report: AlarmReport, into bytes: inout MutableSpan<UInt8>
  ) throws(LinkError) -> Int {
    var message = perfusion_ServerMessage()
    message.which_body = pb_size_t(perfusion_ServerMessage_alarm_tag)
    var alarm = report.message
    if report.alarm.number != 0 {
      let words = report.text
      setText(&alarm.text, words.state)
      setText(&alarm.action, words.action)
      setText(&alarm.cause, words.cause)
    }
    unsafe message.body.alarm = alarm
    return try encodeMessage(PC_SERVER_MESSAGE, &message, into: &bytes)
  }

  /// What became of a command.
  public static func answer(
    _ answer: LinkAnswer, into bytes: inout MutableSpan<UInt8>
  ) throws(LinkError) -> Int {
    var message = perfusion_ServerMessage()
    message.which_body = pb_size_t(perfusion_ServerMessage_answer_tag)
    unsafe message.body.answer = answer.message
    return try encodeMessage(PC_SERVER_MESSAGE, &message, into: &bytes)
  }

  /// How many messages a client lost.
  public static func lost(
    _ losses: LinkLosses, into bytes: inout MutableSpan<UInt8>
  ) throws(LinkError) -> Int {
    var lost = perfusion_Lost()
    lost.frames = losses.frames
    lost.events = losses.events
    lost.alarms = losses.alarms
    var message = perfusion_ServerMessage()
    message.which_body = pb_size_t(perfusion_ServerMessage_lost_tag)
    // As a whole: each field that is set in the union by itself costs a kilobyte of code.
    unsafe message.body.lost = lost
    return try encodeMessage(PC_SERVER_MESSAGE, &message, into: &bytes)
  }

  /// Why a connection ends.
  public static func failure(
    _ failure: LinkFailure, into bytes: inout MutableSpan<UInt8>
  ) throws(LinkError) -> Int {
    var message = perfusion_ServerMessage()
    message.which_body = pb_size_t(perfusion_ServerMessage_failure_tag)
    unsafe message.body.failure.cause = perfusion_FailureCause(UInt32(failure.rawValue))
    unsafe setText(&message.body.failure.text, failure.words)
    return try encodeMessage(PC_SERVER_MESSAGE, &message, into: &bytes)
  }

  /// A piece of the board image.
  public static func image(
    _ image: Span<UInt8>, from offset: Int, into bytes: inout MutableSpan<UInt8>
  ) throws(LinkError) -> Int {
    var message = perfusion_ServerMessage()
    message.which_body = pb_size_t(perfusion_ServerMessage_image_tag)
    var part = perfusion_ImagePart()
    part.offset = UInt32(clamping: offset)
    part.total = UInt32(clamping: image.count)
    let count = max(0, min(LinkProtocol.imagePart, image.count - offset))
    part.data.size = pb_size_t(count)
    unsafe withUnsafeMutableBytes(of: &part.data.bytes) { room in
      for index in 0..<count { unsafe room[index] = image[offset + index] }
    }
    unsafe message.body.image = part
    return try encodeMessage(PC_SERVER_MESSAGE, &message, into: &bytes)
  }

  /// How the loop keeps time.
  public static func loop(
    _ report: LoopReport, into bytes: inout MutableSpan<UInt8>
  ) throws(LinkError) -> Int {
    var message = perfusion_ServerMessage()
    message.which_body = pb_size_t(perfusion_ServerMessage_loop_tag)
    unsafe message.body.loop = report.message
    return try encodeMessage(PC_SERVER_MESSAGE, &message, into: &bytes)
  }

  /// A document has been sent in full.
  public static func done(
    _ document: LinkDocument?, messages: UInt32, into bytes: inout MutableSpan<UInt8>
  ) throws(LinkError) -> Int {
    var done = perfusion_Done()
    done.kind = perfusion_RequestKind(UInt32(document?.rawValue ?? 0))
    done.messages = messages
    var message = perfusion_ServerMessage()
    message.which_body = pb_size_t(perfusion_ServerMessage_done_tag)
    unsafe message.body.done = done
    return try encodeMessage(PC_SERVER_MESSAGE, &message, into: &bytes)
  }
}

extension LinkAnswer {
  var message: perfusion_Answer {
    var message = perfusion_Answer()
    message.sequence = sequence
    message.decision = decision
    message.outcome = perfusion_Outcome(UInt32(outcome.rawValue))
    message.checklist = UInt32(missing.bits)
    if let refusal {
      message.has_refusal = true
      message.refusal = perfusion_Refusal(UInt32(refusal.rawValue))
      setText(&message.text, refusal.words)
    } else {
      setText(&message.text, outcome.words)
    }
    return message
  }

  init(_ message: perfusion_Answer) {
    self.init(
      sequence: message.sequence, decision: message.decision,
      outcome: UInt8(exactly: message.outcome.rawValue).flatMap { LinkOutcome(rawValue: $0) }
        ?? .unknown,
      refusal: message.has_refusal
        ? UInt8(exactly: message.refusal.rawValue).flatMap { Refusal(rawValue: $0) } : nil)
    missing = Checklist(bits: UInt16(truncatingIfNeeded: message.checklist))
  }
}

extension ClientEvent {
  var message: perfusion_Event {
    var message = perfusion_Event()
    message.tick = tick.count
    message.time_us = at.microseconds
    message.kind = perfusion_EventKind(UInt32(kind.rawValue))
    message.client = client
    message.user = user
    message.process = process
    message.decision = decision
    message.passed = holds
    return message
  }

  init?(_ message: perfusion_Event) {
    guard let kind = UInt8(exactly: message.kind.rawValue).flatMap({ Kind(rawValue: $0) }) else {
      return nil
    }
    self.init(
      tick: Tick(count: message.tick), at: Instant(microseconds: message.time_us), kind: kind,
      client: message.client)
    user = message.user
    process = message.process
    decision = message.decision
    holds = message.passed
  }
}
