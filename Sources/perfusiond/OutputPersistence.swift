internal import CLinux
internal import ChipDrivers
internal import LinuxPlatform

/// Whether GPIO outputs keep their level when the program that drove them ends.
///
/// A hand-over and a restart on bypass rest on it: torque lines that fall back to inputs stop pumps.
/// The kernel promises nothing (Documentation/userspace-api/gpio); the Raspberry Pi's pin controller
/// has a parameter for it since Linux 6.10, which Raspberry Pi's own kernels set and others do not.
enum OutputPersistence: Equatable {
  /// They do.
  case kept
  /// The parameter says no.
  case switchedOff
  /// The pin controller's driver is older than the parameter.
  case unsupported
  /// Another pin controller: nothing is known.
  case unknown

  /// What a machine's driver and its parameter say.
  init(hasBroadcomDriver: Bool, parameter: UInt8?) {
    self =
      switch (hasBroadcomDriver, parameter) {
      case (_, UInt8(ascii: "Y")?), (_, UInt8(ascii: "1")?): .kept
      case (_, .some): .switchedOff
      case (true, nil): .unsupported
      case (false, nil): .unknown
      }
  }

  /// This machine.
  static var here: OutputPersistence {
    let driver = open("/sys/bus/platform/drivers/pinctrl-bcm2835")
    let parameter = open("/sys/module/pinctrl_bcm2835/parameters/persist_gpio_outputs")
    defer {
      _ = pc_file_close(driver)
      _ = pc_file_close(parameter)
    }
    var byte: UInt8 = 0
    let count = unsafe pc_file_read(parameter, &byte, 1)
    return OutputPersistence(hasBroadcomDriver: driver >= 0, parameter: count == 1 ? byte : nil)
  }

  private static func open(_ path: StaticString) -> Int32 {
    path.withUTF8Buffer {
      unsafe $0.withMemoryRebound(to: CChar.self) {
        unsafe pc_file_open($0.baseAddress, Int32(PC_FILE_READ), 0)
      }
    }
  }
}

extension Findings {
  /// Says what becomes of the outputs when the firmware ends.
  mutating func add(_ persistence: OutputPersistence) {
    switch persistence {
    case .kept: good("outputs", Identifier()) { $0.add("keep their level when the firmware ends") }
    case .switchedOff:
      bad("outputs", Identifier()) {
        $0.add("fall back to inputs when the firmware ends, and torque with them; add ")
        $0.add("pinctrl_bcm2835.persist_gpio_outputs=1 to the kernel's command line")
      }
    case .unsupported:
      bad("outputs", Identifier()) {
        $0.add("fall back to inputs when the firmware ends, and torque with them; use a kernel ")
        $0.add("that has pinctrl_bcm2835.persist_gpio_outputs (Raspberry Pi's, or Linux 6.10)")
      }
    case .unknown:
      warning("outputs") {
        $0.add("nothing is known about this pin controller: prove that torque and clamp lines ")
        $0.add("keep their level when the firmware is stopped (docs/deploy.md, 5)")
      }
    }
  }
}
