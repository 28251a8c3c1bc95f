import Foundation

/// The files of a machine under a root folder: `/` for this one, a folder with a copy in tests.
public struct MachineView: Sendable {
  /// Where the machine's `/` is.
  public var root: String

  /// The machine whose files lie under `root`.
  public init(root: String = "/") { self.root = root.hasSuffix("/") ? root : root + "/" }

  /// A file's text without white space around it; nothing when it cannot be read.
  func text(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: root + path) else { return nil }
    return String(decoding: data, as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The big-endian number of a device-tree property; nothing when there is none.
  func deviceTreeNumber(_ path: String) -> UInt32? {
    guard let data = FileManager.default.contents(atPath: root + path), data.count == 4 else {
      return nil
    }
    return data.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The names in a folder that begin with `prefix`, in order of their numbers.
  func names(in folder: String, prefix: String = "") -> [String] {
    let all = FileManager.default.enumerator(
      at: URL(fileURLWithPath: root + folder), includingPropertiesForKeys: nil,
      options: [.skipsSubdirectoryDescendants])
    let names = all?.compactMap { ($0 as? URL)?.lastPathComponent } ?? []
    return names.filter { $0.hasPrefix(prefix) }
      .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
  }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + path) }

  func canUse(_ path: String) -> Bool {
    FileManager.default.isReadableFile(atPath: root + path)
      && FileManager.default.isWritableFile(atPath: root + path)
  }

  /// Free bytes on the file system of a folder; nothing when it cannot be told.
  func freeBytes(_ path: String) -> Int64? {
    do {
      let attributes = try FileManager.default.attributesOfFileSystem(forPath: root + path)
      return (attributes[.systemFreeSize] as? NSNumber)?.int64Value
    } catch { return nil }
  }
}
