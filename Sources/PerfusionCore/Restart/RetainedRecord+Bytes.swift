extension RetainedRecord {
  /// Version of the layout. A record of another version is refused.
  static var version: UInt16 { 4 }
  private static var magic: UInt32 { 0x5252_4650 }

  /// Writes the record: magic, version, length, number, board, payload, CRC-32.
  mutating func write(into buffer: inout RecordBuffer, board: UInt32) {
    buffer.beginWriting()
    var length: UInt16 = 0
    head(&buffer, length: &length, board: board)
    pass(&buffer)
    length = UInt16(truncatingIfNeeded: buffer.count)
    buffer.patch(length, at: 6)
    var sum = buffer.sum(buffer.count)
    buffer.pass(&sum)
  }

  /// Reads a record out of the first `count` bytes of a buffer.
  ///
  /// Total: any bytes give a record whose fields are all in range, or the cause.
  public static func read(
    _ buffer: inout RecordBuffer, count: Int, configuration: MachineConfiguration, board: UInt32
  ) throws(RecordFault) -> RetainedRecord {
    guard count > 0 else { throw .absent }
    var record = RetainedRecord(configuration)
    buffer.beginReading(count: count)
    var length: UInt16 = 0
    record.head(&buffer, length: &length, board: board)
    if let fault = buffer.fault { throw fault }
    try check(&buffer, length: Int(length))
    if let fault = buffer.headFault { throw fault }
    record.pass(&buffer)
    if let fault = buffer.fault { throw fault }
    guard Int(record.pumpCount) == configuration.pumps.count else { throw .otherBoard }
    return record
  }

  /// The check sum is looked at before any field is believed.
  private static func check(_ buffer: inout RecordBuffer, length: Int) throws(RecordFault) {
    guard length + 4 <= buffer.count else { throw .truncated }
    var stored: UInt32 = 0
    for index in 0..<4 {
      stored |= UInt32(buffer.bytes.span[length + index]) << UInt32(index * 8)
    }
    guard stored == buffer.sum(length) else { throw .checksum }
  }

  private mutating func head(_ buffer: inout RecordBuffer, length: inout UInt16, board: UInt32) {
    var magic = RetainedRecord.magic
    buffer.pass(&magic)
    if magic != RetainedRecord.magic { buffer.fail(.notARecord) }
    var version = RetainedRecord.version
    buffer.pass(&version)
    buffer.pass(&length)
    buffer.pass(&sequence)
    var written = board
    buffer.pass(&written)
    var rows = UInt16(MachineRow.count) << 8 | UInt16(PumpRow.count)
    let known = rows
    buffer.pass(&rows)
    // Behind a sound check sum these are facts, not damage.
    buffer.judge(version == RetainedRecord.version && rows == known, else: .otherVersion)
    buffer.judge(written == board, else: .otherBoard)
  }

  /// Passes every field in a fixed order.
  private mutating func pass(_ buffer: inout RecordBuffer) {
    buffer.pass(&writtenAt.microseconds)
    buffer.pass(&phase)
    buffer.pass(&pumpCount)
    for pump in 0..<min(Int(pumpCount), 8) {
      intents[pump].pass(&buffer)
      buffer.pass(&commanded[pump])
      tubes[pump].pass(&buffer)
    }
    buffer.pass(&isSteady)
    zeros.pass(&buffer)
    buffer.pass(&isClampWantedOpen)
    buffer.pass(&occluder)
    for circuit in 0..<2 {
      buffer.pass(&thermalIntents[circuit].mode)
      buffer.pass(&thermalIntents[circuit].target)
    }
    timers.pass(&buffer)
    buffer.pass(&confirmed.bits)
    buffer.pass(&directions.counts)
    occlusion.pass(&buffer, pumps: min(Int(pumpCount), 8))
    buffer.pass(&occlusionFailed)
    dose.pass(&buffer)
    interlocks.pass(&buffer, pumps: min(Int(pumpCount), 8))
    selfTest.pass(&buffer)
    buffer.pass(&pause)
    buffer.pass(&pauseTicks)
    buffer.pass(&watchdogTestAge)
    service.pass(&buffer)
    for index in 0..<AlarmLimit.count {
      guard let limit = AlarmLimit(rawValue: UInt8(index)) else { continue }
      buffer.pass(&limits[index])
      let isHeld = limits[index] >= limit.range.lowest && limits[index] <= limit.range.highest
      if !isHeld { buffer.fail(.malformed) }
    }
  }
}

extension PumpIntent {
  /// Passes the intent through a record.
  mutating func pass(_ buffer: inout RecordBuffer) {
    buffer.pass(&mode)
    buffer.pass(&isStarted)
    buffer.pass(&setSpeed)
    buffer.pass(&setFlow)
    buffer.pass(&setPressure)
    buffer.pass(&ratio)
    buffer.pass(&pulsatile.isOn)
    buffer.pass(&pulsatile.rate)
    buffer.pass(&pulsatile.width)
    buffer.pass(&pulsatile.base)
    buffer.pass(&wantsClampOpen)
  }
}

extension Controller {
  /// Writes what has to outlive a restart into a buffer.
  public mutating func writeRetained(
    into buffer: inout RecordBuffer, sequence: UInt32, board: UInt32, now: Instant
  ) {
    var record = retained
    record.sequence = sequence
    record.writtenAt = now
    record.write(into: &buffer, board: board)
  }
}
