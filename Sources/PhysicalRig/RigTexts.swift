import ChipDrivers
import LinuxPlatform

/// What is wrong with a part of a rig, and what mends it.
extension RigOpening {
  static func text(_ problem: AdapterProblem, _ path: String) -> (seen: String, mend: String) {
    switch problem {
    case .missing:
      (
        "there is no \(path)",
        "enable the adapter and load i2c-dev, or write another 'adapter' into the rig file"
      )
    case .gone: ("\(path) has no adapter behind it", "load its driver")
    case .denied:
      ("\(path) may not be opened by this user", "add the user to the group i2c, and log in again")
    case .foreign:
      ("\(path) is no I2C adapter", "write the node of an adapter, /dev/i2c-N, as 'adapter'")
    case .unfit:
      (
        "\(path) can neither transfer messages nor blocks",
        "take another adapter: the chips need combined transfers"
      )
    case .failed(let error): ("\(path): error \(error.number)", "look into the kernel's log")
    }
  }

  static func text(_ problem: LineProblem, _ line: LineWiring) -> (seen: String, mend: String) {
    switch problem {
    case .noChips:
      (
        "this computer shows no GPIO chip",
        "take a rig computer with GPIO lines, and a kernel with CONFIG_GPIO_CDEV"
      )
    case .chipMissing(let label):
      ("no GPIO chip is called '\(label)'", "write one of those that gpiodetect shows as 'chip'")
    case .chipAmbiguous(let label):
      ("two GPIO chips are called '\(label)'", "unplug one, or give the line by its name")
    case .missing:
      (
        "no GPIO line is called '\(line.lineName)'",
        "write one of those that gpioinfo shows as 'gpio'"
      )
    case .ambiguous:
      ("two GPIO lines are called '\(line.lineName)'", "write 'chip' with the label of its chip")
    case .beyond(let lines): ("its chip has \(lines) lines only", "write a smaller 'offset'")
    case .busy(let holder):
      (
        "it is held by \(holder == Identifier() ? "another program" : "'\(holder)'")",
        "end that program, or take another line"
      )
    case .denied(let path):
      ("\(path) may not be opened by this user", "add the user to the group gpio, and log in again")
    case .failed(let error): ("error \(error.number)", "look into the kernel's log")
    }
  }

  static func text(_ failure: BusError, _ address: String) -> (seen: String, mend: String) {
    switch failure {
    case .noAcknowledge:
      (
        "nobody answers at \(address)",
        "check supply, wires and address pins; i2cdetect shows who answers"
      )
    case .busFault:
      (
        "the transfers to \(address) fail (busFault)",
        "check the chip's supply and wires, the pull-up resistors, and for a short on SDA and SCL; "
          + "some adapters say so when nobody answers"
      )
    case .timeout, .arbitrationLost:
      ("the bus is stuck (\(failure))", "check pull-up resistors and for a short on SDA and SCL")
    case .unsupported:
      ("the adapter cannot do its transfers", "put the chip on another adapter")
    case .wrongIdentity:
      ("another part answers at \(address)", "write the part that is fitted, or its own address")
    case .adapterGone:
      ("its adapter is gone", "plug the adapter in again, or look into the kernel's log")
    case .chipFault:
      ("it answers at \(address) and says that it is damaged", "replace the chip")
    case .checksum, .verifyFailed, .notReady:
      (
        "it answers at \(address), but not as its part does (\(failure))",
        "check that the part is the one in the file, and its supply"
      )
    }
  }
}
