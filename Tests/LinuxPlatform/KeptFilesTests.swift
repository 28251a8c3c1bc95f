import CLinux
import Firmware
import TestSupport
import Testing

@testable import LinuxPlatform

@Suite("What outlives a power cut, in files", .verifies("HZ-55"))
struct KeptFilesTests {
  /// A directory of its own.
  final class Place {
    let path: String
    init(_ name: String) {
      path = "/tmp/perfusion-kept-\(pc_process_number())-\(name)"
      _ = unsafe pc_directory_make(path, 0o700)
    }
    deinit {
      for name in ["retained-1", "retained-2", "alarms.log", "retained-1.new"] {
        _ = unsafe pc_file_remove("\(path)/\(name)")
      }
    }
    var files: KeptFiles { KeptFiles(in: FilePath(Array(path.utf8).span)) }
    func store(_ bytes: [UInt8], _ place: KeptPlace) -> Bool { files.store(bytes.span, in: place) }
    func add(_ bytes: [UInt8]) -> Bool { files.add(bytes.span, to: .alarmLog) }
    func recall(_ place: KeptPlace, room: Int = 4096) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: room)
      var span = bytes.mutableSpan
      let count = files.recall(place, into: &span)
      return Array(bytes[..<count])
    }
  }

  @Test("a record replaces the one before, and the other place is untouched")
  func replace() {
    let place = Place("replace")
    #expect(place.recall(.retainedFirst).isEmpty)
    #expect(place.store([1, 2, 3], .retainedFirst))
    #expect(place.store([4], .retainedSecond))
    #expect(place.store([5, 6], .retainedFirst))
    #expect(place.recall(.retainedFirst) == [5, 6])
    #expect(place.recall(.retainedSecond) == [4])
  }

  @Test("the log keeps its newest bytes, also when it has grown beyond its capacity")
  func log() {
    let place = Place("log")
    let block = (0..<4096).map { UInt8(truncatingIfNeeded: $0) }
    for number in 0..<66 {
      #expect(place.add([UInt8(number)] + block))
    }
    let kept = place.recall(.alarmLog, room: 400_000)
    #expect(kept.count <= KeptPlace.alarmLog.capacity && kept.count >= 100_000)
    #expect(Array(kept.suffix(4097)) == [65] + block)
    #expect(place.recall(.alarmLog, room: 10) == Array(block.suffix(10)))
  }

  @Test("storage that is gone is told from storage that holds nothing")
  func gone() {
    let place = Place("gone")
    #expect(place.files.isReadable, "no record yet")
    #expect(place.store([1], .retainedFirst))
    #expect(place.files.isReadable && KeptFiles(in: nil).isReadable)
    let files = KeptFiles(in: FilePath(Array("/proc/nowhere/box".utf8).span))
    #expect(!files.isReadable)
    // A directory in the place of a record is opened and cannot be read.
    let odd = Place("odd")
    _ = unsafe pc_directory_make("\(odd.path)/retained-2", 0o700)
    #expect(!odd.files.isReadable)
  }

  @Test("without a directory, or with one that is gone, nothing is kept and that is said")
  func nowhere() {
    let one: [UInt8] = [1]
    let isStored = KeptFiles(in: nil).store(one.span, in: .retainedFirst)
    let gone = KeptFiles(in: FilePath(Array("/nonexistent/place".utf8).span))
    let isStoredThere = gone.store(one.span, in: .retainedFirst)
    let isAddedThere = gone.add(one.span, to: .alarmLog)
    #expect(!isStored && !isStoredThere && !isAddedThere)
    let long = FilePath([UInt8](repeating: 65, count: 256).span)
    let broken = FilePath(([65, 0] as [UInt8]).span)
    #expect(long == nil && broken == nil)
  }
}
