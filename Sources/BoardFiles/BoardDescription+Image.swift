internal import ChipDrivers
public import LinkMessages

extension BoardDescription {
  /// What the firmware is given of this board; the plant stays behind.
  public func image() -> BoardImage {
    BoardImage(name: Identifier(name), machine: machine, wiring: wiring)
  }

  /// The check sum at the end of the board image: what tells one board from another. Zero for a board that
  /// cannot be put into an image.
  public func imageSum() -> UInt32 {
    var bytes = [UInt8](repeating: 0, count: BoardImage.largestSize)
    var span = bytes.mutableSpan
    do throws(BoardImageError) {
      let count = try image().encode(into: &span)
      return bytes[..<count].suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    } catch {
      return 0
    }
  }
}
