import BlackBox
import BlackBoxFiles
import CLinux
import LinuxPlatform
import PerfusionCore
import RandomSignals
import Recording

/// A recorder on real storage that runs as fast as it can until it is killed, and says on its
/// standard output what it has been given and what it has made durable. `Victim FOLDER SEED`.
///
/// One line each, written at once: `tick N`, `event N` (an event or a command of tick N), and
/// `synced LENGTH` when so many bytes of the file are on the medium.
@main struct Victim {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let seed = UInt64(arguments[2]) else {
      pc_process_exit(2)
      return
    }
    let name = Array(arguments[1].utf8)
    guard let folder = FilePath(name.span) else { return pc_process_exit(2) }
    var dice = Dice(seed)
    let recording = MachineRecording(
      storage: TellingStorage(folder: try FolderStorage(in: folder)), image: [1, 2, 3],
      metadata: [("board", "random")], tickMicroseconds: 5000, configure: { _ in })
    recording.begin(retained: [], isAdopting: false, now: .start)
    var sensors = SensorSnapshot()
    var actuators = ActuatorCommands()
    for count in 1...UInt64(1_000_000) {
      let now = Instant(microseconds: Int64(count) * 5000)
      dice.change(&sensors, now: now, oneOf: 30)
      dice.change(&actuators, oneOf: 30)
      var events = EventList()
      var commands = CommandQueue()
      if dice.below(40) == 0 {
        events.append(Event(.alarmRaised(AlarmID(UInt8(1 + dice.below(60))))))
        say("event \(count)")
      }
      if dice.below(80) == 0 {
        commands.append(
          OperatorCommand(
            decision: UInt32(count), source: .link, action: .startPump(dice.below(8))))
        events.append(Event(.accepted, decision: UInt32(count)))
        say("event \(count)")
      }
      recording.record(
        tick: Tick(count: count), now: now, sensors: sensors, commands: commands,
        actuators: actuators, events: events)
      if count % 4 == 0 { say("tick \(count)") }
    }
  }
}

/// A folder that says what is durable.
struct TellingStorage: RecordStorage, ~Copyable {
  var folder: FolderStorage
  var length: UInt64 = 0

  init(folder: consuming FolderStorage) { self.folder = folder }

  var bytesUsed: UInt64 { folder.bytesUsed }
  mutating func beginFile() throws(StorageError) {
    try folder.beginFile()
    length = 0
  }
  mutating func append(_ bytes: Span<UInt8>) throws(StorageError) {
    try folder.append(bytes)
    length += UInt64(bytes.count)
  }
  mutating func truncate(to length: UInt64) throws(StorageError) {
    try folder.truncate(to: length)
    self.length = length
  }
  mutating func sync() throws(StorageError) {
    try folder.sync()
    say("synced \(length)")
  }
  mutating func endFile() { folder.endFile() }
  mutating func removeOldest() -> Bool { folder.removeOldest() }
}

/// A line to who watches.
func say(_ text: String) {
  let bytes = Array((text + "\n").utf8)
  _ = unsafe pc_file_write_all(1, bytes, UInt64(bytes.count))
}
