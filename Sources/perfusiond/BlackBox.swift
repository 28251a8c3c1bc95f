internal import BlackBox
internal import CChunkCoding
internal import CLinux
internal import ChipDrivers
internal import Firmware
internal import LinkMessages
internal import LinuxPlatform
internal import PerfusionCore
internal import Recording

/// The two threads of a black box.
@safe struct BoardBlackBox {
  var record: UnsafeMutablePointer<BoardRecord>
  var recorder: UnsafeMutablePointer<BoardRecorder>
}

/// Takes all the memory that recording into a folder needs.
func makeBlackBox(
  in storage: consuming FolderStorage, _ board: LinuxBoard, _ loaded: LoadedImage,
  _ options: Options, _ shared: SharedExchange.Reference
) -> BoardBlackBox {
  // Half a minute of a bypass machine: what a medium may stand still without loss.
  let ringSize = 1 << 19
  let ring = unsafe ByteRing(memory: permanentMemory(ringSize), size: ringSize)
  let tickMicroseconds = unsafe loaded.image.pointee.machine.tickMicroseconds
  let encoder = unsafe TickRecorder(
    ring: ring, memory: permanentMemory(TickRecorder.memorySize),
    tickMicroseconds: tickMicroseconds)
  let writer = unsafe Recorder(
    ring: ring, storage: storage, options: recorderOptions(board, loaded, options),
    memory: permanentMemory(Recorder<FolderStorage>.memorySize))
  let record = UnsafeMutablePointer<BoardRecord>.allocate(capacity: 1)
  let recorder = UnsafeMutablePointer<BoardRecorder>.allocate(capacity: 1)
  unsafe record.initialize(to: BoardRecord(board, recorder: encoder, shared: shared))
  unsafe recorder.initialize(to: BoardRecorder(board, recorder: writer, shared: shared))
  return unsafe BoardBlackBox(record: record, recorder: recorder)
}

private func recorderOptions(
  _ board: LinuxBoard, _ loaded: LoadedImage, _ options: Options
) -> RecorderOptions {
  var recording = RecorderOptions()
  recording.timeOrigin = UInt64(clamping: pc_clock_civil() &- board.nanoseconds)
  unsafe recording.image = UnsafeRawBufferPointer(loaded.bytes)
  unsafe recording.metadata = originOfRecording(loaded)
  recording.largestFile = UInt64(options.blackBoxFile) * 1_000_000
  recording.budget = UInt64(options.blackBoxBudget) * 1_000_000
  return recording
}

/// What every file says of where it comes from: names and values, each ended by a zero byte.
private func originOfRecording(_ loaded: LoadedImage) -> UnsafeRawBufferPointer {
  var facts = FactList()
  facts.add("firmwareVersion") { $0.add(firmwareVersion) }
  facts.add("firmwareCommit") { unsafe $0.add(text: pc_commit()) }
  facts.add("board") { unsafe $0.add(loaded.image.pointee.name) }
  facts.add("boardImageCRC32") { line in
    for place in 0..<4 {
      line.addHexadecimalDigits(UInt8(loaded.sum >> UInt32(24 - place * 8) & 255))
    }
  }
  facts.add("kernel") { line in
    var name = InlineArray<65, CChar>(repeating: 0)
    var span = name.mutableSpan
    unsafe span.withUnsafeMutableBufferPointer { room in
      guard let base = room.baseAddress, unsafe pc_kernel_release(base, 65) == 0 else { return }
      unsafe line.add(text: base)
    }
  }
  facts.add("commandLine") { line in
    var reader = ArgumentReader()
    line.add("perfusiond")
    while let argument = reader.next() {
      line.add(" ")
      argument.add(to: &line)
    }
  }
  facts.add("rig") { $0.add("board") }
  return unsafe facts.permanent
}

/// Names and values that are put together once.
private struct FactList {
  private var bytes = InlineArray<2048, UInt8>(repeating: 0)
  private var count = 0

  mutating func add(_ name: StaticString, _ value: (inout TextLine) -> Void) {
    var line = TextLine()
    line.add(name)
    append(line)
    line = TextLine()
    value(&line)
    append(line)
  }

  private mutating func append(_ line: TextLine) {
    line.read { text in
      guard count + text.count + 1 < 2048 else { return }
      for index in text.indices { bytes[count + index] = text[index] }
      count += text.count + 1
    }
  }

  var permanent: UnsafeRawBufferPointer {
    let memory = unsafe permanentMemory(max(1, count))
    for index in 0..<count {
      unsafe memory.storeBytes(of: bytes.span[index], toByteOffset: index, as: UInt8.self)
    }
    return unsafe UnsafeRawBufferPointer(start: memory, count: count)
  }
}
