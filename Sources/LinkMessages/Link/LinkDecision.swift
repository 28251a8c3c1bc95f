/// Which decision numbers the link gives: the client in the upper bits, its count in the lower, so
/// that every event and every record of the black box says who asked.
public struct LinkDecision: BitwiseCopyable, Equatable, Sendable {
  /// The number as it stands in events.
  public var number: UInt32
  /// The number of a client's command; the client is 1...4095.
  public init(client: UInt32, count: UInt32) {
    number = (client & 0xFFF) << 20 | count & 0xF_FFFF
  }
  /// A number from an event.
  public init(number: UInt32) { self.number = number }
  /// The client, 0 when the command did not come by the link.
  public var client: UInt32 { number >> 20 }
}
