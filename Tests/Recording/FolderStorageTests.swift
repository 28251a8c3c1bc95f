import BlackBox
import Foundation
import LinuxPlatform
import Recording
import Testing

/// A folder that is there for one test.
private func withFolder(_ use: (String) throws -> Void) throws {
  let folder = NSTemporaryDirectory() + "recording-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer {
    do { try FileManager.default.removeItem(atPath: folder) } catch {
      Issue.record("\(folder) cannot be removed")
    }
  }
  try use(folder)
}

private func path(_ text: String) throws -> FilePath {
  let bytes = Array(text.utf8)
  let path = FilePath(bytes.span)
  return try #require(path)
}

private func names(_ folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

private func write(
  _ count: Int, of byte: UInt8, to storage: inout FolderStorage
) throws {
  try storage.beginFile()
  let bytes = [UInt8](repeating: byte, count: count)
  try storage.append(bytes.span)
  try storage.sync()
  storage.endFile()
}

@Suite struct FolderStorageTests {
  @Test func `Each start has a number of its own, each file the next part`() throws {
    try withFolder { folder in
      for _ in 0..<2 {
        var storage = try FolderStorage(in: try path(folder))
        try write(10, of: 1, to: &storage)
        try write(10, of: 2, to: &storage)
      }
      #expect(
        try names(folder) == [
          "00001.0000.mcap", "00001.0001.mcap", "00002.0000.mcap", "00002.0001.mcap",
        ])
    }
  }

  @Test func `The oldest file goes first, and never the open one or a stranger`() throws {
    try withFolder { folder in
      _ = FileManager.default.createFile(atPath: folder + "/alarms.log", contents: Data([1]))
      _ = FileManager.default.createFile(
        atPath: folder + "/00000.0000.mcap.txt", contents: Data([1]))
      var first = try FolderStorage(in: try path(folder))
      try write(100, of: 1, to: &first)
      var second = try FolderStorage(in: try path(folder))
      let kept = second.bytesUsed
      #expect(kept == 100)
      try second.beginFile()
      let bytes = [UInt8](repeating: 3, count: 7)
      try second.append(bytes.span)
      let before = second.bytesUsed
      let isFirstRemoved = second.removeOldest()
      let after = second.bytesUsed
      let isSecondRemoved = second.removeOldest()
      #expect([before, after] == [107, 7])
      #expect(isFirstRemoved && !isSecondRemoved)
      #expect(
        try names(folder) == ["00000.0000.mcap.txt", "00002.0000.mcap", "alarms.log"])
    }
  }

  @Test func `What follows a cut stands right behind it`() throws {
    try withFolder { folder in
      var storage = try FolderStorage(in: try path(folder))
      try storage.beginFile()
      let whole = [UInt8](repeating: 1, count: 8)
      try storage.append(whole.span)
      try storage.truncate(to: 3)
      let rest = [UInt8](repeating: 2, count: 2)
      try storage.append(rest.span)
      storage.endFile()
      let bytes = FileManager.default.contents(atPath: folder + "/00001.0000.mcap")
      #expect(bytes.map { [UInt8]($0) } == [1, 1, 1, 2, 2])
    }
  }

  @Test func `A folder that cannot be made says why`() throws {
    #expect(throws: SystemError.self) {
      _ = try FolderStorage(in: try path("/proc/nowhere/deeper"))
    }
  }
}
