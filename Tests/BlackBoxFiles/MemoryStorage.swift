import BlackBox

/// Storage that remembers what a power cut would leave: what was synced stays, of the rest any
/// part.
struct MemoryStorage: RecordStorage, ~Copyable {
  /// All files, the last one open or not.
  var files: [[UInt8]] = []
  /// How much of the last file was synced.
  var synced = 0
  /// Bytes that the storage holds at most.
  var room = Int.max
  /// The next so many calls fail.
  var failures = 0

  var bytesUsed: UInt64 { files.reduce(0) { $0 + UInt64($1.count) } }

  mutating func beginFile() throws(StorageError) {
    try fail()
    files.append([])
    synced = 0
  }
  mutating func append(_ bytes: Span<UInt8>) throws(StorageError) {
    try fail()
    let free = room - Int(bytesUsed)
    for index in 0..<min(bytes.count, max(0, free)) { files[files.count - 1].append(bytes[index]) }
    if bytes.count > free { throw .full }
  }
  mutating func truncate(to length: UInt64) throws(StorageError) {
    guard let last = files.popLast() else { throw .failed }
    files.append(Array(last.prefix(Int(length))))
  }
  mutating func sync() throws(StorageError) {
    try fail()
    synced = files.last?.count ?? 0
  }
  mutating func endFile() {}
  mutating func removeOldest() -> Bool {
    guard files.count > 1 else { return false }
    files.removeFirst()
    return true
  }

  private mutating func fail() throws(StorageError) {
    guard failures > 0 else { return }
    failures -= 1
    throw .failed
  }
}
