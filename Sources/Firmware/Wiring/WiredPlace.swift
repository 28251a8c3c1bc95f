internal import ChipDrivers
internal import PerfusionCore

/// Where a signal is picked up or put out, with everything resolved that can be at start-up.
enum WiredPlace: BitwiseCopyable, Sendable {
  case channel(chip: UInt8, channel: UInt8)
  case line(UInt8)
  case pin(chip: UInt8, bit: UInt8, isActiveLow: Bool)

  /// Nothing when the port leads nowhere; a chip has `channels` channels in this direction.
  init?(_ port: SignalPort, channels: UInt8, _ wiring: borrowing BoardWiring) {
    switch port {
    case .none: return nil
    case .channel(let chip, let channel):
      guard Int(chip) < wiring.chips.count && channel < channels else { return nil }
      self = .channel(chip: chip, channel: channel)
    case .line(let index):
      guard let line = wiring.lines.element(at: Int(index)) else { return nil }
      guard line.expander >= 0 else {
        self = .line(index)
        return
      }
      guard Int(line.expander) < wiring.chips.count && line.expanderPin < 16 else { return nil }
      self = .pin(
        chip: UInt8(truncatingIfNeeded: line.expander), bit: line.expanderPin,
        isActiveLow: line.isActiveLow)
    }
  }
}
