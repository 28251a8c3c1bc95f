internal import ChipDrivers
public import LinkMessages

extension BoardDescription {
  /// What the firmware is given of this board; the plant stays behind.
  public func image() -> BoardImage {
    BoardImage(name: Identifier(name), machine: machine, wiring: wiring)
  }
}
