internal import ChipDrivers
internal import LinuxPlatform

/// What `--check` and a start say of each thing: one line each, or one JSON document.
struct Findings {
  private let isJSON: Bool
  private let printsGood: Bool
  /// It is a check that lists everything, not a start.
  var isCheck: Bool { printsGood }
  private var count = 0
  /// Something is missing or wrong.
  private(set) var failures = 0
  /// Somebody may depend on the flow: what is missing or wrong is said and left out.
  var isTolerant = false

  init(isJSON: Bool, printsGood: Bool) {
    self.isJSON = isJSON
    self.printsGood = printsGood
    if isJSON && printsGood { plain("{\"findings\": [") }
  }

  /// A thing is as it must be.
  mutating func good(_ kind: StaticString, _ name: Identifier, _ place: (inout TextLine) -> Void) {
    if printsGood { line("ok", kind, name, place) }
  }

  /// A thing is missing or wrong: what, and the mend.
  mutating func bad(_ kind: StaticString, _ name: Identifier, _ what: (inout TextLine) -> Void) {
    if !isTolerant { failures += 1 }
    line(isTolerant ? "warn" : "fail", kind, name, what)
  }

  /// Works, but not as well as it could.
  mutating func warning(
    _ kind: StaticString, _ name: Identifier = Identifier(), _ what: (inout TextLine) -> Void
  ) {
    line("warn", kind, name, what)
  }

  /// Ends the document.
  mutating func end() {
    guard isJSON && printsGood else { return }
    plain(failures == 0 ? "], \"ok\": true}" : "], \"ok\": false}")
  }

  private mutating func line(
    _ verdict: StaticString, _ kind: StaticString, _ name: Identifier,
    _ what: (inout TextLine) -> Void
  ) {
    var line = TextLine()
    if isJSON && printsGood {
      line.add(count == 0 ? "  {" : "  ,{")
      line.add("\"verdict\": \"")
      line.add(verdict)
      line.add("\", \"kind\": \"")
      line.add(kind)
      line.add("\", \"name\": \"")
      line.isQuoted = true
      line.add(name)
      line.isQuoted = false
      line.add("\", \"text\": \"")
      line.isQuoted = true
      what(&line)
      line.isQuoted = false
      line.add("\"}")
    } else {
      line.add(verdict)
      line.add("  ")
      line.add(kind)
      if name.count > 0 { line.add(" ") }
      line.add(name)
      line.add(": ")
      what(&line)
    }
    count += 1
    line.write(to: printsGood ? 1 : 2)
  }

  private func plain(_ text: StaticString) {
    var line = TextLine()
    line.add(text)
    line.write(to: 1)
  }
}

extension TextLine {
  /// Why a line cannot be used, and the mend.
  mutating func add(_ problem: LineProblem, _ line: LineWiring) {
    switch problem {
    case .noChips:
      add("there is no /dev/gpiochip*; use a kernel with CONFIG_GPIO_CDEV on a board with GPIO")
    case .chipMissing(let label):
      add("no GPIO chip has the label or node ")
      add(label)
      add("; give it with --chip LABEL=/dev/gpiochipN, or correct the board file (gpiodetect)")
    case .chipAmbiguous(let label):
      add("two GPIO chips have the label ")
      add(label)
      add("; choose one with --chip LABEL=/dev/gpiochipN")
    case .missing:
      add("no GPIO chip has a line of the name ")
      add(line.lineName)
      add("; correct `line:` in the board file (gpioinfo), or load the overlay that names it")
    case .ambiguous:
      add("two GPIO chips have a line of the name ")
      add(line.lineName)
      add("; add the label of the right one to the board file")
    case .beyond(let lines):
      add("its chip has only ")
      add(Int64(lines))
      add(" lines; correct the offset in the board file")
    case .busy(let consumer):
      add("is held by \"")
      add(consumer)
      add("\"; remove the overlay or program that uses it, or wire another line")
    case .denied(let path):
      add("no permission for ")
      add(path)
      add("; run as a member of the group gpio (60-perfusion.rules)")
    case .failed(let error):
      add("the kernel refuses it with error ")
      add(Int64(error.number))
      add("; see dmesg for the driver's reason")
    }
  }

  /// Why a watchdog cannot be opened, and the mend.
  mutating func addWatchdogCause(_ number: Int32) {
    switch number {
    case 16:
      add("somebody feeds it already; systemd does with RuntimeWatchdogSec: set that to 0, or ")
      add("leave --watchdog out")
    case 1, 13: add("no permission; run as a member of the group perfusion (60-perfusion.rules)")
    case 2, 6, 19: add("there is none; enable it (dtparam=watchdog=on, or its driver)")
    default:
      add("error ")
      add(Int64(number))
      add("; see dmesg for its driver's reason")
    }
  }

  /// Why an adapter cannot be used, and the mend.
  mutating func add(_ problem: AdapterProblem, _ path: Identifier) {
    switch problem {
    case .missing:
      add("there is no ")
      add(path)
      add(
        "; enable the bus (dtparam, overlay, i2c-dev), or give another with --bus NAME=/dev/i2c-N")
    case .gone:
      add("no adapter stands behind ")
      add(path)
      add("; enable its driver, or give another with --bus NAME=/dev/i2c-N")
    case .denied:
      add("no permission for ")
      add(path)
      add("; run as a member of the group i2c (60-perfusion.rules)")
    case .foreign:
      add(path)
      add(" is no I2C adapter; give the right one with --bus NAME=/dev/i2c-N")
    case .unfit:
      add(path)
      add(" can do no plain I2C transfers; wire the chips to a full I2C adapter")
    case .failed(let error):
      add(path)
      add(" refuses with error ")
      add(Int64(error.number))
      add("; see dmesg for the driver's reason")
    }
  }

  /// Why a chip does not answer as it must, and the mend; `othersAnswer` when other chips of its bus
  /// do, so that the bus itself is sound.
  mutating func add(_ error: BusError, othersAnswer: Bool) {
    switch error {
    case .busFault where othersAnswer:
      add("gives no answer, others on its bus do; check its supply, wiring and address pins")
    case .noAcknowledge:
      add("nobody acknowledges this address; check supply, wiring and address pins")
    case .timeout:
      add("the clock is held; look for a chip without supply, or a bus that is too fast")
    case .arbitrationLost:
      add("arbitration was lost; only one master may be on this bus, and SDA must have a pull-up")
    case .busFault:
      add("the bus is stuck or shorted; check SDA, SCL and their pull-ups")
    case .unsupported:
      add("the adapter cannot do this transfer; wire the chip to a full I2C adapter")
    case .checksum:
      add("its answers have wrong check sums; shorten the wires or slow the bus down")
    case .wrongIdentity:
      add("another part answers here; correct `part:` or `address:` in the board file")
    case .verifyFailed:
      add("what is read back is not what was written; check supply and bus speed")
    case .notReady:
      add("it stayed busy; check its supply")
    case .chipFault:
      add("it reports damage of its own (diagnosis, memory); check its supply, or replace it")
    case .adapterGone:
      add("the bus's adapter is gone; plug it in again, or see dmesg for its driver's reason")
    }
  }
}
