import ChipDrivers
import LinuxPlatform
import PerfusionCore
import TestSupport
import Testing

@testable import perfusiond

@Suite("What perfusiond says of options and outputs before it runs")
struct OptionNamesTests {
  private func said(_ line: TextLine?) -> String? {
    line.map { line in
      line.read { bytes in String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self) }
    }
  }

  private func wiring() -> BoardWiring {
    var wiring = BoardWiring()
    var bus = BusWiring()
    bus.id = Identifier("safety")
    _ = wiring.buses.append(bus)
    var line = LineWiring()
    line.chipLabel = Identifier("header")
    _ = wiring.lines.append(line)
    return wiring
  }

  @Test("A bus or GPIO chip that the image does not name is refused, with the names that it has")
  func unknownNames() {
    let board = wiring()
    var options = Options()
    options.buses[0] = ChipOverride(label: Identifier("safety"), path: Identifier("/dev/i2c-7"))
    options.busCount = 1
    _ = options.chips.append(
      ChipOverride(label: Identifier("header"), path: Identifier("/dev/gpiochip1")))
    #expect(said(options.unknownName(in: board)) == nil)
    options.buses[0].label = Identifier("safty")
    #expect(
      said(options.unknownName(in: board))?.hasSuffix(
        "--bus safty: the board image names no such bus; the board image has: safety") == true)
    options.busCount = 0
    _ = options.chips.append(
      ChipOverride(label: Identifier("heading"), path: Identifier("/dev/gpiochip1")))
    #expect(said(options.unknownName(in: board))?.contains("--chip heading") == true)
  }

  @Test(
    "Outputs keep their level only where the kernel's pin controller says so",
    .verifies("HZ-55"),
    arguments: [
      (true, UInt8(ascii: "Y"), .kept), (false, UInt8(ascii: "Y"), .kept),
      (true, UInt8(ascii: "N"), .switchedOff), (true, nil, .unsupported), (false, nil, .unknown),
    ] as [(Bool, UInt8?, OutputPersistence)])
  func persistence(hasDriver: Bool, parameter: UInt8?, expected: OutputPersistence) {
    #expect(OutputPersistence(hasBroadcomDriver: hasDriver, parameter: parameter) == expected)
  }

  @Test("SIGINT ends with 130, SIGTERM with 0, and nothing ends without a signal")
  func signals() {
    #expect(Service.ending(by: 2) == 130)
    #expect(Service.ending(by: 15) == 0)
    #expect(Service.ending(by: 0) == nil && Service.ending(by: -4) == nil)
  }
}
