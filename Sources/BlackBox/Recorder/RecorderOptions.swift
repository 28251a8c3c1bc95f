/// What a recorder is told once.
@safe public struct RecorderOptions {
  /// Nanoseconds since 1970 at start-up: the time of a message is this plus its moment.
  public var timeOrigin: UInt64 = 0
  /// Name of the attachment.
  public var imageName: StaticString = "board.pfbi"
  /// The board image; valid as long as the recorder.
  public var image = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  /// Names and values of the metadata record, each ended by a zero byte; valid as long as the
  /// recorder.
  public var metadata = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  /// A file that has grown so long, in bytes, is ended and the next one begun.
  public var largestFile: UInt64 = 64 * 1024 * 1024
  /// All files together; the oldest are removed. 0 for no bound.
  public var budget: UInt64 = 0
  /// Every chunk is made durable as soon as it is written. A simulation that nobody could pull the
  /// plug of need not wait for that.
  public var isDurable = true
  /// The usual options.
  public init() {}
}
