internal import BlackBox

/// Builds a file from records of another: schemas, channels, attachments, metadata and chunks are
/// taken over as they are, indexes and summary are made anew.
struct McapAssembler {
  private var out = ByteList()
  private var schemas: [UInt16: [UInt8]] = [:]
  private var channels: [UInt16: [UInt8]] = [:]
  private var counts: [UInt16: UInt64] = [:]
  private var indexes: [McapOpcode: [ByteList]] = [:]
  private var start = UInt64.max
  private var end: UInt64 = 0

  init() { out.integer(Mcap.magic) }

  /// Channels that are known.
  var knowsChannels: Bool { !channels.isEmpty }

  /// Takes a record over as it is.
  mutating func take(_ opcode: McapOpcode, record: ArraySlice<UInt8>) {
    let content = Array(record.dropFirst(Mcap.recordHeader))
    switch opcode {
    case .schema, .channel:
      guard content.count >= 2 else { return }
      let number = UInt16(content[0]) | UInt16(content[1]) << 8
      // The first stands before what it describes; a later one that differs is damaged.
      let isNew = opcode == .schema ? schemas[number] == nil : channels[number] == nil
      guard isNew else { return }
      if opcode == .schema {
        schemas[number] = Array(record)
      } else {
        channels[number] = Array(record)
      }
    case .attachment: index(attachment: content, length: record.count)
    case .metadata: index(metadata: content, length: record.count)
    default: break
    }
    out.append(record)
  }

  /// Takes a chunk over as it is, with the messages that were found in it.
  mutating func take(chunk: ArraySlice<UInt8>, head: ChunkHead, messages: [FoundMessage]) {
    let offset = UInt64(out.count)
    out.append(chunk)
    var places: [UInt16: ByteList] = [:]
    for message in messages {
      places[message.channel, default: ByteList()].integer(message.time)
      places[message.channel, default: ByteList()].integer(UInt64(message.offset))
      counts[message.channel, default: 0] += 1
      start = min(start, message.time)
      end = max(end, message.time)
    }
    let indexStart = out.count
    var map = ByteList()
    for channel in places.keys.sorted() {
      map.integer(channel)
      map.integer(UInt64(out.count))
      var content = ByteList()
      content.integer(channel)
      let list = places[channel] ?? ByteList()
      content.integer(UInt32(list.count))
      content.append(list.bytes)
      out.record(.messageIndex, content)
    }
    var entry = ByteList()
    entry.integer(head.start)
    entry.integer(head.end)
    entry.integer(offset)
    entry.integer(UInt64(chunk.count))
    entry.integer(UInt32(map.count))
    entry.append(map.bytes)
    entry.integer(UInt64(out.count - indexStart))
    entry.string(head.compression)
    entry.integer(UInt64(head.records.count))
    entry.integer(head.uncompressed)
    indexes[.chunkIndex, default: []].append(entry)
  }

  private mutating func index(attachment content: [UInt8], length: Int) {
    var entry = ByteList()
    entry.integer(UInt64(out.count))
    entry.integer(UInt64(length))
    var reader = FileBytes(content)
    do throws(McapError) {
      entry.integer(try reader.integer(UInt64.self))
      entry.integer(try reader.integer(UInt64.self))
      let name = try reader.string()
      let kind = try reader.string()
      entry.integer(try reader.integer(UInt64.self))
      entry.string(name)
      entry.string(kind)
      indexes[.attachmentIndex, default: []].append(entry)
    } catch {
      // It was checked before; one that cannot be read gets no index.
      return
    }
  }

  private mutating func index(metadata content: [UInt8], length: Int) {
    var entry = ByteList()
    entry.integer(UInt64(out.count))
    entry.integer(UInt64(length))
    var reader = FileBytes(content)
    do throws(McapError) {
      entry.string(try reader.string())
      indexes[.metadataIndex, default: []].append(entry)
    } catch { return }
  }

  /// The file with its summary.
  consuming func finished() -> [UInt8] {
    var dataEnd = ByteList()
    dataEnd.integer(checksum(out.bytes, 0..<out.count))
    out.record(.dataEnd, dataEnd)
    let summary = out.count
    var groups: [(McapOpcode, Int, Int)] = []
    func close(_ opcode: McapOpcode, _ from: Int) {
      if out.count > from { groups.append((opcode, from, out.count - from)) }
    }
    for (opcode, records) in [(McapOpcode.schema, schemas), (.channel, channels)] {
      let from = out.count
      for number in records.keys.sorted() { out.append(records[number] ?? []) }
      close(opcode, from)
    }
    let from = out.count
    out.record(.statistics, statistics())
    close(.statistics, from)
    for opcode in [McapOpcode.chunkIndex, .attachmentIndex, .metadataIndex] {
      let from = out.count
      for entry in indexes[opcode] ?? [] { out.record(opcode, entry) }
      close(opcode, from)
    }
    let offsets = out.count
    for (opcode, from, length) in groups {
      var content = ByteList()
      content.integer(opcode.rawValue)
      content.integer(UInt64(from))
      content.integer(UInt64(length))
      out.record(.summaryOffset, content)
    }
    finish(summary, offsets)
    return out.bytes
  }

  private mutating func finish(_ summary: Int, _ offsets: Int) {
    out.append([McapOpcode.footer.rawValue])
    out.integer(UInt64(20))
    out.integer(UInt64(summary))
    out.integer(UInt64(offsets))
    out.integer(checksum(out.bytes, summary..<out.count))
    out.integer(Mcap.magic)
  }

  private func statistics() -> ByteList {
    var content = ByteList()
    content.integer(counts.values.reduce(0, +))
    content.integer(UInt16(schemas.count))
    content.integer(UInt32(channels.count))
    content.integer(UInt32(indexes[.attachmentIndex]?.count ?? 0))
    content.integer(UInt32(indexes[.metadataIndex]?.count ?? 0))
    content.integer(UInt32(indexes[.chunkIndex]?.count ?? 0))
    content.integer(start == .max ? 0 : start)
    content.integer(end)
    content.integer(UInt32(counts.count * 10))
    for channel in counts.keys.sorted() {
      content.integer(channel)
      content.integer(counts[channel] ?? 0)
    }
    return content
  }
}

/// A message that was found in a chunk.
struct FoundMessage {
  var channel: UInt16
  var time: UInt64
  /// Where its record begins in the expanded chunk.
  var offset: Int
}
