public import PerfusionCore

/// Writes frames for the pipe, for either side.
@safe public struct ReplayPort {
  private var writer: ByteWriter
  private var inputs = InputsEncoder(tickMicroseconds: 0)
  private var outputs = OutputsEncoder()
  private var isFirst = true

  /// A port with `size` bytes of memory, which outlives it; `ReplayFrame.largest` is enough.
  public init(memory: UnsafeMutableRawPointer, size: Int) {
    unsafe writer = ByteWriter(memory, capacity: size)
  }

  /// What is to be sent; valid until the next change.
  public var bytes: UnsafeRawBufferPointer { unsafe writer.written }
  /// Something did not fit.
  public var isOverfull: Bool { writer.isOverfull }

  /// Forgets what was sent.
  public mutating func clear() { writer.clear() }

  /// A frame of bytes, such as the image.
  public mutating func put(_ kind: ReplayFrame, _ content: UnsafeRawBufferPointer) {
    let start = begin(kind)
    unsafe writer.bytes(content)
    end(start)
  }

  /// A controller begins.
  public mutating func start(retained: UnsafeRawBufferPointer, isAdopting: Bool) {
    let start = begin(.start)
    unsafe writer.field(1, retained)
    writer.field(2, isAdopting)
    end(start)
    begins()
  }

  /// The first tick that follows is a complete one.
  mutating func begins() {
    isFirst = true
    outputs = OutputsEncoder()
  }

  /// A command of the next tick.
  public mutating func command(_ command: OperatorCommand, tick: UInt64) {
    let start = begin(.command)
    writer.command(command, tick: tick)
    end(start)
  }

  /// What the controller is told in a tick.
  public mutating func tick(_ sensors: SensorSnapshot, tick: UInt64, now: Instant) {
    let start = begin(.tick)
    inputs.write(sensors, tick: tick, now: now, isComplete: isFirst, lost: 0, to: &writer)
    isFirst = false
    end(start)
  }

  /// What came out of a tick.
  mutating func answer(_ actuators: ActuatorCommands, _ events: EventList, tick: UInt64) {
    for index in events.indices {
      let start = begin(.event)
      writer.event(events[index], tick: tick)
      end(start)
    }
    let start = begin(.told)
    _ = outputs.write(actuators, tick: tick, isComplete: isFirst, to: &writer)
    isFirst = false
    end(start)
  }

  private mutating func begin(_ kind: ReplayFrame) -> Int {
    writer.integer(UInt32(0))
    writer.byte(kind.rawValue)
    return writer.count
  }
  private mutating func end(_ start: Int) {
    writer.replace(UInt32(writer.count - start + 1), at: start - ReplayFrame.headerSize)
  }
}
