public import BlackBox
public import PerfusionCore

/// A whole black box in one object: the tick's side, the ring and the recorder, with their memory.
/// For simulations and tests; virtual time steps it.
@safe public final class MachineRecording<Storage: RecordStorage & ~Copyable> {
  /// The recorder's side.
  public var recorder: Recorder<Storage>
  /// The tick's side.
  public var tickRecorder: TickRecorder
  private let blocks: [UnsafeMutableRawPointer]
  private var nextStep = Int64.min
  private var isFinished = false

  /// A black box of a machine: `image` are the bytes of its board image, attached to every file,
  /// `metadata` names and values about the recording.
  public init(
    storage: consuming Storage, image: [UInt8], metadata: [(String, String)],
    tickMicroseconds: Int32, ticksInMessage: Int = 8, configure: (inout RecorderOptions) -> Void
  ) {
    let ringSize = 1 << 20
    let ringMemory = UnsafeMutableRawPointer.allocate(byteCount: ringSize, alignment: 64)
    let tickMemory = UnsafeMutableRawPointer.allocate(
      byteCount: TickRecorder.memorySize, alignment: 64)
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: Recorder<Storage>.memorySize, alignment: 64)
    let imageCopy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: image.count, alignment: 8)
    unsafe imageCopy.copyBytes(from: image)
    var text: [UInt8] = []
    for (name, value) in metadata { text += Array(name.utf8) + [0] + Array(value.utf8) + [0] }
    let textCopy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: text.count, alignment: 8)
    unsafe textCopy.copyBytes(from: text)
    unsafe blocks =
      [ringMemory, tickMemory, memory]
      + [imageCopy.baseAddress, textCopy.baseAddress].compactMap { unsafe $0 }

    var options = RecorderOptions()
    unsafe options.image = UnsafeRawBufferPointer(imageCopy)
    unsafe options.metadata = UnsafeRawBufferPointer(textCopy)
    configure(&options)
    let ring = unsafe ByteRing(memory: ringMemory, size: ringSize)
    unsafe tickRecorder = TickRecorder(
      ring: ring, memory: tickMemory, tickMicroseconds: tickMicroseconds,
      ticksInMessage: ticksInMessage)
    unsafe recorder = Recorder(ring: ring, storage: storage, options: options, memory: memory)
  }

  deinit { unsafe blocks.forEach { unsafe $0.deallocate() } }

  /// A controller begins.
  public func begin(retained: [UInt8], isAdopting: Bool, now: Instant) {
    tickRecorder.begin(retained: retained.span, isAdopting: isAdopting, now: now)
  }

  /// Records a tick, and lets the recorder work when it is due.
  public func record(
    tick: Tick, now: Instant, sensors: borrowing SensorSnapshot, commands: borrowing CommandQueue,
    actuators: borrowing ActuatorCommands, events: borrowing EventList
  ) {
    tickRecorder.record(
      tick: tick, now: now, sensors: sensors, commands: commands, actuators: actuators,
      events: events)
    if tickRecorder.isReportDue(tick) {
      var report = LoopReport()
      report.tick = tick.count
      tickRecorder.report(report, now: now)
    }
    guard now.microseconds >= nextStep else { return }
    nextStep = now.microseconds &+ RecorderTiming.step
    recorder.step(now)
  }

  /// Writes everything and ends the file.
  public func finish(_ now: Instant) {
    guard !isFinished else { return }
    isFinished = true
    tickRecorder.flush()
    recorder.finish(now)
  }
}
