/// Buses, GPIO chips, watchdog, clock and storage of the board.
enum DeviceChecks {
  static func gpio(_ machine: MachineView) -> [Finding] {
    let chips = machine.names(in: "dev", prefix: "gpiochip")
    guard !chips.isEmpty else {
      return [
        .fail(
          "GPIO", "no /dev/gpiochip*",
          mend: "use a kernel with GPIO character devices (CONFIG_GPIO_CDEV) and a board with GPIO")
      ]
    }
    return chips.map { access("GPIO \($0)", "dev/\($0)", group: "gpio", machine) }
  }

  /// A hand-over and a restart on bypass rest on outputs that keep their level.
  static func outputs(_ machine: MachineView) -> Finding {
    let parameter = "sys/module/pinctrl_bcm2835/parameters/persist_gpio_outputs"
    guard let value = machine.text(parameter) else {
      guard machine.exists("sys/bus/platform/drivers/pinctrl-bcm2835") else {
        return .warn(
          "GPIO outputs", "nothing is known about this pin controller",
          mend: "prove that torque and clamp lines keep their level when the firmware is stopped")
      }
      return falling(mend: "use Raspberry Pi's kernel, or Linux 6.10 and newer")
    }
    guard value.hasPrefix("Y") || value.hasPrefix("1") else {
      return falling(
        mend: "add pinctrl_bcm2835.persist_gpio_outputs=1 to the kernel's command line")
    }
    return .ok("GPIO outputs", "keep their level when the firmware ends")
  }

  private static func falling(mend: String) -> Finding {
    .fail(
      "GPIO outputs", "fall back to inputs when the firmware ends, and torque with them",
      mend: mend)
  }

  static func buses(_ machine: MachineView) -> [Finding] {
    let buses = machine.names(in: "dev", prefix: "i2c-")
    guard !buses.isEmpty else {
      return [
        .fail(
          "I2C", "no /dev/i2c-*",
          mend: "load i2c-dev (echo i2c-dev > /etc/modules-load.d/i2c.conf) and enable the buses; "
            + "Raspberry Pi: dtparam=i2c_arm=on in config.txt")
      ]
    }
    return buses.map { bus in
      var finding = access("I2C \(bus)", "dev/\(bus)", group: "i2c", machine)
      if let name = machine.text("sys/class/i2c-dev/\(bus)/name") { finding.seen += ", \(name)" }
      let clock = "sys/class/i2c-adapter/\(bus)/of_node/clock-frequency"
      if let hertz = machine.deviceTreeNumber(clock) { finding.seen += ", \(hertz / 1000) kHz" }
      return finding
    }
  }

  private static func access(
    _ subject: String, _ path: String, group: String, _ machine: MachineView
  ) -> Finding {
    guard machine.canUse(path) else {
      return .fail(
        subject, "/\(path) may not be read and written by this user",
        mend: "add the user to the group: usermod -aG \(group) USER, and log in again; the package "
          + "installs the udev rule that gives the group its rights")
    }
    return .ok(subject, "/\(path)")
  }

  static func watchdog(_ machine: MachineView) -> Finding {
    guard machine.exists("dev/watchdog") || machine.exists("dev/watchdog0") else {
      return .warn(
        "watchdog", "no /dev/watchdog: a dead kernel is not restarted",
        mend: "enable the processor's watchdog; Raspberry Pi: dtparam=watchdog=on in config.txt")
    }
    return .ok("watchdog", "/dev/watchdog")
  }

  static func clock(_ machine: MachineView) -> Finding {
    guard machine.exists("sys/class/rtc/rtc0") else {
      return .warn(
        "real-time clock", "none: dates in the black box are wrong until the network has set them",
        mend: "add the board's clock to the device tree; DS3231: dtoverlay=i2c-rtc,ds3231")
    }
    return .ok("real-time clock", machine.text("sys/class/rtc/rtc0/name") ?? "rtc0")
  }

  /// An hour of a full adult board costs at most 40 MB; a day and its reserve must fit.
  static let enoughBytes: Int64 = 2 << 30

  static func storage(_ machine: MachineView) -> Finding {
    let folder = machine.exists("var/lib/perfusion") ? "var/lib/perfusion" : "var/lib"
    guard let free = machine.freeBytes(folder) else {
      return .warn(
        "storage", "/\(folder) cannot be looked at", mend: "check df by hand")
    }
    let text = "\(free >> 20) MB free in /\(folder)"
    guard free >= enoughBytes else {
      return .warn(
        "storage", text, mend: "make room: a day of recording takes 1 GB, keep 2 GB free")
    }
    return .ok("storage", text)
  }

  static func temperature(_ machine: MachineView) -> Finding {
    let path = "sys/class/thermal/thermal_zone0/temp"
    guard let text = machine.text(path), let milli = Int(text) else {
      return .ok("processor temperature", "not measured here")
    }
    let seen = "\(milli / 1000) degC"
    // docs/domain.md HZ-52: 75 degC warns, before the processor throttles at 80.
    guard milli >= 75_000 else { return .ok("processor temperature", seen) }
    return .warn(
      "processor temperature", seen, mend: "cool the board: at 80 degC the processor slows down")
  }
}
