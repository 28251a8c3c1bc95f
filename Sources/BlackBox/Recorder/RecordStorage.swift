/// Why storage did not take something.
public enum StorageError: UInt8, Error, Sendable {
  /// No room is left.
  case full
  /// The medium or the file system failed.
  case failed
}

/// Where a recorder's files go: a folder on Linux, memory in tests. Calls may block; only the
/// recorder makes them.
public protocol RecordStorage: ~Copyable {
  /// Begins the next file, empty; the one before must have been ended.
  mutating func beginFile() throws(StorageError)
  /// Appends bytes to the file. After an error any part of them may have been written.
  mutating func append(_ bytes: Span<UInt8>) throws(StorageError)
  /// Cuts the file to a length.
  mutating func truncate(to length: UInt64) throws(StorageError)
  /// Returns when all of the file is durable.
  mutating func sync() throws(StorageError)
  /// Ends the file.
  mutating func endFile()
  /// Bytes that all files take, the open one included.
  var bytesUsed: UInt64 { get }
  /// Removes the oldest ended file; false when there is none.
  mutating func removeOldest() -> Bool
}
