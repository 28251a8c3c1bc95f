import ChipDrivers
import TestSupport
import Testing

@testable import LinuxPlatform

/// GPIO chips of no machine.
struct PaperChips: GPIOChips {
  var chips: [(chip: GPIOChip, names: [String])]
  var count: Int { chips.count }
  func chip(_ index: Int) -> GPIOChip { chips[index].chip }
  func offset(of name: Identifier, on chip: GPIOChip) -> Int? {
    chips.first { $0.chip.path == chip.path }?.names.firstIndex { Identifier($0) == name }
  }

  static func chip(
    _ number: Int, _ label: String, _ names: [String], _ problem: SystemError? = nil
  ) -> (chip: GPIOChip, names: [String]) {
    let chip = GPIOChip(
      path: Identifier("/dev/gpiochip\(number)"), label: Identifier(label), lines: names.count,
      problem: problem)
    return (chip, names)
  }
}

@Suite("Finding GPIO lines", .verifies("HZ-47"))
struct LineFinderTests {
  static let chips = PaperChips(chips: [
    PaperChips.chip(0, "pinctrl", ["GPIO0", "GPIO1", "twice"]),
    PaperChips.chip(1, "expander", ["twice", "lamp"]),
    PaperChips.chip(2, "expander-b", ["x"], nil),
  ])

  static func line(_ name: String = "", label: String = "", offset: Int16 = -1) -> LineWiring {
    var line = LineWiring()
    line.lineName = Identifier(name)
    line.chipLabel = Identifier(label)
    line.offset = offset
    return line
  }

  func problem(_ line: LineWiring, _ finder: LineFinder<PaperChips>) -> LineProblem? {
    do throws(LineProblem) {
      _ = try finder.place(of: line)
      return nil
    } catch { return error }
  }

  @Test("by name, by label and name, by label and offset")
  func found() throws {
    let finder = LineFinder(Self.chips)
    let first = LinePlace(path: Identifier("/dev/gpiochip0"), offset: 1)
    #expect(try finder.place(of: Self.line("GPIO1")) == first)
    let second = LinePlace(path: Identifier("/dev/gpiochip1"), offset: 0)
    #expect(try finder.place(of: Self.line("twice", label: "expander")) == second)
    #expect(try finder.place(of: Self.line(label: "expander", offset: 0)) == second)
  }

  @Test("each way of not finding it is told apart")
  func notFound() {
    let finder = LineFinder(Self.chips)
    #expect(problem(Self.line("GPIO9"), finder) == .missing)
    #expect(problem(Self.line("twice"), finder) == .ambiguous)
    #expect(problem(Self.line("x", label: "nobody"), finder) == .chipMissing(Identifier("nobody")))
    #expect(problem(Self.line(label: "expander", offset: 2), finder) == .beyond(lines: 2))
    #expect(problem(Self.line("GPIO1"), LineFinder(PaperChips(chips: []))) == .noChips)
    let twins = PaperChips(chips: [
      PaperChips.chip(0, "same", ["a"]), PaperChips.chip(1, "same", ["b"]),
    ])
    #expect(
      problem(Self.line("a", label: "same"), LineFinder(twins))
        == .chipAmbiguous(Identifier("same")))
  }

  @Test("a chip that may not be opened is named, whatever hides behind it")
  func denied() {
    let path = Identifier("/dev/gpiochip0")
    let closed = LineFinder(PaperChips(chips: [PaperChips.chip(0, "", [], .denied)]))
    #expect(problem(Self.line("GPIO1"), closed) == .denied(path))
    #expect(problem(Self.line("GPIO1", label: "pinctrl"), closed) == .denied(path))
  }

  @Test("the command line puts a node in the place of a label")
  func override() throws {
    var overrides = FixedOverrides()
    let isTaken = overrides.append(
      ChipOverride(label: Identifier("header"), path: Identifier("/dev/gpiochip2")))
    #expect(isTaken)
    let finder = LineFinder(Self.chips, overrides: overrides)
    let place = LinePlace(path: Identifier("/dev/gpiochip2"), offset: 0)
    #expect(try finder.place(of: Self.line("x", label: "header")) == place)
  }
}

@Suite("Errors of the bus")
struct SystemErrorTests {
  @Test(
    "causes stay apart",
    arguments: [
      (6, BusError.noAcknowledge), (121, .noAcknowledge), (110, .timeout), (11, .arbitrationLost),
      (19, .adapterGone), (5, .busFault), (71, .busFault), (95, .unsupported), (22, .busFault),
    ] as [(Int32, BusError)])
  func causes(number: Int32, meaning: BusError) {
    #expect(SystemError(result: -number).onBus == meaning)
  }

  @Test("an adapter that is not there fails every transfer, and says so when it is opened")
  func absent() {
    let adapters = LinuxAdapters()
    #expect(throws: AdapterProblem.missing) {
      try adapters.open(0, path: Identifier("/dev/i2c-none"))
    }
    var bus = adapters.bus(0)
    #expect(throws: BusError.adapterGone) { try bus.write(I2CAddress(0x40), [1]) }
    #expect(throws: AdapterProblem.foreign) {
      try adapters.open(0, path: Identifier("/dev/null"))
    }
  }
}
