import CLinux
import Testing

@Suite("Files, pipes and clocks")
struct FileTests {
  @Test("what was written and synced reads back, at its place")
  func readBack() throws {
    let place = Place("file")
    let writer = unsafe pc_file_open(place.path, Int32(PC_FILE_REPLACE), 0o600)
    try #require(writer >= 0)
    #expect(unsafe pc_file_write_all(writer, [1, 2, 3, 4, 5], 5) == 0)
    #expect(pc_file_sync(writer) == 0)
    pc_file_close(writer)
    let appender = unsafe pc_file_open(place.path, Int32(PC_FILE_APPEND), 0o600)
    #expect(unsafe pc_file_write(appender, [6], 1) == 1)
    pc_file_close(appender)

    let file = unsafe pc_file_open(place.path, Int32(PC_FILE_UPDATE), 0)
    defer { pc_file_close(file) }
    #expect(pc_file_length(file) == 6)
    #expect(unsafe pc_file_write_at(file, [9], 1, 2) == 1)
    var bytes = [UInt8](repeating: 0, count: 8)
    #expect(unsafe pc_file_read_at(file, &bytes, 8, 1) == 5)
    #expect(bytes == [2, 9, 4, 5, 6, 0, 0, 0])
    #expect(pc_file_truncate(file, 2) == 0)
    #expect(pc_file_length(file) == 2)
  }

  @Test("each way of opening refuses what it must")
  func refusals() throws {
    let place = Place("ways")
    #expect(unsafe pc_file_open(place.path, Int32(PC_FILE_READ), 0) == -2, "ENOENT")
    #expect(unsafe pc_file_open(place.path, 77, 0) == -22, "EINVAL")
    let created = unsafe pc_file_open(place.path, Int32(PC_FILE_CREATE), 0o600)
    try #require(created >= 0)
    pc_file_close(created)
    #expect(unsafe pc_file_open(place.path, Int32(PC_FILE_CREATE), 0o600) == -17, "EEXIST")
  }

  @Test("a full medium is an error, not a short file")
  func fullMedium() throws {
    let full = unsafe pc_file_open("/dev/full", Int32(PC_FILE_UPDATE), 0)
    try #require(full >= 0)
    defer { pc_file_close(full) }
    #expect(unsafe pc_file_write_all(full, [1, 2], 2) == -28, "ENOSPC")
  }

  @Test("a pipe wakes whoever waits at it, and a wait without anything ends at its moment")
  func waiting() throws {
    var ends: (Int32, Int32) = (-1, -1)
    try #require(unsafe pc_pipe_open(&ends.0, &ends.1) == 0)
    defer {
      pc_file_close(ends.0)
      pc_file_close(ends.1)
    }
    var item = pc_wait_item()
    item.descriptor = ends.0
    item.wants_read = true
    let moment = pc_clock_now() + 2_000_000
    #expect(unsafe pc_wait(&item, 1, moment) == 0)
    #expect(pc_clock_now() >= moment)
    #expect(unsafe pc_file_write(ends.1, [1], 1) == 1)
    #expect(unsafe pc_wait(&item, 1, -1) == 1)
    #expect(item.is_readable)
  }

  @Test("a wake-up counter is readable until it is cleared")
  func wakeUp() throws {
    let counter = pc_wake_open()
    try #require(counter >= 0)
    defer { pc_file_close(counter) }
    var item = pc_wait_item()
    item.descriptor = counter
    item.wants_read = true
    #expect(unsafe pc_wait(&item, 1, 0) == 0)
    #expect(pc_wake_raise(counter) == 0)
    #expect(unsafe pc_wait(&item, 1, 0) == 1)
    #expect(pc_wake_clear(counter) == 0)
    #expect(unsafe pc_wait(&item, 1, 0) == 0)
  }

  @Test("a sleep never ends early, and one that ends in the past does not sleep")
  func sleeping() {
    let start = pc_clock_now()
    #expect(pc_clock_sleep_until(start + 1_000_000) == 0)
    #expect(pc_clock_now() >= start + 1_000_000)
    #expect(pc_clock_sleep_until(0) == 0)
    #expect(pc_clock_sleep_until(-5) == 0)
    #expect(pc_clock_civil() > 1_600_000_000_000_000_000)
  }
}
