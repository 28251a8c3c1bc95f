internal import BlackBox

/// Makes a whole file of one that was cut short or damaged: everything that can be proved good by
/// its check sum goes over, with indexes and summary made anew.
public struct Recovery: Sendable {
  /// The mended file; nothing when not even its channels could be read.
  public private(set) var file: [UInt8]?
  /// Chunks that were saved.
  public private(set) var chunks = 0
  /// Messages that were saved.
  public private(set) var messages = 0
  /// What was left out: byte and length.
  public private(set) var damage: [(offset: Int, length: Int)] = []
  /// The file was whole before.
  public private(set) var wasComplete = false

  /// Mends a file; the bytes may be anything.
  public static func recover(_ bytes: [UInt8]) -> Recovery {
    var recovery = Recovery()
    do throws(McapError) {
      recovery.mend(try McapReader(bytes))
    } catch {
      recovery.damage.append((0, bytes.count))
    }
    return recovery
  }

  /// Mends a file that was opened.
  public static func recover(_ reader: McapReader) -> Recovery {
    var recovery = Recovery()
    recovery.mend(reader)
    return recovery
  }

  private mutating func mend(_ reader: McapReader) {
    do throws(McapError) {
      wasComplete = try reader.walk { _ throws(McapError) in true }.isComplete
    } catch { wasComplete = false }
    var assembler = McapAssembler()
    var loose: [ArraySlice<UInt8>] = []
    var place = Mcap.magicLength
    var room: [UInt8] = []
    while place < reader.bytes.count {
      guard let record = Recovery.record(reader, at: place),
        take(record, reader, &assembler, &loose, &room)
      else {
        let next = Recovery.nextChunk(reader, after: place, &room)
        damage.append((place, next - place))
        place = next
        continue
      }
      place = record.content.upperBound
      if record.opcode == .dataEnd { break }
    }
    if !loose.isEmpty { gather(loose, &assembler) }
    if assembler.knowsChannels { file = assembler.finished() }
  }

  /// The record at a place, when its frame is sound.
  private static func record(_ reader: McapReader, at place: Int) -> McapRecord? {
    var file = FileBytes(reader.bytes, from: place)
    do throws(McapError) {
      let record = try file.record()
      return record?.opcode == nil ? nil : record
    } catch { return nil }
  }

  /// False when the record is damaged.
  private mutating func take(
    _ record: McapRecord, _ reader: McapReader, _ assembler: inout McapAssembler,
    _ loose: inout [ArraySlice<UInt8>], _ room: inout [UInt8]
  ) -> Bool {
    let whole = reader.bytes[record.offset..<record.content.upperBound]
    switch record.opcode {
    case .chunk: return takeChunk(record, reader, &assembler, &room)
    case .attachment, .metadata, .channel:
      guard reader.isSound(record) else { return false }
      assembler.take(record.opcode ?? .header, record: whole)
    case .header, .schema: assembler.take(record.opcode ?? .header, record: whole)
    case .message:
      guard record.content.count >= 22 else { return false }
      loose.append(whole)
    case .footer, .messageIndex, .chunkIndex, .attachmentIndex, .statistics, .metadataIndex,
      .summaryOffset, .dataEnd, nil:
      break
    }
    return true
  }

  private mutating func takeChunk(
    _ record: McapRecord, _ reader: McapReader, _ assembler: inout McapAssembler,
    _ room: inout [UInt8]
  ) -> Bool {
    do throws(McapError) {
      let length = try reader.expand(record, &room)
      let found = try Recovery.messages(room, length, record.offset)
      var content = FileBytes(
        reader.bytes, from: record.content.lowerBound, to: record.content.upperBound)
      let head = try ChunkHead(&content)
      assembler.take(
        chunk: reader.bytes[record.offset..<record.content.upperBound], head: head,
        messages: found)
      chunks += 1
      messages += found.count
      return true
    } catch { return false }
  }

  private static func messages(
    _ room: [UInt8], _ length: Int, _ offset: Int
  ) throws(McapError) -> [FoundMessage] {
    var found: [FoundMessage] = []
    var inner = FileBytes(room, to: length)
    while let record = try inner.record() {
      guard record.opcode == .message else { continue }
      var content = FileBytes(room, from: record.content.lowerBound, to: record.content.upperBound)
      let channel = try content.integer(UInt16.self)
      _ = try content.integer(UInt32.self)
      let time = try content.integer(UInt64.self)
      found.append(FoundMessage(channel: channel, time: time, offset: record.offset))
    }
    return found
  }

  /// Where the next chunk begins that is sound; the end of the file when there is none.
  private static func nextChunk(
    _ reader: McapReader, after place: Int, _ room: inout [UInt8]
  ) -> Int {
    var next = place + 1
    while next < reader.bytes.count {
      if reader.bytes[next] == McapOpcode.chunk.rawValue,
        let record = record(reader, at: next), record.content.count >= 40
      {
        do throws(McapError) {
          _ = try reader.expand(record, &room)
          return next
        } catch { next += 1 }
      } else {
        next += 1
      }
    }
    return reader.bytes.count
  }

  /// Messages that stood outside chunks go into one of their own.
  private mutating func gather(_ loose: [ArraySlice<UInt8>], _ assembler: inout McapAssembler) {
    var records = ByteList()
    for message in loose { records.append(message) }
    do throws(McapError) {
      let found = try Recovery.messages(records.bytes, records.count, 0)
      var content = ByteList()
      content.integer(found.map(\.time).min() ?? 0)
      content.integer(found.map(\.time).max() ?? 0)
      content.integer(UInt64(records.count))
      content.integer(checksum(records.bytes, 0..<records.count))
      content.string("")
      content.integer(UInt64(records.count))
      content.append(records.bytes)
      var chunk = ByteList()
      chunk.record(.chunk, content)
      var reader = FileBytes(content.bytes)
      let head = try ChunkHead(&reader)
      assembler.take(chunk: chunk.bytes[...], head: head, messages: found)
      chunks += 1
      messages += found.count
    } catch { damage.append((0, records.count)) }
  }
}

extension McapReader {
  /// A record other than a chunk can be understood and its check sum holds.
  func isSound(_ record: McapRecord) -> Bool {
    var facts = Facts()
    var room: [UInt8] = []
    do throws(McapError) {
      return try take(record, &facts, &room) { _ throws(McapError) in true }
    } catch { return false }
  }

  /// Where the record that begins at a byte ends.
  public func recordEnd(_ offset: Int) -> Int {
    var file = FileBytes(bytes, from: offset)
    do throws(McapError) { return try file.record()?.content.upperBound ?? bytes.count } catch {
      return bytes.count
    }
  }
}
