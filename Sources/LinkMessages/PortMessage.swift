internal import CLinkMessages
internal import ChipDrivers

/// Where a signal is picked up or put out, as a message.
enum PortMessage {
  static func message(_ port: SignalPort) -> perfusion_board_Port {
    var message = perfusion_board_Port()
    switch port {
    case .none: message.kind = perfusion_board_PortKind_PORT_NONE
    case .channel(let chip, let channel):
      message.kind = perfusion_board_PortKind_PORT_CHANNEL
      message.index = UInt32(chip)
      message.channel = UInt32(channel)
    case .line(let line):
      message.kind = perfusion_board_PortKind_PORT_LINE
      message.index = UInt32(line)
    }
    return message
  }

  static func model(_ message: perfusion_board_Port) -> SignalPort? {
    guard let index = UInt8(exactly: message.index), let channel = UInt8(exactly: message.channel)
    else { return nil }
    switch message.kind {
    case perfusion_board_PortKind_PORT_NONE: return SignalPort.none
    case perfusion_board_PortKind_PORT_CHANNEL: return .channel(chip: index, channel: channel)
    case perfusion_board_PortKind_PORT_LINE: return .line(index)
    default: return nil
    }
  }
}
