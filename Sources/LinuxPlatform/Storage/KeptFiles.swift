internal import CLinux
public import Firmware

/// The files that outlive a power cut: two records from which a controller goes on, and the alarm
/// log, in one directory.
///
/// A record is written to a file of its own, synced, and put in place of the old one, so that a cut
/// leaves the old or the new. The log is appended and synced; past its capacity the newest half
/// stays.
public struct KeptFiles: Sendable {
  private let directory: FilePath?

  /// Files in a directory; nothing is kept without one.
  public init(in directory: FilePath?) { self.directory = directory }

  /// True when there is a directory.
  public var isKeeping: Bool { directory != nil }

  /// The records can be read, or it is certain that there are none: of storage that is gone nobody knows
  /// what it held.
  public var isReadable: Bool {
    guard let directory else { return true }
    guard unsafe directory.withCString({ unsafe pc_directory_make($0, 0o750) }) >= 0 else {
      return false
    }
    return isReadable(.retainedFirst, in: directory) && isReadable(.retainedSecond, in: directory)
  }

  private func isReadable(_ place: KeptPlace, in directory: FilePath) -> Bool {
    let path = directory.appending(KeptFiles.name(place))
    let file = unsafe path.withCString { unsafe pc_file_open($0, Int32(PC_FILE_READ), 0) }
    guard file >= 0 else { return SystemError(result: file) == .noEntry }
    defer { pc_file_close(file) }
    var byte: UInt8 = 0
    return unsafe pc_file_read(file, &byte, 1) >= 0
  }

  /// Replaces a record; false when that failed and the old one is still there.
  public func store(_ bytes: borrowing Span<UInt8>, in place: KeptPlace) -> Bool {
    guard let directory else { return false }
    let fresh = directory.appending(KeptFiles.freshName(place))
    let file = unsafe fresh.withCString { unsafe pc_file_open($0, Int32(PC_FILE_REPLACE), 0o600) }
    guard file >= 0 else { return false }
    let isWritten = KeptFiles.write(file, bytes) && pc_file_sync(file) == 0
    pc_file_close(file)
    guard isWritten else { return false }
    let isPlaced = unsafe fresh.withCString { from in
      unsafe directory.appending(KeptFiles.name(place)).withCString {
        unsafe pc_file_rename(from, $0)
      }
    }
    let isSynced = unsafe directory.withCString { unsafe pc_directory_sync($0) }
    return isPlaced == 0 && isSynced == 0
  }

  /// Adds to the end; false when that failed.
  public func add(_ bytes: borrowing Span<UInt8>, to place: KeptPlace) -> Bool {
    guard let directory else { return false }
    let path = directory.appending(KeptFiles.name(place))
    let file = unsafe path.withCString { unsafe pc_file_open($0, Int32(PC_FILE_APPEND), 0o600) }
    guard file >= 0 else { return false }
    let isWritten = KeptFiles.write(file, bytes) && pc_file_sync(file) == 0
    let length = pc_file_length(file)
    pc_file_close(file)
    if length > Int64(place.capacity) { return isWritten && halve(place) }
    return isWritten
  }

  /// Reads the newest bytes of a place; 0 when there is nothing.
  public func recall(_ place: KeptPlace, into bytes: inout MutableSpan<UInt8>) -> Int {
    guard let directory else { return 0 }
    let path = directory.appending(KeptFiles.name(place))
    let file = unsafe path.withCString { unsafe pc_file_open($0, Int32(PC_FILE_READ), 0) }
    guard file >= 0 else { return 0 }
    defer { pc_file_close(file) }
    let length = max(0, pc_file_length(file))
    let start = max(0, length - Int64(bytes.count))
    let count = unsafe bytes.withUnsafeMutableBufferPointer {
      unsafe pc_file_read_at(file, $0.baseAddress, UInt64($0.count), UInt64(start))
    }
    return max(0, Int(count))
  }

  /// Keeps the newest half of a log that has grown too long.
  private func halve(_ place: KeptPlace) -> Bool {
    guard let directory else { return false }
    let old = directory.appending(KeptFiles.name(place))
    let fresh = directory.appending(KeptFiles.freshName(place))
    let source = unsafe old.withCString { unsafe pc_file_open($0, Int32(PC_FILE_READ), 0) }
    let target = unsafe fresh.withCString { unsafe pc_file_open($0, Int32(PC_FILE_REPLACE), 0o600) }
    defer {
      if source >= 0 { pc_file_close(source) }
      if target >= 0 { pc_file_close(target) }
    }
    guard source >= 0 && target >= 0 else { return false }
    var offset = max(0, pc_file_length(source) - Int64(place.capacity / 2))
    var chunk = InlineArray<1024, UInt8>(repeating: 0)
    while true {
      var span = chunk.mutableSpan
      let count = unsafe span.withUnsafeMutableBufferPointer {
        unsafe pc_file_read_at(source, $0.baseAddress, 1024, UInt64(offset))
      }
      guard count >= 0 else { return false }
      if count == 0 { break }
      guard KeptFiles.write(target, chunk.span.extracting(first: Int(count))) else { return false }
      offset += count
    }
    guard pc_file_sync(target) == 0 else { return false }
    let isPlaced = unsafe fresh.withCString { from in
      unsafe old.withCString { unsafe pc_file_rename(from, $0) }
    }
    return isPlaced == 0
  }

  private static func write(_ file: Int32, _ bytes: borrowing Span<UInt8>) -> Bool {
    unsafe bytes.withUnsafeBufferPointer {
      unsafe pc_file_write_all(file, $0.baseAddress, UInt64($0.count)) == 0
    }
  }

  static func name(_ place: KeptPlace) -> StaticString {
    switch place {
    case .retainedFirst: "retained-1"
    case .retainedSecond: "retained-2"
    case .alarmLog: "alarms.log"
    }
  }

  private static func freshName(_ place: KeptPlace) -> StaticString {
    switch place {
    case .retainedFirst: "retained-1.new"
    case .retainedSecond: "retained-2.new"
    case .alarmLog: "alarms.log.new"
    }
  }
}
