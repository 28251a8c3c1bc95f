/// The board under test as a bench reaches it beside the wires: the bytes of its link, and time that
/// passes for both.
public protocol BoardOnBench: AnyObject {
  /// Lets a tick of the board pass, with `eachMillisecond` in each of its milliseconds.
  func pass(_ eachMillisecond: @escaping () -> Void)
  /// Bytes for the firmware; lost while it does not listen.
  func send(_ bytes: [UInt8])
  /// What the firmware has sent.
  func receive() -> [UInt8]
  /// How often the link was opened anew: what was said before concerns another conversation.
  var conversations: Int { get }
  /// Why the board cannot be reached, or time not be kept; nothing while it can.
  var trouble: String? { get }
  /// The bench is done with it.
  func release()
}
