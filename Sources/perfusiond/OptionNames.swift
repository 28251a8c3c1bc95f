internal import ChipDrivers
internal import LinuxPlatform
internal import PerfusionCore

extension Options {
  /// What is wrong with a `--bus` or `--chip` that names nothing of the board image: an override that
  /// silently does not act would leave the machine on another adapter than its operator thinks.
  func unknownName(in wiring: borrowing BoardWiring) -> TextLine? {
    for index in 0..<busCount {
      let name = buses.span[index].label
      var isKnown = false
      for bus in wiring.buses.indices where wiring.buses[bus].id == name { isKnown = true }
      guard !isKnown else { continue }
      var line = Options.unknown("--bus", name)
      line.add("bus; the board image has:")
      for bus in wiring.buses.indices {
        line.add(" ")
        line.add(wiring.buses[bus].id)
      }
      return line
    }
    for index in 0..<chips.count {
      let label = chips.label(index)
      var isKnown = false
      for line in wiring.lines.indices {
        if wiring.lines[line].chipLabel == label { isKnown = true }
      }
      guard !isKnown else { continue }
      var line = Options.unknown("--chip", label)
      line.add("GPIO chip; only labels that the board file gives with `chip:` can be replaced")
      return line
    }
    return nil
  }

  private static func unknown(_ option: StaticString, _ name: Identifier) -> TextLine {
    var line = TextLine()
    line.add("perfusiond: error: ")
    line.add(option)
    line.add(" ")
    line.add(name)
    line.add(": the board image names no such ")
    return line
  }
}
