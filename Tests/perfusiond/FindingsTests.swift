import ChipDrivers
import LinuxPlatform
import TestSupport
import Testing

@testable import perfusiond

/// What stands in a line of text.
private func text(_ write: (inout TextLine) -> Void) -> String {
  var line = TextLine()
  write(&line)
  return line.read { bytes in String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self) }
}

@Suite("What perfusiond says of hardware that is missing or wrong", .verifies("HZ-47"))
struct FindingsTests {
  @Test(
    "of a GPIO line: what it is, where, and what to do",
    arguments: [
      (.noChips, ["CONFIG_GPIO_CDEV"]),
      (.chipMissing(Identifier("header")), ["header", "--chip LABEL=/dev/gpiochipN"]),
      (.chipAmbiguous(Identifier("header")), ["header", "--chip LABEL=/dev/gpiochipN"]),
      (.missing, ["GPIO17", "`line:` in the board file", "overlay"]),
      (.ambiguous, ["GPIO17", "add the label"]),
      (.beyond(lines: 54), ["54 lines", "correct the offset"]),
      (.busy(Identifier("spi0")), ["\"spi0\"", "remove the overlay or program"]),
      (.denied(Identifier("/dev/gpiochip1")), ["/dev/gpiochip1", "group gpio"]),
      (.failed(SystemError(number: 5)), ["error 5", "dmesg"]),
    ] as [(LineProblem, [String])])
  func lines(problem: LineProblem, words: [String]) {
    var line = LineWiring()
    line.lineName = Identifier("GPIO17")
    let said = text { $0.add(problem, line) }
    for word in words { #expect(said.contains(word), "\(said)") }
    #expect(said.contains("; "), "what is wrong; what to do")
  }

  @Test(
    "of an adapter: its node, and what to do",
    arguments: [
      (.missing, "enable the bus"), (.gone, "enable its driver"), (.denied, "group i2c"),
      (.foreign, "--bus NAME=/dev/i2c-N"), (.unfit, "wire the chips to a full I2C adapter"),
      (.failed(SystemError(number: 5)), "dmesg"),
    ] as [(AdapterProblem, String)])
  func adapters(problem: AdapterProblem, mend: String) {
    let said = text { $0.add(problem, Identifier("/dev/i2c-7")) }
    #expect(said.contains("/dev/i2c-7") && said.contains("; ") && said.contains(mend), "\(said)")
  }

  @Test("of a chip: each failure has words of its own, with what to do")
  func chips() {
    var seen: Set<String> = []
    for raw in UInt8(0)..<32 {
      guard let error = BusError(rawValue: raw) else { continue }
      let said = text { $0.add(error, othersAnswer: false) }
      #expect(said.contains("; "), "\(error): \(said)")
      #expect(seen.insert(said).inserted, "\(error)")
    }
    #expect(seen.count == 11)
    let alone = text { $0.add(.busFault, othersAnswer: true) }
    #expect(alone.contains("others on its bus do") && !alone.contains("shorted"))
    #expect(text { $0.add(.wrongIdentity, othersAnswer: true) }.contains("`part:` or `address:`"))
    #expect(text { $0.add(.noAcknowledge, othersAnswer: true) }.contains("address pins"))
  }

  @Test(
    "of a watchdog: why it cannot be opened, and what to do",
    arguments: [
      (16, "RuntimeWatchdogSec"), (13, "group perfusion"), (2, "enable it"), (5, "error 5"),
    ] as [(Int32, String)])
  func watchdog(number: Int32, words: String) {
    let said = text { $0.addWatchdogCause(number) }
    #expect(said.contains(words) && said.contains("; "), "\(said)")
  }

  @Test("of what the loop runs without: a check lists it, a strict start ends with it")
  func realTime() throws {
    for lack in [RealTimeLack.lockedMemory, .priority, .processor] {
      #expect(text { $0.add(lack) }.contains("; "))
      var start = Findings(isJSON: false, printsGood: false)
      #expect(throws: Ending.self) { try start.report(lack, isStrict: true) }
      try start.report(lack, isStrict: false)
      var check = Findings(isJSON: true, printsGood: true)
      try check.report(lack, isStrict: false)
      #expect(check.failures == 0)
      try check.report(lack, isStrict: true)
      #expect(check.failures == 1, "and the document goes on to its end")
    }
  }

  @Test(
    "of a file or socket: why it cannot be used",
    arguments: [1, 2, 13, 17, 20, 28, 30, 98, 122, 5] as [Int32])
  func causes(number: Int32) {
    let said = text { $0.addCause(number) }
    #expect(number == 5 ? said == "error 5" : said.contains("; "), "\(said)")
  }
}
