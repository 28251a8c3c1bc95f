public import BlackBox
internal import CLinux
public import LinuxPlatform

/// A folder of recordings on a board. Files are called `00012.0003.mcap`: the third further file of
/// the twelfth start; their names in order are their order in time, whatever the clock says.
public struct FolderStorage: RecordStorage, ~Copyable {
  private let folder: FilePath
  /// Number of this start among all of the folder, from 1.
  public let recording: UInt32
  private var part: UInt32 = 0
  private var file: Int32 = -1
  private var length: UInt64 = 0
  private var endedBytes: UInt64 = 0
  private var isNameDurable = true

  /// Records into a folder, which is made when it is not there.
  public init(in folder: FilePath) throws(SystemError) {
    self.folder = folder
    let made = unsafe folder.withCString { unsafe pc_directory_make($0, 0o750) }
    guard made >= 0 else { throw SystemError(result: made) }
    var latest: UInt32 = 0
    var bytes: UInt64 = 0
    try FolderStorage.forEach(in: folder) { name in
      latest = max(latest, name.recording)
      bytes += FolderStorage.size(folder.appending(name.text.span))
    }
    recording = latest &+ 1
    endedBytes = bytes
  }

  deinit { if file >= 0 { _ = pc_file_close(file) } }

  /// Bytes that all recordings of the folder take.
  public var bytesUsed: UInt64 { endedBytes &+ length }

  /// Begins the next file, empty.
  public mutating func beginFile() throws(StorageError) {
    let name = RecordingName(recording: recording, part: part)
    let path = folder.appending(name.text.span)
    let opened = unsafe path.withCString { unsafe pc_file_open($0, Int32(PC_FILE_CREATE), 0o640) }
    guard opened >= 0 else { throw FolderStorage.error(opened) }
    file = opened
    part &+= 1
    length = 0
    isNameDurable = false
  }

  /// Appends bytes.
  public mutating func append(_ bytes: Span<UInt8>) throws(StorageError) {
    var written = 0
    while written < bytes.count {
      let (file, offset) = (file, length)
      let rest = bytes.extracting(written..<bytes.count)
      let taken = unsafe rest.withUnsafeBufferPointer {
        unsafe pc_file_write_at(file, $0.baseAddress, UInt64($0.count), offset)
      }
      guard taken > 0 else { throw FolderStorage.error(Int32(taken)) }
      written += Int(taken)
      length &+= UInt64(taken)
    }
  }

  /// Cuts the file.
  public mutating func truncate(to length: UInt64) throws(StorageError) {
    let outcome = pc_file_truncate(file, length)
    guard outcome == 0 else { throw FolderStorage.error(outcome) }
    self.length = length
  }

  /// Waits until the file, and its name, are on the medium.
  public mutating func sync() throws(StorageError) {
    let outcome = pc_file_sync(file)
    guard outcome == 0 else { throw FolderStorage.error(outcome) }
    guard !isNameDurable else { return }
    let named = unsafe folder.withCString { unsafe pc_directory_sync($0) }
    guard named == 0 else { throw FolderStorage.error(named) }
    isNameDurable = true
  }

  /// Closes the file.
  public mutating func endFile() {
    guard file >= 0 else { return }
    _ = pc_file_close(file)
    file = -1
    endedBytes &+= length
    length = 0
  }

  /// Removes the oldest file but the open one.
  public mutating func removeOldest() -> Bool {
    let open = file >= 0 ? RecordingName(recording: recording, part: part &- 1).order : .max
    var oldest: RecordingName?
    do throws(SystemError) {
      try FolderStorage.forEach(in: folder) { name in
        if name.order < min(oldest?.order ?? .max, open) { oldest = name }
      }
    } catch { return false }
    guard let oldest else { return false }
    let path = folder.appending(oldest.text.span)
    let size = FolderStorage.size(path)
    guard unsafe path.withCString({ unsafe pc_file_remove($0) }) == 0 else { return false }
    endedBytes = endedBytes > size ? endedBytes - size : 0
    return true
  }

  /// Calls for every recording of a folder.
  private static func forEach(
    in folder: FilePath, _ use: (RecordingName) -> Void
  ) throws(SystemError) {
    let directory = unsafe folder.withCString { unsafe pc_directory_open($0) }
    guard directory >= 0 else { throw SystemError(result: directory) }
    defer { _ = pc_file_close(directory) }
    var entries = InlineArray<256, UInt64>(repeating: 0)
    while true {
      var span = entries.mutableSpan
      let outcome = unsafe span.withUnsafeMutableBytes { room -> Int64 in
        guard let base = unsafe room.bindMemory(to: UInt8.self).baseAddress else { return 0 }
        let length = unsafe pc_directory_read(directory, base, UInt64(room.count))
        var offset: Int64 = 0
        while length > 0, let name = unsafe pc_directory_name(base, length, &offset) {
          if let recording = unsafe RecordingName(name) { use(recording) }
        }
        return length
      }
      guard outcome >= 0 else { throw SystemError(result: Int32(outcome)) }
      if outcome == 0 { return }
    }
  }

  private static func size(_ path: FilePath) -> UInt64 {
    let file = unsafe path.withCString { unsafe pc_file_open($0, Int32(PC_FILE_READ), 0) }
    guard file >= 0 else { return 0 }
    defer { _ = pc_file_close(file) }
    return UInt64(max(0, pc_file_length(file)))
  }

  /// No room: ENOSPC, EDQUOT, EFBIG.
  private static func error(_ result: Int32) -> StorageError {
    switch -result {
    case 28, 122, 27: .full
    default: .failed
    }
  }
}
