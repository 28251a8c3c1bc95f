internal import ChipDrivers
internal import PerfusionCore
internal import Yams

/// Where a field `{chip: adc, channel: 1}` or `{line: name}` points.
enum SourceReference {
  case channel(chip: Int, channel: Int, facts: ChannelFacts, field: Field)
  case line(Int, field: Field)

  var port: SignalPort {
    switch self {
    case .channel(let chip, let channel, _, _):
      .channel(chip: UInt8(chip), channel: UInt8(channel))
    case .line(let line, _): .line(UInt8(line))
    }
  }
}

/// Which way a signal goes.
enum SignalDirection {
  case input
  case output
}

extension Draft {
  /// Reads `chip` and `channel`, or `line`, of a section and marks the place as used.
  func reference(
    _ section: Section, _ direction: SignalDirection, for user: String
  ) -> SourceReference? {
    let chip = section.field("chip")
    let channel = section.field("channel")
    let line = section.field("line")
    if chip != nil, let line {
      line.fail("\(user) has both a chip and a line", "keep one of them")
      return nil
    }
    if let line { return lineReference(line, direction, user) }
    guard let chip else {
      diagnostics.error(
        section.place, "\(user) has neither a chip nor a line",
        "write 'chip:' and 'channel:', or 'line:'")
      return nil
    }
    guard let index = chips.find(chip) else { return nil }
    return channelReference(section, index, chip, channel, direction, user)
  }

  private func lineReference(
    _ field: Field, _ direction: SignalDirection, _ user: String
  ) -> SourceReference? {
    guard let index = lines.find(field) else { return nil }
    let word = lines.word(index)
    let wanted: LineDirection = direction == .input ? .input : .output
    if wiring.lines[index].direction != wanted {
      field.fail(
        "line '\(word)' is an \(direction == .input ? "output" : "input"), \(user) needs an "
          + "\(direction == .input ? "input" : "output")",
        "name another line, or change its direction")
    }
    claim(&lineUse, index, user, field, "line '\(word)'")
    return .line(index, field: field)
  }

  private func channelReference(
    _ section: Section, _ chip: Int, _ field: Field, _ channel: Field?,
    _ direction: SignalDirection, _ user: String
  ) -> SourceReference? {
    let part = wiring.chips[chip].part
    if case .none = part { return nil }
    let channels = direction == .input ? part.inputs : part.outputs
    guard !channels.isEmpty else {
      field.fail(
        "chip '\(chips.word(chip))' is \(part.named), which has no "
          + "\(direction == .input ? "input" : "output") channel",
        "name another chip")
      return nil
    }
    guard let channel else {
      diagnostics.error(
        section.place, "\(user) has no channel", "write a channel from 0 to \(channels.count - 1)")
      return nil
    }
    guard let number = channel.integer(0...channels.count - 1) else { return nil }
    if case .ads1115(let enabled, _) = part, direction == .input, enabled & 1 << number == 0 {
      channel.fail(
        "chip '\(chips.word(chip))' does not convert channel \(number)",
        "add \(number) to its 'channels'")
    }
    claim(
      &channelUse, ChannelKey(chip: chip, channel: number), user, channel,
      "channel \(number) of '\(chips.word(chip))'")
    return .channel(chip: chip, channel: number, facts: channels[number], field: channel)
  }

  func claim<Key: Hashable>(
    _ uses: inout [Key: String], _ key: Key, _ user: String, _ field: Field, _ what: String
  ) {
    if let other = uses[key] {
      field.fail("\(what) is that of \(other) already", "give \(user) its own")
    }
    uses[key] = user
  }
}
