public import BlackBox
internal import Foundation

/// One file, or a row of numbered files, as a recorder's storage on a developer's machine.
public struct FileStorage: RecordStorage, ~Copyable {
  private let path: String
  private let isSingle: Bool
  private var descriptor: Int32 = -1
  private var ended: [(path: String, size: UInt64)] = []
  private var length: UInt64 = 0
  private var next = 0

  /// Records into the file at `path`; further parts, when it gets too long, go beside it.
  public init(path: String) {
    self.path = path
    isSingle = true
  }

  /// Bytes that all files take.
  public var bytesUsed: UInt64 { ended.reduce(length) { $0 + $1.size } }

  private func name(_ part: Int) -> String {
    guard part > 0 else { return path }
    let base = path.hasSuffix(".mcap") ? String(path.dropLast(5)) : path
    return "\(base).\(part).mcap"
  }

  /// Begins the next file, empty.
  public mutating func beginFile() throws(StorageError) {
    descriptor = unsafe open(name(next), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileStorage.error() }
    next += 1
    length = 0
  }

  /// Appends bytes.
  public mutating func append(_ bytes: Span<UInt8>) throws(StorageError) {
    let outcome: Int32 = unsafe bytes.withUnsafeBytes { buffer in
      var from = 0
      while from < buffer.count {
        let got = unsafe write(
          descriptor, buffer.baseAddress.map { unsafe $0 + from }, buffer.count - from)
        if got < 0 && errno == EINTR { continue }
        if got <= 0 { return errno }
        from += got
      }
      return 0
    }
    guard outcome == 0 else { throw outcome == ENOSPC || outcome == EDQUOT ? .full : .failed }
    length += UInt64(bytes.count)
  }

  /// Cuts the file.
  public mutating func truncate(to length: UInt64) throws(StorageError) {
    guard ftruncate(descriptor, Int(clamping: length)) == 0,
      lseek(descriptor, 0, SEEK_END) >= 0
    else { throw FileStorage.error() }
    self.length = length
  }

  /// Waits until all is on the medium.
  public mutating func sync() throws(StorageError) {
    guard fdatasync(descriptor) == 0 else { throw FileStorage.error() }
  }

  /// Closes the file.
  public mutating func endFile() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    ended.append((name(next - 1), length))
    length = 0
  }

  /// Removes the oldest ended file.
  public mutating func removeOldest() -> Bool {
    guard !ended.isEmpty else { return false }
    let oldest = ended.removeFirst()
    return unsafe unlink(oldest.path) == 0
  }

  private static func error() -> StorageError {
    errno == ENOSPC || errno == EDQUOT ? .full : .failed
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}
