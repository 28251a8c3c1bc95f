/// What a controller was started from, as bytes: a black box keeps it, so that a replay starts the
/// same way.
///
/// Little endian: clock (8), board image (4), whether a newer record may be lost (1), why the first
/// and the second record were refused (1 each, 255 for sound), 1 free; then the record, if any.
public enum StartMaterial {
  /// Bytes before the record.
  public static var headLength: Int { 16 }

  /// Writes what a controller starts from; `record` is the one that was chosen, empty for none.
  public static func write(
    into buffer: inout RecordBuffer, now: Instant, board: UInt32, isDoubtful: Bool,
    first: RecordFault?, second: RecordFault?, record: Span<UInt8>
  ) {
    buffer.beginWriting()
    var moment = now.microseconds
    buffer.pass(&moment)
    var sum = board
    buffer.pass(&sum)
    var doubt = isDoubtful
    buffer.pass(&doubt)
    var cause = first?.rawValue ?? 255
    buffer.pass(&cause)
    cause = second?.rawValue ?? 255
    buffer.pass(&cause)
    var free: UInt8 = 0
    buffer.pass(&free)
    for index in record.indices {
      var byte = record[index]
      buffer.pass(&byte)
    }
  }
}

extension Controller {
  /// A controller that is started from these bytes, as the one was that left them; no bytes give a
  /// plain power-on.
  ///
  /// - Throws: why the bytes, or the record in them, cannot be read by this version.
  public init(
    configuration: MachineConfiguration, startedFrom material: Span<UInt8>
  ) throws(RecordFault) {
    guard material.count > 0 else {
      self.init(configuration: configuration)
      return
    }
    var buffer = RecordBuffer()
    buffer.fill(material, from: 0)
    var moment: Int64 = 0
    buffer.pass(&moment)
    var board: UInt32 = 0
    buffer.pass(&board)
    var isDoubtful = false
    buffer.pass(&isDoubtful)
    var first: UInt8 = 255
    buffer.pass(&first)
    var second: UInt8 = 255
    buffer.pass(&second)
    if let fault = buffer.fault { throw fault }
    var record: RetainedRecord?
    if material.count > StartMaterial.headLength {
      buffer.fill(material, from: StartMaterial.headLength)
      record = try RetainedRecord.read(
        &buffer, count: buffer.count, configuration: configuration, board: board)
    }
    self.init(
      configuration: configuration, restartingFrom: record, isDoubtful: isDoubtful,
      now: Instant(microseconds: moment))
    refuseRecords(RecordFault(rawValue: first), RecordFault(rawValue: second))
  }
}
