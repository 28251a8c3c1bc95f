/// What goes through the pipe between `perfusion replay` and another build of the core: frames of
/// a length (four bytes, least significant first, of what follows), a kind, and a message.
public enum ReplayFrame: UInt8, BitwiseCopyable, Sendable {
  /// To the core: the board image, once, first.
  case image = 1
  /// From the core: the image is good.
  case ready
  /// To the core: a controller begins; `Start` of proto/blackbox.proto.
  case start
  /// To the core: a command of the next tick; `Command`.
  case command
  /// To the core: carry the controller through a tick; `Inputs`.
  case tick
  /// From the core: an event of the tick; `Event`.
  case event
  /// From the core, last of a tick: what the board is told, `Outputs`; empty when nothing changed.
  case told
  /// From the core: what it was sent cannot be used; it ends.
  case refused

  /// Bytes before the message.
  public static var headerSize: Int { 5 }
  /// Longest frame, header included.
  public static var largest: Int { 131_072 }
}
