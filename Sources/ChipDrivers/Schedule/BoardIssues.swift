public import PerfusionCore

extension BoardWiring {
  /// Everything that is wrong with buses, addresses and multiplexers of the board's chips.
  ///
  /// Whether the visits fit in time is the matter of `BusSchedule`.
  public borrowing func chipIssues() -> ScheduleIssues {
    var issues = ScheduleIssues(filler: .noSuchBus(chip: 0))
    for index in chips.indices where chips[index].isFitted {
      checkPlace(index, &issues)
      checkMultiplexer(index, &issues)
      for other in 0..<index where chips[other].isFitted { checkPair(index, other, &issues) }
    }
    return issues
  }

  private borrowing func checkPlace(_ index: Int, _ issues: inout ScheduleIssues) {
    let chip = chips[index]
    let name = UInt8(truncatingIfNeeded: index)
    if !chip.part.answers(at: chip.address) { issues.append(.impossibleAddress(chip: name)) }
    if chip.everyTicks < 1 || chip.everyTicks > 1000 {
      issues.append(.noVisitInterval(chip: name))
    }
    guard let bus = buses.element(at: Int(chip.bus)) else {
      issues.append(.noSuchBus(chip: name))
      return
    }
    if bus.clockHertz > chip.part.highestClock { issues.append(.busTooFast(chip: name)) }
  }

  private borrowing func checkMultiplexer(_ index: Int, _ issues: inout ScheduleIssues) {
    let chip = chips[index]
    let name = UInt8(truncatingIfNeeded: index)
    guard chip.multiplexer >= 0 else { return }
    guard let multiplexer = chips.element(at: Int(chip.multiplexer)), multiplexer.isMultiplexer
    else {
      issues.append(.notAMultiplexer(chip: name))
      return
    }
    if multiplexer.bus != chip.bus { issues.append(.multiplexerOnOtherBus(chip: name)) }
    if chip.multiplexerChannel > 7 { issues.append(.noSuchMultiplexerChannel(chip: name)) }
    if chip.isMultiplexer || multiplexer.multiplexer >= 0 {
      issues.append(.nestedMultiplexer(chip: name))
    }
  }

  private borrowing func checkPair(_ index: Int, _ other: Int, _ issues: inout ScheduleIssues) {
    let (one, two) = (chips[index], chips[other])
    guard one.bus == two.bus && one.canBeJoined(with: two) else { return }
    let name = UInt8(truncatingIfNeeded: index)
    let otherName = UInt8(truncatingIfNeeded: other)
    if one.address == two.address {
      issues.append(.addressClash(chip: name, other: otherName))
    } else if one.answersAllCall && two.address.bits == 0x70 {
      issues.append(.allCallClash(chip: otherName, other: name))
    } else if two.answersAllCall && one.address.bits == 0x70 {
      issues.append(.allCallClash(chip: name, other: otherName))
    }
  }
}

extension ChipWiring {
  /// A place with a part in it.
  public var isFitted: Bool { if case .none = part { false } else { true } }
  /// The part is a multiplexer.
  public var isMultiplexer: Bool { if case .tca9548a = part { true } else { false } }
  /// The part answers at 0x70 while it is in its reset state.
  var answersAllCall: Bool { if case .pca9685 = part { true } else { false } }

  /// Both chips can hear the master at the same time: only chips behind different channels of one
  /// multiplexer, or behind different multiplexers, cannot, because a worker joins one channel at
  /// most.
  func canBeJoined(with other: ChipWiring) -> Bool {
    guard multiplexer >= 0 && other.multiplexer >= 0 else { return true }
    return multiplexer == other.multiplexer && multiplexerChannel == other.multiplexerChannel
  }
}
