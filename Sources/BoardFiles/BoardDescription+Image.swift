internal import ChipDrivers
public import LinkMessages

extension BoardDescription {
  /// What the firmware is given of this board; the plant stays behind.
  public func image() -> BoardImage {
    BoardImage(name: Identifier(name), machine: machine, wiring: wiring)
  }

  /// CRC-32 of the board image's bytes: what tells one board from another. Zero for a board that
  /// cannot be put into an image.
  public func imageSum() -> UInt32 {
    var bytes = [UInt8](repeating: 0, count: BoardImage.largestSize)
    var span = bytes.mutableSpan
    do throws(BoardImageError) {
      let count = try image().encode(into: &span)
      var sum = Checksum()
      for byte in bytes[..<count] { sum.add(byte) }
      return sum.value
    } catch {
      return 0
    }
  }
}
