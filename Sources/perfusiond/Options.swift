internal import CLinux
internal import ChipDrivers
internal import LinuxPlatform

/// The command line.
struct Options {
  var board: FilePath?
  /// Socket of the link that takes commands.
  var socket: FilePath?
  /// Socket that only shows; the path of the other one and ".ro" unless it is given.
  var readOnlySocket: FilePath?
  /// Group of both sockets, the process's own unless it is given.
  var socketGroup: FilePath?
  /// A character device over which one client at a time is served.
  var linkConsole: FilePath?
  var blackBox: FilePath?
  /// All recordings together, in millions of bytes; the oldest give way.
  var blackBoxBudget: Int32 = 2000
  /// A recording's file is ended at this length, in millions of bytes.
  var blackBoxFile: Int32 = 64
  var watchdog: FilePath?
  var buses = InlineArray<4, ChipOverride>(
    repeating: ChipOverride(label: Identifier(), path: Identifier()))
  var busCount = 0
  var chips = FixedOverrides()
  /// The tick's priority under SCHED_FIFO.
  var priority: Int32 = 80
  var processor: Int32 = -1
  var isCheck = false
  var isVersion = false
  var isStrict = false
  var isJSON = false
  /// Stops after so many ticks, for measurements; 0 for never.
  var ticks: Int64 = 0

  /// The options of this process, or the line that says what is wrong with them.
  static func read() -> (options: Options, mistake: TextLine?) {
    var reader = ArgumentReader()
    var options = Options()
    while let argument = reader.next() {
      if let mistake = options.take(argument, &reader) { return (options, mistake) }
    }
    return (options, options.isVersion ? nil : options.contradiction)
  }

  /// What is missing, or does not go together.
  private var contradiction: TextLine? {
    if board == nil { return Options.mistake("--board", "is missing; give the board image to run") }
    if blackBoxBudget < blackBoxFile * 2 {
      return Options.mistake("--blackbox-budget", "must be at least twice --blackbox-file")
    }
    if socket == nil && readOnlySocket != nil {
      return Options.mistake("--socket-readonly", "needs --socket PATH beside it")
    }
    return nil
  }

  private mutating func take(
    _ argument: ArgumentText, _ reader: inout ArgumentReader
  ) -> TextLine? {
    switch argument {
    case "--check": isCheck = true
    case "--version": isVersion = true
    case "--strict": isStrict = true
    case "--json": isJSON = true
    case "--board": return Options.path(&board, "--board", &reader)
    case "--socket": return Options.path(&socket, "--socket", &reader)
    case "--socket-readonly":
      return Options.path(&readOnlySocket, "--socket-readonly", &reader)
    case "--socket-group": return Options.path(&socketGroup, "--socket-group", &reader)
    case "--link-console": return Options.path(&linkConsole, "--link-console", &reader)
    case "--blackbox-budget":
      return number("--blackbox-budget", 4...1_000_000, "millions of bytes, 4 and more", &reader) {
        $0.blackBoxBudget = $1
      }
    case "--blackbox-file":
      return number("--blackbox-file", 1...4000, "millions of bytes, 1 to 4000", &reader) {
        $0.blackBoxFile = $1
      }
    case "--blackbox": return Options.path(&blackBox, "--blackbox", &reader)
    case "--watchdog": return Options.path(&watchdog, "--watchdog", &reader)
    case "--priority":
      return number("--priority", 1...99, "a priority, 1 to 99", &reader) { $0.priority = $1 }
    case "--cpu":
      return number("--cpu", 0...1023, "the number of a processor", &reader) { $0.processor = $1 }
    case "--ticks":
      return number("--ticks", 1...Int32.max, "a number of ticks", &reader) { $0.ticks = Int64($1) }
    case "--bus":
      return pair("--bus", "NAME=/dev/i2c-N", &reader) { $0.addBus($1) }
    case "--chip":
      return pair("--chip", "LABEL=/dev/gpiochipN", &reader) { $0.chips.append($1) }
    default:
      var line = TextLine()
      line.add("perfusiond: error: unknown option ")
      argument.add(to: &line)
      line.add("; see perfusiond(1)")
      return line
    }
    return nil
  }

  private mutating func addBus(_ bus: ChipOverride) -> Bool {
    guard busCount < 4 else { return false }
    for index in 0..<busCount where buses[index].label == bus.label { return false }
    buses[busCount] = bus
    busCount += 1
    return true
  }

  /// The adapter that the command line names for a bus.
  func adapter(of bus: BusWiring) -> Identifier {
    for index in 0..<busCount where buses.span[index].label == bus.id {
      return buses.span[index].path
    }
    return bus.adapter
  }

  private static func path(
    _ place: inout FilePath?, _ option: StaticString, _ reader: inout ArgumentReader
  ) -> TextLine? {
    guard let text = reader.next(), let path = text.path else {
      return Options.mistake(option, "needs a path of at most 255 bytes")
    }
    place = path
    return nil
  }

  private mutating func number(
    _ option: StaticString, _ range: ClosedRange<Int32>, _ meaning: StaticString,
    _ reader: inout ArgumentReader, _ take: (inout Options, Int32) -> Void
  ) -> TextLine? {
    guard let number = reader.next()?.number, range.contains(number) else {
      return Options.mistake(option, "needs ", meaning)
    }
    take(&self, number)
    return nil
  }

  private mutating func pair(
    _ option: StaticString, _ form: StaticString, _ reader: inout ArgumentReader,
    _ take: (inout Options, ChipOverride) -> Bool
  ) -> TextLine? {
    guard let pair = reader.next()?.pair else { return Options.mistake(option, "needs ", form) }
    return take(&self, pair) ? nil : Options.mistake(option, "is given too often")
  }

  private static func mistake(
    _ option: StaticString, _ what: StaticString, _ more: StaticString = ""
  ) -> TextLine {
    var line = TextLine()
    line.add("perfusiond: error: ")
    line.add(option)
    line.add(" ")
    line.add(what)
    line.add(more)
    return line
  }
}
