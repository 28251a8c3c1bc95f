/// A channel of the black box. The raw value is the number of its schema and channel in the file.
public enum RecordChannel: UInt8, BitwiseCopyable, Sendable {
  /// What the controller was told.
  case inputs = 1
  /// What the board was told.
  case outputs
  /// What happened.
  case events
  /// Alarm conditions that began and ended.
  case alarms
  /// What was asked.
  case commands
  /// How the tick keeps time, and where controllers began.
  case loop

  /// How many channels there are; raw values are `1...count`.
  public static var count: Int { 6 }

  /// The topic in the file.
  public var topic: StaticString {
    switch self {
    case .inputs: "/inputs"
    case .outputs: "/outputs"
    case .events: "/events"
    case .alarms: "/alarms"
    case .commands: "/commands"
    case .loop: "/loop"
    }
  }

  /// The message in proto/blackbox.proto.
  public var schema: StaticString {
    switch self {
    case .inputs: "perfusion.record.Inputs"
    case .outputs: "perfusion.record.Outputs"
    case .events: "perfusion.record.Event"
    case .alarms: "perfusion.record.Alarm"
    case .commands: "perfusion.record.Command"
    case .loop: "perfusion.record.Loop"
    }
  }
}
