internal import CLinkMessages
internal import ChipDrivers
internal import PerfusionCore

extension BoardImage {
  static var headerSize: Int { 12 }
  static var trailerSize: Int { 4 }

  /// Reads an image from untrusted bytes; total: every input gives an image or an error.
  public init(decoding bytes: Span<UInt8>) throws(BoardImageError) {
    let length = try BoardImage.payloadLength(of: bytes)
    let payload = bytes.extracting(BoardImage.headerSize..<BoardImage.headerSize + length)
    var board = perfusion_board_Board()
    let outcome = unsafe payload.withUnsafeBufferPointer { buffer in
      unsafe pc_board_decode(buffer.baseAddress, UInt32(clamping: buffer.count), &board)
    }
    switch Int(outcome) {
    case 0: break
    case Int(PC_MESSAGE_TOO_MANY): throw .tooManyEntries
    default: throw .malformed
    }
    self.init(name: Identifier(), machine: MachineConfiguration(), wiring: BoardWiring())
    var carrier = Carrier(.toModel)
    carrier.board(&board, &self)
    if let fault = carrier.fault { throw fault }
    let indices = WiringIndices(wiring: wiring, pumps: machine.pumps.count)
    if !indices.areSound { throw .valueOutOfRange }
  }

  /// Writes the image into `bytes` and returns its length.
  ///
  /// Throws `noRoom` when it does not fit and `valueOutOfRange` when a value could not be read
  /// back.
  public func encode(into bytes: inout MutableSpan<UInt8>) throws(BoardImageError) -> Int {
    guard bytes.count >= BoardImage.headerSize + BoardImage.trailerSize else { throw .noRoom }
    var copy = self
    var board = perfusion_board_Board()
    var carrier = Carrier(.toMessage)
    carrier.board(&board, &copy)
    if let fault = carrier.fault { throw fault }
    let room = bytes.count - BoardImage.headerSize - BoardImage.trailerSize
    let written = unsafe bytes.withUnsafeMutableBufferPointer { buffer -> Int32 in
      guard let base = buffer.baseAddress else { return Int32(PC_MESSAGE_NO_ROOM) }
      return unsafe pc_board_encode(&board, base + BoardImage.headerSize, UInt32(clamping: room))
    }
    guard written >= 0 else { throw .noRoom }
    return BoardImage.frame(&bytes, payload: Int(written))
  }

  /// Puts the header before a payload and the check sum behind it; returns the whole length.
  private static func frame(_ bytes: inout MutableSpan<UInt8>, payload: Int) -> Int {
    for index in 0..<4 { bytes[index] = magic(index) }
    bytes[4] = UInt8(truncatingIfNeeded: version)
    bytes[5] = UInt8(truncatingIfNeeded: version >> 8)
    bytes[6] = 0
    bytes[7] = 0
    for index in 0..<4 { bytes[8 + index] = UInt8(truncatingIfNeeded: payload >> (8 * index)) }
    var checksum = Checksum()
    for index in 0..<headerSize + payload { checksum.add(bytes[index]) }
    for index in 0..<4 {
      bytes[headerSize + payload + index] = UInt8(
        truncatingIfNeeded: checksum.value >> UInt32(8 * index))
    }
    return headerSize + payload + trailerSize
  }

  /// The length of the payload in framed bytes whose magic, version, length and check sum hold.
  private static func payloadLength(of bytes: Span<UInt8>) throws(BoardImageError) -> Int {
    for index in 0..<4 where index >= bytes.count || bytes[index] != magic(index) {
      throw index < bytes.count || index == 0 ? .wrongMagic : .truncated
    }
    guard bytes.count >= headerSize + trailerSize else { throw .truncated }
    guard UInt16(bytes[4]) | UInt16(bytes[5]) << 8 == version, bytes[6] == 0, bytes[7] == 0 else {
      throw .wrongVersion
    }
    let length = Int(word(bytes, at: 8))
    guard bytes.count <= largestSize else { throw .tooLong }
    guard bytes.count >= headerSize + length + trailerSize else { throw .truncated }
    guard bytes.count == headerSize + length + trailerSize else { throw .tooLong }
    var checksum = Checksum()
    for index in 0..<headerSize + length { checksum.add(bytes[index]) }
    guard checksum.value == word(bytes, at: headerSize + length) else { throw .checksum }
    return length
  }

  private static func word(_ bytes: Span<UInt8>, at offset: Int) -> UInt32 {
    var word: UInt32 = 0
    for index in 0..<4 { word |= UInt32(bytes[offset + index]) << UInt32(8 * index) }
    return word
  }

  private static func magic(_ index: Int) -> UInt8 {
    switch index {
    case 0: 0x50
    case 1: 0x46
    case 2: 0x42
    default: 0x49
    }
  }
}

extension Carrier {
  mutating func board(_ message: inout perfusion_board_Board, _ model: inout BoardImage) {
    name(&message.name, &model.name)
    presence(&message.has_machine)
    machine(&message.machine, &model.machine)
    presence(&message.has_wiring)
    wiring(&message.wiring, &model.wiring)
  }
}

#if !hasFeature(Embedded)
  extension BoardImage {
    /// Reads an image from untrusted bytes.
    public init(decoding bytes: [UInt8]) throws(BoardImageError) {
      try self.init(decoding: bytes.span)
    }

    /// The image as bytes.
    public func encoded() throws(BoardImageError) -> [UInt8] {
      var bytes = [UInt8](repeating: 0, count: BoardImage.largestSize)
      var span = bytes.mutableSpan
      let length = try encode(into: &span)
      return Array(bytes[..<length])
    }
  }
#endif
